"""The words of the running day."""

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _l

from matchmaker.meetings.enums import MeetingState, RepairKind

KINDS: dict[RepairKind, LazyString] = {
    RepairKind.LATE: _l("Arrives late"),
    RepairKind.EARLY_LEAVE: _l("Leaves early"),
    RepairKind.CANCELLATION: _l("Cancels"),
    RepairKind.NO_SHOW: _l("Has not come at all"),
}
"""What the desk can say about a firm."""
STATES: dict[MeetingState, tuple[LazyString, str]] = {
    MeetingState.PLACED: (lazy_pgettext("meeting", "Planned"), ""),
    MeetingState.HELD: (_l("Held"), "ok"),
    MeetingState.NOT_HELD: (_l("Not held"), "danger"),
}
UNDER_WAY: tuple[LazyString, str] = (lazy_pgettext("meeting", "On now"), "info")
"""A planned meeting whose time has begun."""
