"""By when an officer's tasks are to be done: so many working days of the officer's own country after they came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from matchmaker.core import clock
from matchmaker.core.i18n import ZONES
from matchmaker.home.enums import TaskKind
from matchmaker.home.inbox import Task
from matchmaker.reference.rest_days import workday_after

LIMITS = {
    TaskKind.VERIFY: 5,
    TaskKind.CHANGE: 3,
    TaskKind.JOIN: 3,
    TaskKind.APPROVE: 5,
    TaskKind.SCREEN: 2,
}
"""Working days; the day on which the task came does not count."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a task, and whether it is over."""

    on: date
    is_late: bool


def due_of(task: Task, country: str | None) -> Due | None:
    """The last day of a task, by its law or by the limit of its kind; None where there is neither."""
    if task.due_on is not None:
        return Due(task.due_on, task.due_on < clock.today())
    limit = LIMITS.get(task.kind)
    if limit is None:
        return None
    zone = ZONES.get(country or "", "UTC")
    last = workday_after(task.since.astimezone(ZoneInfo(zone)).date(), limit, country or "")
    return Due(last, last < clock.today(zone))


def overdue(tasks: Iterable[Task], country: str | None) -> list[Task]:
    """The tasks whose last day is over."""
    return [task for task in tasks if (due := due_of(task, country)) is not None and due.is_late]


def by_due(tasks: Iterable[Task], country: str | None) -> list[Task]:
    """The tasks in order of their last day, those without one at the end."""
    dues = {task: due_of(task, country) for task in tasks}
    return sorted(dues, key=lambda task: (due.on if (due := dues[task]) else date.max, task.since))
