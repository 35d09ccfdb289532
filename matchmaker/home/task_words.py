"""Words and pages of an officer's tasks."""

from flask import url_for

from matchmaker.core.access import current_actor
from matchmaker.home import due_days
from matchmaker.home.enums import TaskKind
from matchmaker.home.inbox import Task
from matchmaker.home.task_labels import KIND_LABELS

__all__ = ["KIND_LABELS", "due_of", "task_url"]


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
    if task.kind is TaskKind.INCIDENT:
        return url_for("rights.incident", incident_id=task.record_id)
    if task.kind is TaskKind.INCIDENT_REPORT:
        return url_for("rights.incident_report", report_id=task.record_id)
    if task.kind is TaskKind.DUPLICATE:
        return url_for("duplicates.show", pair_id=task.record_id)
    if task.kind is TaskKind.JOIN:
        return url_for("firms.people", firm_id=task.firm_id)
    return url_for("firms.review", firm_id=task.record_id)
