"""What those whose own agenda changed are told."""

from flask_babel import lazy_gettext as _l

from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind

FIRST, CHANGED, CALLED_OFF = "b2b_agenda", "b2b_agenda_changed", "b2b_day_called_off"
add_kind(
    FIRST,
    NoticeCategory.FIRM,
    _l("Your meetings are set: %(subject)s."),
    _l("Your meetings at a B2B day are set."),
)
add_kind(
    CHANGED,
    NoticeCategory.FIRM,
    _l("Your own meetings have changed: %(subject)s."),
    _l("Your own meetings at a B2B day have changed."),
)
add_kind(
    CALLED_OFF,
    NoticeCategory.FIRM,
    _l("The B2B day is cancelled, your meetings do not take place: %(subject)s."),
    _l("A B2B day is cancelled."),
)
