"""How declarations of size are spoken of."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

from matchmaker.core.i18n import show_date
from matchmaker.firms.declarations import rules
from matchmaker.reference.declaration_terms import ANY_HOLDER
from matchmaker.reference.size_rules import SizeReason

HOLDERS: dict[str, LazyString] = {
    ANY_HOLDER: _l("All firms"),
    "company": _l("Companies"),
    "person": _l("Sole traders"),
}
TERM_STATES: dict[str, LazyString] = {
    "in_force": _l("in force"),
    "to_come": _l("to come"),
    "replaced": _l("replaced"),
}
REASONS: dict[str, LazyString] = {
    SizeReason.SECTOR_EXCEPTION: _l("A limit for its sector applies."),
    SizeReason.TOO_MANY_STAFF: _l("It employs more people than the rule allows."),
    SizeReason.TOO_MUCH_MONEY: _l("Its turnover or balance is above the limits of the rule."),
    SizeReason.STATE_OWNERSHIP: _l("Public owners hold more than the rule allows."),
    SizeReason.OTHER_OWNERSHIP: _l("Foreign and large owners hold more than the rule allows."),
    SizeReason.NO_RULE: _l("No size rule of this country is recorded."),
}
"""What is worth saying beside a class; that a firm lies within the limits is not."""
NOT_ASKED = lazy_pgettext("declaration", "Not made yet")


def badge_of(until: date | None, today: date) -> tuple[str, str]:
    """How a declaration stands, with the kind of its badge."""
    if until is None:
        return str(NOT_ASKED), ""
    if rules.has_run_out(until, today):
        return str(_("Ran out on %(date)s", date=show_date(until))), "danger"
    kind = "warn" if rules.ends_soon(until, today) else "ok"
    return str(_("Counts until %(date)s", date=show_date(until))), kind
