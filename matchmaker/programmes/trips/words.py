"""The words of business trips: kinds, states, lights, reasons, each state with the kind of its badge."""

from datetime import date
from typing import TYPE_CHECKING

from flask_babel import LazyString, lazy_pgettext, ngettext
from flask_babel import lazy_gettext as _l

from matchmaker.core.i18n import language, show_date
from matchmaker.firms.names import reader_name
from matchmaker.programmes.enums import QuotaDimension
from matchmaker.programmes.trips import entry
from matchmaker.programmes.trips.enums import (
    ClaimGap,
    ClaimState,
    CostKind,
    CostModel,
    DelegateRelation,
    EntryPath,
    EntryWarning,
    ItemKind,
    LetterKind,
    LetterState,
    Light,
    PaperKind,
    ReadyItem,
    ViabilityChoice,
    VisaState,
)
from matchmaker.reference import countries, nace, regions
from matchmaker.reference.wording import size_class_label

if TYPE_CHECKING:
    from matchmaker.programmes.models import ProgrammeQuota, SignUp
    from matchmaker.programmes.trips.models import EntryRule

ENTRY_PATHS: dict[EntryPath, LazyString] = {
    EntryPath.NONE: _l("No visa needed"),
    EntryPath.E_VISA: _l("Electronic visa"),
    EntryPath.LETTER: _l("Visa with a letter of invitation"),
}
COST_KINDS: dict[CostKind, LazyString] = {
    CostKind.TRAVEL: _l("Travel"),
    CostKind.LODGING: _l("Lodging"),
    CostKind.INTERPRETING: _l("Interpreting"),
    CostKind.GUIDE: _l("Guide"),
    CostKind.FAIR_ENTRY: _l("Entry to a fair"),
    CostKind.MEETING: _l("Organisation of meetings"),
}
PAPER_KINDS: dict[PaperKind, LazyString] = {
    PaperKind.INVOICE: _l("Invoices"),
    PaperKind.BOARDING_CARD: _l("Boarding cards"),
    PaperKind.PAYMENT: _l("Proof of payment"),
    PaperKind.REPORT: _l("Report on the trip"),
}
COST_MODELS: dict[CostModel, LazyString] = {
    CostModel.FIRM: _l("The firm pays"),
    CostModel.SHARED: _l("Firm and institution share the costs"),
    CostModel.INSTITUTION: _l("The institution pays"),
}
RELATIONS: dict[DelegateRelation, LazyString] = {
    DelegateRelation.OWNER: _l("Owner"),
    DelegateRelation.PARTNER: _l("Partner in the firm"),
    DelegateRelation.EMPLOYEE: _l("Employee"),
}
VIABILITY_CHOICES: dict[ViabilityChoice, LazyString] = {
    ViabilityChoice.EXTEND: _l("Extend the deadline"),
    ViabilityChoice.MERGE: _l("Merge with another trip"),
    ViabilityChoice.CANCEL: _l("Cancel the trip"),
    ViabilityChoice.GO_AHEAD: _l("Go ahead with fewer firms"),
}
ITEM_KINDS: dict[ItemKind, LazyString] = {
    ItemKind.OFFICIAL: _l("Official meeting"),
    ItemKind.SEMINAR: _l("Seminar"),
    ItemKind.B2B: _l("Business meetings (B2B)"),
    ItemKind.VISIT: _l("Site visit"),
    ItemKind.TRANSFER: _l("Transfer"),
    ItemKind.FREE: _l("Free time"),
}
VISA_STATES: dict[VisaState, LazyString] = {
    VisaState.NOT_STARTED: lazy_pgettext("visa", "Not asked for yet"),
    VisaState.APPLIED: lazy_pgettext("visa", "Asked for"),
    VisaState.GRANTED: lazy_pgettext("visa", "Granted"),
    VisaState.REFUSED: lazy_pgettext("visa", "Refused"),
}
LETTER_KINDS: dict[LetterKind, LazyString] = {
    LetterKind.INVITATION: _l("Invitation"),
    LetterKind.VISA_SUPPORT: _l("Visa support"),
    LetterKind.PARTICIPATION: _l("Confirmation of participation"),
}
LETTER_STATES: dict[LetterState, tuple[LazyString, str]] = {
    LetterState.ISSUED: (lazy_pgettext("letter", "Issued"), "info"),
    LetterState.SENT: (lazy_pgettext("letter", "Sent"), "ok"),
    LetterState.CANCELLED: (lazy_pgettext("letter", "Cancelled"), "danger"),
}
LIGHTS: dict[Light, tuple[LazyString, str]] = {
    Light.READY: (lazy_pgettext("readiness", "Ready"), "ok"),
    Light.MISSING: (lazy_pgettext("readiness", "Something is missing"), "warn"),
    Light.BLOCKED: (lazy_pgettext("readiness", "Cannot travel like this"), "danger"),
}
READY_ITEMS: dict[ReadyItem, LazyString] = {
    ReadyItem.PROFILE: _l("Profile"),
    ReadyItem.MEETINGS: _l("Accepted meetings"),
    ReadyItem.PASSPORT: _l("Passport"),
    ReadyItem.VISA: _l("Visa"),
    ReadyItem.INSURANCE: _l("Insurance"),
    ReadyItem.CONSENT: lazy_pgettext("readiness", "Consent"),
}
WHY: dict[str, LazyString] = {
    "firm_not_verified": _l("The firm is not verified."),
    "profile_incomplete": _l("E-mail or the name in Latin letters is missing."),
    "no_meeting": _l("No meeting is accepted yet."),
    "no_passport": _l("The passport is not typed in yet."),
    "passport_ends": _l("The passport ends before the trip does."),
    "no_entry_rule": _l("No rule of entry is recorded for this nationality."),
    "visa_not_started": _l("The visa is not asked for yet."),
    "visa_applied": _l("The visa is asked for and not granted yet."),
    "visa_refused": _l("The visa was refused."),
    "no_insurance": _l("Travel insurance for the whole trip is missing."),
    "no_consent": _l("The delegate has not consented to passing on the passport."),
}
CLAIM_STATES: dict[ClaimState, tuple[LazyString, str]] = {
    ClaimState.DRAFT: (lazy_pgettext("claim", "Draft"), ""),
    ClaimState.SUBMITTED: (lazy_pgettext("claim", "Sent"), "info"),
    ClaimState.APPROVED: (lazy_pgettext("claim", "Approved"), "ok"),
    ClaimState.REFUSED: (lazy_pgettext("claim", "Declined"), "danger"),
    ClaimState.PAID: (lazy_pgettext("claim", "Paid"), "ok"),
}
CLAIM_GAPS: dict[ClaimGap, LazyString] = {
    ClaimGap.NO_SCHEME: _l("This trip has no co-financing scheme."),
    ClaimGap.NOT_TRAVELLED: _l("The trip is not recorded as attended by your firm yet."),
    ClaimGap.TRIP_NOT_OVER: _l("The trip is not over yet."),
    ClaimGap.ATTENDANCE: _l("Attendance in all items is not recorded for every delegate."),
    ClaimGap.PAPERS: _l("Not all papers that the scheme asks for are here."),
    ClaimGap.COSTS: _l("No costs are entered."),
}
MISSING_RULE = _l(
    "No rule of entry is recorded for nationals of %(nationality)s towards %(destination)s. Ask your institution."
)
TOO_CLOSE = _l("Papers for nationals of %(nationality)s had to be asked for by %(date)s; the time is short.")


