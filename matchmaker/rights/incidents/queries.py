"""Reads of incidents, clocks, entries, reports and the hours in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.core.paging import Paging, Part
from matchmaker.institutions.models import Institution, InstitutionMember
from matchmaker.reference.breach_clocks import BreachClock, breach_clocks
from matchmaker.rights.incidents import rules
from matchmaker.rights.incidents.enums import ClockOutcome, IncidentState, ReportState
from matchmaker.rights.incidents.models import (
    Incident,
    IncidentClock,
    IncidentEntry,
    IncidentInstitution,
    IncidentReport,
    IncidentTerm,
)

PAGE = 50
MOST_EXPORTED = 10_000
WHOLE = (
    selectinload(Incident.institutions),
    selectinload(Incident.clocks),
    selectinload(Incident.entries).selectinload(IncidentEntry.by),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed by: where it stands, a law's area, an institution, whether a clock is late."""

    state: IncidentState | None = IncidentState.OPEN
    area: str = ""
    institution_id: int | None = None
    is_late: bool = False


# ---------------------------------------------------------------- one


def incident(incident_id: int) -> Incident:
    """An incident with all that belongs to it; raises NotFound."""
    return existing(db.session.scalar(select(Incident).where(Incident.id == incident_id).options(*WHOLE)))


def locked(incident_id: int) -> Incident:
    """The same as it is now, nobody else writing to it until this transaction ends; raises NotFound."""
    wanted = select(Incident).where(Incident.id == incident_id).with_for_update()
    existing(db.session.scalar(wanted.execution_options(populate_existing=True)))
    whole = select(Incident).where(Incident.id == incident_id).options(*WHOLE)
    return existing(db.session.scalar(whole.execution_options(populate_existing=True)))


def clock_of(incident_id: int, clock_id: int) -> IncidentClock:
    """A clock of an incident; raises NotFound."""
    wanted = select(IncidentClock).where(
        IncidentClock.id == clock_id, IncidentClock.incident_id == incident_id
    )
    return existing(db.session.scalar(wanted.options(selectinload(IncidentClock.incident).options(*WHOLE))))


def entry_of(incident_id: int, entry_id: int) -> IncidentEntry:
    """An entry of an incident; raises NotFound."""
    wanted = select(IncidentEntry).where(
        IncidentEntry.id == entry_id, IncidentEntry.incident_id == incident_id
    )
    return existing(db.session.scalar(wanted.options(selectinload(IncidentEntry.incident).options(*WHOLE))))


def is_corrected(entry_id: int) -> bool:
    """Whether another entry has taken the place of one."""
    return db.session.scalar(select(exists().where(IncidentEntry.corrects_id == entry_id))) or False


# ---------------------------------------------------------------- lists


def _seen_by(actor: Actor) -> list[ColumnElement[bool]]:
    own = rules.own_institutions(actor)
    if own is None:
        return []
    concerned = select(IncidentInstitution.incident_id).where(IncidentInstitution.institution_id.in_(own))
    return [Incident.id.in_(concerned)]


def _listed(actor: Actor, asked: Asked) -> Select[Any]:
    found = select(Incident).where(*_seen_by(actor))
    if asked.state is not None:
        found = found.where(Incident.state == asked.state)
    if asked.area:
        found = found.where(
            exists().where(IncidentClock.incident_id == Incident.id, IncidentClock.area == asked.area)
        )
    if asked.institution_id is not None:
        named = (
            IncidentInstitution.incident_id == Incident.id,
            IncidentInstitution.institution_id == asked.institution_id,
        )
        found = found.where(exists().where(*named))
    if asked.is_late:
        stopped = func.coalesce(IncidentClock.done_at, clock.now())
        needed = or_(IncidentClock.outcome.is_(None), IncidentClock.outcome == ClockOutcome.DONE)
        late = (IncidentClock.incident_id == Incident.id, IncidentClock.due_at < stopped, needed)
        found = found.where(exists().where(*late))
    return found


def incidents(actor: Actor, asked: Asked, page: int) -> Part[Incident]:
    """One page, the latest discovery first."""
    found = _listed(actor, asked)
    total = db.session.scalar(found.with_only_columns(func.count(Incident.id))) or 0
    paging = Paging.near(page, PAGE, total)
    return Part(db.session.scalars(_ordered(found).limit(PAGE).offset(paging.offset)).all(), paging)


def exported(actor: Actor, asked: Asked) -> Sequence[Incident]:
    """The same for a file, at most ten thousand."""
    return db.session.scalars(_ordered(_listed(actor, asked)).limit(MOST_EXPORTED)).all()


def _ordered(found: Select[Any]) -> Select[Any]:
    return found.options(*WHOLE).order_by(Incident.discovered_at.desc(), Incident.id.desc())


def count(actor: Actor, state: IncidentState) -> int:
    """How many incidents the actor sees in a state."""
    found = select(func.count(Incident.id)).where(Incident.state == state, *_seen_by(actor))
    return db.session.scalar(found) or 0


