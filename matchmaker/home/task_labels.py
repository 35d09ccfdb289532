"""The words for the kinds of tasks."""

from flask_babel import lazy_gettext as _l

from matchmaker.home.enums import TaskKind

KIND_LABELS = {
    TaskKind.VERIFY: _l("Verify"),
    TaskKind.CHANGE: _l("Profile change"),
    TaskKind.JOIN: _l("Join request"),
    TaskKind.DUPLICATE: _l("Possible duplicate"),
    TaskKind.OPPORTUNITY: _l("Review opportunity"),
    TaskKind.FROM_ABROAD: _l("Opportunity of the other side"),
    TaskKind.UNANSWERED: _l("Firm does not answer"),
    TaskKind.APPROVE: _l("Approve"),
    TaskKind.SCREEN: _l("Screen"),
    TaskKind.ERASE: _l("Erasure"),
    TaskKind.INCIDENT: _l("Data incident"),
    TaskKind.INCIDENT_REPORT: _l("Report of a data incident"),
}
