"""The words of business trips: kinds, states, lights, reasons, each state with the kind of its badge."""

from datetime import date
from typing import TYPE_CHECKING

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

from matchmaker.core.i18n import language, show_date
from matchmaker.programmes.enums import QuotaDimension
from matchmaker.programmes.trips import entry
from matchmaker.programmes.trips.enums import (
    CostKind,
    CostModel,
    DelegateRelation,
    EntryPath,
    EntryWarning,
    ItemKind,
    PaperKind,
    ViabilityChoice,
)
from matchmaker.reference import countries, nace, regions
from matchmaker.reference.wording import size_class_label

if TYPE_CHECKING:
    from matchmaker.programmes.models import ProgrammeQuota
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
MISSING_RULE = _l(
    "No rule of entry is recorded for nationals of %(nationality)s towards %(destination)s. Ask your institution."
)
TOO_CLOSE = _l("Papers for nationals of %(nationality)s had to be asked for by %(date)s; the time is short.")


def region_name(code: str) -> str:
    """The name of a region; an empty code stands for all the others."""
    return regions.label(code, language()) if code else str(_l("All other regions"))


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