def open_incidents(actor: Actor, most: int) -> Sequence[Incident]:
    """The open ones, the longest known first."""
    found = select(Incident).where(Incident.state == IncidentState.OPEN, *_seen_by(actor)).options(*WHOLE)
    return db.session.scalars(found.order_by(Incident.discovered_at, Incident.id).limit(most)).all()


def with_officers() -> set[int]:
    """The institutions with somebody who sees the incidents that concern it."""
    officers = (InstitutionMember.role.in_(rules.OFFICERS), InstitutionMember.ended_at.is_(None))
    return set(db.session.scalars(select(InstitutionMember.institution_id).where(*officers)))


def institutions() -> Sequence[Institution]:
    """The institutions that an incident can concern."""
    return db.session.scalars(select(Institution).order_by(Institution.short_name, Institution.id)).all()


# ---------------------------------------------------------------- clocks


def terms() -> Sequence[IncidentTerm]:
    """All hours that were ever set, the oldest first."""
    return db.session.scalars(select(IncidentTerm).order_by(IncidentTerm.number, IncidentTerm.id)).all()


def history(rule: str) -> Sequence[tuple[IncidentTerm, str]]:
    """The hours that were set for a clock with the names of who set them, the newest first."""
    found = (
        select(IncidentTerm, Person.name)
        .join(Person, Person.id == IncidentTerm.set_by_id)
        .where(IncidentTerm.rule == rule)
        .order_by(IncidentTerm.number.desc())
    )
    return [(row[0], row[1]) for row in db.session.execute(found)]


def last_term(rule: str) -> int:
    """The number of the hours that were set last for a clock; 0 where none were."""
    found = select(func.max(IncidentTerm.number)).where(IncidentTerm.rule == rule)
    return db.session.scalar(found) or 0


def rule_of(key: str) -> BreachClock:
    """The newest rule of a key; raises NotFound."""
    found = [one for one in breach_clocks() if one.key == key]
    if not found:
        raise NotFound
    return max(found, key=lambda one: one.valid_from)


def to_tell(now: datetime) -> Sequence[int]:
    """The open incidents with a running clock that was not told of in every way, by number."""
    longest = now + rules.LONGEST_LEAD
    due = (
        IncidentClock.incident_id == Incident.id,
        IncidentClock.outcome.is_(None),
        or_(
            (IncidentClock.due_at <= longest) & IncidentClock.soon_told_at.is_(None),
            (IncidentClock.due_at < now) & IncidentClock.late_told_at.is_(None),
        ),
    )
    found = select(Incident.id).where(Incident.state == IncidentState.OPEN, exists().where(*due))
    return db.session.scalars(found.order_by(Incident.id)).all()


# ---------------------------------------------------------------- reports


def _reports_of(actor: Actor, state: ReportState | None) -> list[ColumnElement[bool]]:
    countries = rules.own_countries(actor)
    found: list[ColumnElement[bool]] = [] if state is None else [IncidentReport.state == state]
    return found if countries is None else [*found, IncidentReport.country.in_(countries)]


def report(report_id: int) -> IncidentReport:
    """A report with who wrote it; raises NotFound."""
    return existing(db.session.scalar(_report(report_id)))


def locked_report(report_id: int) -> IncidentReport:
    """The same as it is now, nobody else answering it until this transaction ends; raises NotFound."""
    wanted = _report(report_id).with_for_update().execution_options(populate_existing=True)
    return existing(db.session.scalar(wanted))


def _report(report_id: int) -> Select[IncidentReport]:
    people = (selectinload(IncidentReport.person), selectinload(IncidentReport.decided_by))
    return select(IncidentReport).where(IncidentReport.id == report_id).options(*people)


def reports(actor: Actor, page: int) -> Part[IncidentReport]:
    """One page of the reports, those to be looked into first, the newest above."""
    conditions = _reports_of(actor, None)
    total = db.session.scalar(select(func.count(IncidentReport.id)).where(*conditions)) or 0
    paging = Paging.near(page, PAGE, total)
    found = select(IncidentReport).where(*conditions).options(selectinload(IncidentReport.person))
    order = ((IncidentReport.state != ReportState.OPEN), IncidentReport.id.desc())
    return Part(db.session.scalars(found.order_by(*order).limit(PAGE).offset(paging.offset)).all(), paging)


def reports_of(person_id: int) -> Sequence[IncidentReport]:
    """The latest reports of one person."""
    found = select(IncidentReport).where(IncidentReport.person_id == person_id)
    return db.session.scalars(found.order_by(IncidentReport.id.desc()).limit(PAGE)).all()


def count_reports(actor: Actor) -> int:
    """How many reports wait for the actor's institution."""
    found = select(func.count(IncidentReport.id)).where(*_reports_of(actor, ReportState.OPEN))
    return db.session.scalar(found) or 0


def open_reports(actor: Actor, most: int) -> Sequence[IncidentReport]:
    """The reports that wait, the longest first."""
    found = select(IncidentReport).where(*_reports_of(actor, ReportState.OPEN))
    return db.session.scalars(found.order_by(IncidentReport.id).limit(most)).all()
