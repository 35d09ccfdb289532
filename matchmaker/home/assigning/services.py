"""Taking, giving and giving back tasks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from flask_babel import gettext as _
from sqlalchemy import CursorResult, delete, update
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.models import Person
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.i18n import in_language
from matchmaker.home.assigning import notices, queries
from matchmaker.home.assigning.models import TaskHolder
from matchmaker.home.assigning.rules import LONGEST_REASON
from matchmaker.home.inbox import Task
from matchmaker.institutions.queries import employer

ENTITY = "inbox_task"


@dataclass(slots=True)
class Moved:
    """How many tasks were moved, and the names and reason of each that was left as it was."""

    count: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)


def take(actor: Actor, task: Task) -> None:
    """Take a task that nobody holds; raises Conflict where somebody was faster. One's own stays one's own."""
    row = queries.newest_row(task)
    [held] = queries.with_holders([task])
    if held.person_id == actor.person_id:
        return
    if held.person is not None:
        raise Conflict(_("%(name)s holds this task.", name=held.person.name))
    _store(actor, task, row, actor.person_id, "", "take_task")


def give_back(actor: Actor, task: Task) -> None:
    """Let go of a task that one holds; raises Conflict for one that somebody else or nobody holds."""
    row = queries.newest_row(task)
    own = delete(TaskHolder).where(
        TaskHolder.id == (row.id if row else 0), TaskHolder.person_id == actor.person_id
    )
    if row is None or _count(db.session.execute(own)) == 0:
        raise Conflict(_("You do not hold this task."))
    audit.record(actor, "return_task", ENTITY, row.id, before=_told(task, actor.person_id))
    db.session.flush()


def give(actor: Actor, task: Task, to: Person, *, reason: str) -> None:
    """Give a task to a colleague, whoever held it; the colleague and who held it are told.

    Raises Conflict where the colleague may not do it, holds it already, or somebody was faster.
    """
    seen = queries.newest_row(task)
    [held] = queries.with_holders([task])
    former = held.person
    if held.person_id == to.id:
        raise Conflict(_("%(name)s holds this task.", name=to.name))
    with in_language(to.language):
        theirs = queries.tasks_of(to.id).get(task.code)
    if theirs is None or theirs.key != task.key:
        raise Conflict(_("%(name)s may not do this task.", name=to.name))
    row = _store(actor, task, seen, to.id, reason, "assign", former.id if former else 0)
    if to.id != actor.person_id:
        notices.tell_new_holder(row, theirs, to)
    if former is not None and former.id != actor.person_id:
        notices.tell_former_holder(row, task, former)


def give_all(actor: Actor, found: Sequence[Task], to: Person, *, reason: str) -> Moved:
    """Give several tasks; raises DomainError at `reason` without one. What cannot be given is left and named."""
    words = " ".join(reason.split())
    if not words:
        raise DomainError(_("Give the reason."), "reason")
    if len(words) > LONGEST_REASON:
        raise DomainError(_("Write at most %(n)s letters.", n=LONGEST_REASON), "reason")
    return _each(found, lambda task: give(actor, task, to, reason=words))


def take_all(actor: Actor, found: Sequence[Task]) -> Moved:
    """Take several tasks."""
    return _each(found, lambda task: take(actor, task))


def give_all_back(actor: Actor, found: Sequence[Task]) -> Moved:
    """Let go of several tasks."""
    return _each(found, lambda task: give_back(actor, task))


def _each(found: Sequence[Task], deed: Callable[[Task], None]) -> Moved:
    """Do it to each, in one order, so that two such deeds never wait for each other."""
    moved = Moved()
    for task in sorted(found, key=lambda one: one.key):
        try:
            with db.session.begin_nested():
                deed(task)
        except Conflict as error:
            moved.left.append((" – ".join(task.names), error.message))
        else:
            moved.count += 1
    return moved


def _store(
    actor: Actor,
    task: Task,
    row: TaskHolder | None,
    person_id: int,
    reason: str,
    verb: str,
    before_id: int = 0,
) -> TaskHolder:
    """Write who holds a task now, if nobody changed that since its row was read; raises Conflict."""
    values = {
        "person_id": person_id,
        "institution_id": employer(person_id),
        "given_by_id": actor.person_id,
        "held_since": clock.now(),
        "reason": reason,
    }
    kind, record_id, country = task.key
    if row is None:
        row = TaskHolder(kind=kind, record_id=record_id, country=country, **values)
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError as error:
            raise Conflict(_("Somebody was faster.")) from error
    else:
        same = update(TaskHolder).where(TaskHolder.id == row.id, TaskHolder.turn == row.turn)
        if _count(db.session.execute(same.values(**values, turn=row.turn + 1))) == 0:
            raise Conflict(_("Somebody was faster."))
        db.session.refresh(row)
    audit.record(
        actor,
        verb,
        ENTITY,
        row.id,
        before=_told(task, before_id),
        after={**_told(task, person_id), "reason": reason},
    )
    db.session.flush()
    return row


def _count(result: Any) -> int:
    return cast("CursorResult[tuple[()]]", result).rowcount


def _told(task: Task, person_id: int) -> dict[str, Any]:
    return {"kind": task.kind.value, "record": task.record_id, "person": person_id or None}
