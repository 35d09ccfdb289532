"""The words of B2B days and their meetings, each state with the kind of its badge."""

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _l

from matchmaker.meetings.enums import DayState

DAY_STATES: dict[DayState, tuple[LazyString, str]] = {
    DayState.DRAFT: (lazy_pgettext("B2B day", "Draft"), ""),
    DayState.WISHES: (_l("Open for wishes"), "info"),
    DayState.PLANNING: (_l("Being planned"), "info"),
    DayState.PUBLISHED: (lazy_pgettext("B2B day", "Published"), "ok"),
    DayState.RUNNING: (lazy_pgettext("B2B day", "Running"), "ok"),
    DayState.DONE: (lazy_pgettext("B2B day", "Done"), ""),
    DayState.CANCELLED: (lazy_pgettext("B2B day", "Cancelled"), "danger"),
}
