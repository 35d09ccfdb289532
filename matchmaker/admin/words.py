"""The words about the audit log."""

from flask_babel import lazy_gettext as _l

from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind

BROKEN_LOG = "audit_log_broken"
add_kind(
    BROKEN_LOG,
    NoticeCategory.WORK,
    _l("The audit log is not whole. First broken entry: %(subject)s."),
    _l("The audit log is not whole. Have it examined today."),
)
