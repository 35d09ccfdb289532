"""The words of what became of a request, each with the kind of its badge."""

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _l

from matchmaker.meetings.enums import MeetingState

STATES: dict[MeetingState, tuple[LazyString, str]] = {
    MeetingState.PENDING: (_l("Waits for an answer"), "warn"),
    MeetingState.WISHED: (_l("Agreed, without a time yet"), "info"),
    MeetingState.PLACED: (_l("Agreed"), "ok"),
    MeetingState.HELD: (lazy_pgettext("meeting", "Held"), "ok"),
    MeetingState.NOT_HELD: (lazy_pgettext("meeting", "Not held"), ""),
    MeetingState.DECLINED: (lazy_pgettext("meeting", "Declined"), ""),
    MeetingState.CANCELLED: (lazy_pgettext("meeting", "Ended"), ""),
}
