"""Words and pages of an officer's tasks."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from matchmaker.core.access import current_actor
from matchmaker.home import due_days
from matchmaker.home.inbox import Task, TaskKind

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
}


def due_of(task: Task) -> due_days.Due | None:
    """By when a task is to be done, by the working days of the reader's own country."""
    return due_days.due_of(task, current_actor().country)


def task_url(task: Task) -> str:
    """The page on which a task is done."""
    if task.kind is TaskKind.APPROVE:
        return url_for("matching.approval", match_id=task.record_id)
    if task.kind in (TaskKind.OPPORTUNITY, TaskKind.FROM_ABROAD):
        return url_for("opportunities.show", opportunity_id=task.record_id)
    if task.kind is TaskKind.UNANSWERED:
        return url_for("opportunity_interests.show", interest_id=task.record_id)
    if task.kind is TaskKind.SCREEN:
        return url_for("compliance.screening")
    if task.kind is TaskKind.ERASE:
        return url_for("rights.erasure_case", request_id=task.record_id)
    if task.kind is TaskKind.DUPLICATE:
        return url_for("duplicates.show", pair_id=task.record_id)
    if task.kind is TaskKind.JOIN:
        return url_for("firms.people", firm_id=task.record_id)
    return url_for("firms.review", firm_id=task.record_id)
