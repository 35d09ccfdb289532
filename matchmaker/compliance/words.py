"""The words of compliance: states of hits and firms with the kind of their badge, reasons of transfers, a notice."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from matchmaker.compliance.enums import HitState, ScreeningState
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind

HITS = {
    HitState.OPEN: (_l("To be decided"), "warn"),
    HitState.CLEARED: (_l("Cleared"), "ok"),
    HitState.CONFIRMED: (_l("Confirmed"), "danger"),
}
SCREENINGS = {
    ScreeningState.UNSCREENED: (_l("Not screened"), "warn"),
    ScreeningState.CLEAR: (_l("Clear"), "ok"),
    ScreeningState.HIT: (_l("Name on a list"), "danger"),
}
FIELDS = {
    "name": lazy_pgettext("person", "Name"),
    "position": _l("Position"),
    "email": _l("E-mail"),
    "phone": _l("Phone"),
    "languages": _l("Languages"),
}

SCREENING_HIT = "screening_hit"
add_kind(
    SCREENING_HIT,
    NoticeCategory.WORK,
    _l("%(subject)s resembles a name on a list. Decide whether it is the same party."),
    _l("A name resembles one on a list."),
)


def field_word(name: str) -> str:
    """The word of a field that was disclosed; the stored name where it is unknown."""
    return str(FIELDS.get(name, name))


def cause_word(cause: str, number: int) -> str:
    """What led to a disclosure."""
    if cause == "match":
        return str(_("Match %(number)s", number=number))
    return f"{cause} {number}"
