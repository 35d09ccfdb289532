"""Reads of who holds which task."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.accounts.models import Person
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.db import db
from matchmaker.home.assigning.models import TaskHolder
from matchmaker.home.assigning.rules import ROLES, whole_institution, workplace
from matchmaker.home.enums import TaskKind
from matchmaker.home.inbox import Task, tasks
from matchmaker.home.rules import OFFICERS
from matchmaker.institutions.models import Institution, InstitutionMember
from matchmaker.institutions.queries import grants, officers_of


@dataclass(frozen=True, slots=True)
class Held:
    """A task and who holds it, None for nobody."""

    task: Task
    row: TaskHolder | None

    @property
    def person(self) -> Person | None:
        """Who holds it."""
        return self.row.person if self.row else None

    @property
    def person_id(self) -> int:
        """The number of who holds it, 0 for nobody."""
        return self.row.person_id if self.row else 0


def with_holders(found: Sequence[Task]) -> list[Held]:
    """The tasks in their order, each with who holds it."""
    rows = {(row.kind, row.record_id, row.country): row for row in _rows(found)}
    able = _able({row.institution_id for row in rows.values()})
    return [Held(task, _counts(rows.get(task.key), task, able)) for task in found]


def _rows(found: Sequence[Task]) -> list[TaskHolder]:
    if not found:
        return []
    statement = select(TaskHolder).where(
        TaskHolder.kind.in_({task.kind for task in found}),
        TaskHolder.record_id.in_({task.record_id for task in found}),
        TaskHolder.country.in_({task.country for task in found}),
    )
    return list(db.session.scalars(statement.options(selectinload(TaskHolder.person))))


def _able(institution_ids: set[int]) -> set[tuple[int, int, InstitutionRole]]:
    if not institution_ids:
        return set()
    rows = db.session.execute(
        select(InstitutionMember.institution_id, InstitutionMember.person_id, InstitutionMember.role)
        .join(Person, Person.id == InstitutionMember.person_id)
        .where(
            InstitutionMember.institution_id.in_(institution_ids),
            InstitutionMember.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
    return {(institution_id, person_id, role) for institution_id, person_id, role in rows}


def _counts(
    row: TaskHolder | None, task: Task, able: set[tuple[int, int, InstitutionRole]]
) -> TaskHolder | None:
    """The row, where it is of this task and its person may still do it."""
    if row is None or row.held_since < task.since:
        return None
    may = any((row.institution_id, row.person_id, role) in able for role in ROLES[task.kind])
    return row if may else None


def left_by(person_id: int, place: Institution) -> list[Task]:
    """The open tasks that a person of an institution took or was given last, also when they may not do them any more."""
    found = tasks(whole_institution(place.id, place.country)) if place.country else []
    since = {
        (row.kind, row.record_id, row.country): row.held_since
        for row in _rows(found)
        if row.person_id == person_id and row.institution_id == place.id
    }
    return [task for task in found if task.key in since and since[task.key] >= task.since]


def able_colleagues(place: Institution, kind: TaskKind) -> list[Person]:
    """Who of an institution may do the tasks of a kind, by name."""
    found = officers_of(place.id, *sorted(ROLES[kind]))
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def newest_row(task: Task) -> TaskHolder | None:
    """The row of a task as the database has it now, whether or not it still counts."""
    kind, record_id, country = task.key
    return db.session.scalar(
        select(TaskHolder)
        .where(TaskHolder.kind == kind, TaskHolder.record_id == record_id, TaskHolder.country == country)
        .options(selectinload(TaskHolder.person))
        .execution_options(populate_existing=True)
    )


def colleagues(institution_id: int) -> list[Person]:
    """The officers of an institution who can sign in, by name."""
    return sorted(officers_of(institution_id, *OFFICERS), key=lambda one: (one.name.casefold(), one.id))


def colleague(actor: Actor, person_id: int) -> Person | None:
    """An officer of the actor's institution who can sign in; the actor too."""
    place = workplace(actor)
    found = colleagues(place.institution_id) if place else []
    return next((one for one in found if one.id == person_id), None)


def tasks_of(person_id: int) -> dict[str, Task]:
    """Every task that a person may do, by its code."""
    return {task.code: task for task in tasks(Actor(person_id=person_id, grants=grants(person_id)))}
