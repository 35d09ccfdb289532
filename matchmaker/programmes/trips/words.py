"""The words of business trips: kinds, states, lights, reasons, each state with the kind of its badge."""

from datetime import date
from typing import TYPE_CHECKING

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

from matchmaker.core.i18n import language, show_date
from matchmaker.programmes.trips import entry
from matchmaker.programmes.trips.enums import CostKind, EntryPath, EntryWarning, PaperKind
from matchmaker.reference import countries, regions

if TYPE_CHECKING:
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
MISSING_RULE = _l(
    "No rule of entry is recorded for nationals of %(nationality)s towards %(destination)s. Ask your institution."
)
TOO_CLOSE = _l("Papers for nationals of %(nationality)s had to be asked for by %(date)s; the time is short.")


def region_name(code: str) -> str:
    """The name of a region; an empty code stands for all the others."""
    return regions.label(code, language()) if code else str(_l("All other regions"))


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
