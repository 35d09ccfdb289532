"""Reads of the audit log."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from matchmaker.accounts.models import Person
from matchmaker.admin import rules
from matchmaker.core.actor import Actor
from matchmaker.core.audit import REFUSED, AuditEntry
from matchmaker.core.db import db
from matchmaker.core.jobs import Job, JobState
from matchmaker.core.paging import Paging, Part
from matchmaker.firms.models import Firm
from matchmaker.institutions.models import Institution, InstitutionMember
from matchmaker.matching.models import Match

PAGE = 50
MOST_EXPORTED = 10_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for: who (a part of the name or the whole address), kind of object and its number, verb, days."""

    who: str = ""
    kind: str = ""
    number: int | None = None
    verb: str = ""
    since: date | None = None
    until: date | None = None


def last_check(kind: str, *, done: bool = False) -> Job | None:
    """The newest job that checked the chain, begun or done."""
    states = (JobState.DONE,) if done else tuple(JobState)
    found = select(Job).where(Job.kind == kind, Job.state.in_(states))
    return db.session.scalar(found.order_by(Job.id.desc()).limit(1))


def entries(actor: Actor, filters: Filters, zone: str, page: int) -> Part[AuditEntry]:
    """One page of the entries within the actor's reach, the latest first."""
    wanted = _wanted(actor, filters, zone)
    total = db.session.scalar(select(func.count(AuditEntry.id)).where(*wanted)) or 0
    paging = Paging.near(page, PAGE, total)
    found = select(AuditEntry).where(*wanted).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    return Part(db.session.scalars(found.limit(PAGE).offset(paging.offset)).all(), paging)


def exported(actor: Actor, filters: Filters, zone: str) -> list[AuditEntry]:
    """The latest entries for a file, at most ten thousand."""
    found = (
        select(AuditEntry)
        .where(*_wanted(actor, filters, zone))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )
    return list(db.session.scalars(found.limit(MOST_EXPORTED)))


def people(ids: Collection[int]) -> dict[int, str]:
    """The names of people."""
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def firms(ids: Collection[int]) -> dict[int, Firm]:
    """Firms by number."""
    return {firm.id: firm for firm in db.session.scalars(select(Firm).where(Firm.id.in_(ids)))}


def institutions(ids: Collection[int]) -> dict[int, str]:
    """The short names of institutions."""
    rows = db.session.execute(select(Institution.id, Institution.short_name).where(Institution.id.in_(ids)))
    return {row.id: row.short_name for row in rows}


def _wanted(actor: Actor, filters: Filters, zone: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [] if actor.is_operator else [_reach(actor)]
    if filters.who:
        folded = filters.who.lower()
        named = func.lower(Person.name).contains(folded, autoescape=True)
        found.append(
            AuditEntry.actor_id.in_(select(Person.id).where(or_(named, func.lower(Person.email) == folded)))
        )
    if filters.kind:
        found.append(AuditEntry.entity == filters.kind)
    if filters.number is not None:
        found.append(AuditEntry.entity_id == filters.number)
    if filters.verb:
        found.append(AuditEntry.action.in_((filters.verb, REFUSED + filters.verb)))
    if filters.since:
        found.append(AuditEntry.at >= _midnight(filters.since, zone))
    if filters.until and filters.until < date.max:
        found.append(AuditEntry.at < _midnight(filters.until + timedelta(days=1), zone))
    return found


def _reach(actor: Actor) -> ColumnElement[bool]:
    """What the people of the institution did, and what was done to it, to firms of its country and their matches."""
    return or_(false(), *(_reach_of(number, country) for number, country in rules.headed(actor)))


def _reach_of(institution_id: int, country: str | None) -> ColumnElement[bool]:
    own = select(InstitutionMember.person_id).where(InstitutionMember.institution_id == institution_id)
    reached: list[ColumnElement[bool]] = [
        AuditEntry.actor_id.in_(own),
        and_(AuditEntry.entity == "institution", AuditEntry.entity_id == institution_id),
    ]
    if country is None:
        return or_(*reached)
    there = select(Firm.id).where(Firm.country == country)
    between = select(Match.id).where(or_(Match.asker_id.in_(there), Match.answerer_id.in_(there)))
    reached.append(and_(AuditEntry.entity == "firm", AuditEntry.entity_id.in_(there)))
    reached.append(and_(AuditEntry.entity == "match", AuditEntry.entity_id.in_(between)))
    return or_(*reached)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
