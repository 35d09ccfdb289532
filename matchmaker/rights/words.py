"""The words of the rights of people over their data."""

from flask_babel import lazy_gettext as _l

from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind

ARCHIVE_READY = "own_data_ready"
add_kind(
    ARCHIVE_READY,
    NoticeCategory.FIRM,
    _l("The archive of your data is ready: %(subject)s."),
    _l("The archive of your data is ready."),
)