WHAT, METHOD = (
    "passports, needs, emergency contacts, letters",
    "values overwritten in the database, files removed from the disk",
)
"""What a record of destruction says, as it is kept."""
DESTROYED: dict[str, LazyString] = {
    WHAT: _l("Passports, needs, emergency contacts, letters"),
    METHOD: _l("Values overwritten in the database, files removed from the disk"),
}


def region_name(code: str) -> str:
    """The name of a region; an empty code stands for all the others."""
    return regions.label(code, language()) if code else str(_l("All other regions"))


def applicant_name(sign_up: "SignUp") -> str:
    """The firm in the letters of the reader, or the person who applied alone."""
    return reader_name(sign_up.firm) if sign_up.firm else sign_up.person.name


def quota_word(quota: "ProgrammeQuota") -> str:
    """For whom the places of a quota are kept."""
    spoken = language()
    if quota.dimension is QuotaDimension.COUNTRY:
        return countries.label(quota.value, spoken)
    if quota.dimension is QuotaDimension.REGION:
        return regions.label(quota.value, spoken)
    if quota.dimension is QuotaDimension.SIZE:
        return size_class_label(quota.value)
    if quota.dimension is QuotaDimension.SECTOR:
        return nace.label(quota.value, spoken)
    return str(_l("Women-led firms"))


def entry_sentence(
    warning: EntryWarning,
    rule: "EntryRule | None",
    nationality: str,
    destination: str,
    days: tuple[date, date],
) -> str:
    """What a warning of entry says about a trip from one day to another."""
    names = {
        "nationality": countries.label(nationality, language()),
        "destination": countries.label(destination, language()),
    }
    if warning is EntryWarning.NO_RULE or rule is None:
        return str(MISSING_RULE) % names
    if warning is EntryWarning.TOO_CLOSE:
        return str(TOO_CLOSE) % (names | {"date": show_date(entry.latest_start(rule, days[0]))})
    allowed, stay = rule.longest_stay_days or 0, entry.stay_days(*days)
    sentence: str = ngettext(
        "Nationals of %(nationality)s may stay %(num)s day; the trip takes %(stay)s.",
        "Nationals of %(nationality)s may stay %(num)s days; the trip takes %(stay)s.",
        allowed,
        nationality=names["nationality"],
        stay=stay,
    )
    return sentence
