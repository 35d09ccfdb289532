"""Tells people of tasks that were given to them or taken from them."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.i18n import in_language
from matchmaker.home.assigning.models import TaskHolder
from matchmaker.home.inbox import Task
from matchmaker.home.task_labels import KIND_LABELS
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify

add_kind(
    "task_given",
    NoticeCategory.WORK,
    _l("A task was given to you: %(subject)s."),
    _l("A task was given to you."),
)
add_kind(
    "task_moved",
    NoticeCategory.WORK,
    _l("A task of yours was given to somebody else: %(subject)s."),
    _l("A task of yours was given to somebody else."),
)
add_kind(
    "task_overdue",
    NoticeCategory.WORK,
    _l("A task of your institution is overdue: %(subject)s."),
    _l("A task of your institution is overdue."),
)
add_kind(
    "tasks_overdue",
    NoticeCategory.WORK,
    _l("Newly overdue at your institution: %(subject)s."),
    _l("Tasks of your institution have become overdue."),
)
AGEING = "/inbox/ageing"


def tell_new_holder(row: TaskHolder, task: Task, to: Person) -> None:
    """Tell a colleague; `task` has its names in the colleague's language."""
    _tell(row, task, to, "task_given", "/inbox?holder=mine")


def tell_former_holder(row: TaskHolder, task: Task, to: Person) -> None:
    """Tell whoever held it until now."""
    _tell(row, task, to, "task_moved", "/inbox")


def _tell(row: TaskHolder, task: Task, to: Person, kind: str, path: str) -> None:
    with in_language(to.language):
        subject = f"{KIND_LABELS[task.kind]} – {', '.join(task.names)}"
    notify(to.id, kind, subject, path, f"task {row.id} {row.turn} {kind}")


def tell_of_overdue(head: Person, late: Sequence[Task]) -> int:
    """Tell a head of each task once, and mail once a day that there are new ones; returns how many were new."""
    new = 0
    for task in late:
        subject = f"{KIND_LABELS[task.kind]} – {', '.join(task.names)}"
        key = f"overdue {task.kind.value} {task.record_id} {task.country} {task.since:%Y-%m-%d}"
        new += notify(head.id, "task_overdue", subject, AGEING, key, mail=False) is not None
    if new:
        subject = ngettext("%(num)s task", "%(num)s tasks", new)
        notify(head.id, "tasks_overdue", subject, AGEING, f"overdue {clock.today():%Y-%m-%d}")
    return new
