"""What waits for an officer of an institution, whichever part of the product it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import exists, func, select
from sqlalchemy.orm import selectinload

from matchmaker.compliance.enums import HitState
from matchmaker.compliance.models import Screening, ScreeningHit
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.i18n import language
from matchmaker.firms.duplicates.queries import open_pairs
from matchmaker.firms.enums import FirmState, JoinState
from matchmaker.firms.models import Firm, JoinRequest, ProfileChange
from matchmaker.firms.names import reader_name
from matchmaker.home.enums import TaskKind
from matchmaker.home.rules import own_countries
from matchmaker.matching.queries import ApprovalTab, approvals
from matchmaker.matching.sides import ordered
from matchmaker.opportunities import queries as opportunities
from matchmaker.opportunities.interests import queries as interests
from matchmaker.opportunities.notices import title_of
from matchmaker.rights.erasure_queries import requests
from matchmaker.rights.incidents import queries as incidents
from matchmaker.rights.incidents.models import Incident
from matchmaker.rights.incidents.rules import keeps_register, next_clock
from matchmaker.rights.rules import handled_countries, handles, may_handle

MOST = 50


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work: its record's number, the names it is about, since when it waits, the last day where a law sets one.

    country is the side whose work it is: a match waits for both sides, each of which has a task of its own. firm_id is
    the firm on whose page it is done, where that is not the record itself.
    """

    kind: TaskKind
    record_id: int
    names: tuple[str, ...]
    since: datetime
    due_on: date | None = None
    country: str = ""
    firm_id: int = 0

    @property
    def key(self) -> tuple[TaskKind, int, str]:
        """What tells it from all other tasks."""
        return self.kind, self.record_id, self.country

    @property
    def code(self) -> str:
        """The same within one inbox, as forms send it."""
        return f"{self.kind.value}-{self.record_id}"


def tasks(actor: Actor, kind: TaskKind | None = None) -> list[Task]:
    """The actor's work, the longest waiting first, at most fifty of each kind."""
    found: list[Task] = []
    checking = own_countries(actor, InstitutionRole.STAFF, InstitutionRole.COORDINATOR)
    if checking:
        found += _firms(checking)
        found += _join_requests(checking)
        found += _pairs(actor)
        found += _opportunities(checking)
    if coordinating := own_countries(actor, InstitutionRole.COORDINATOR):
        found += _matches(actor, coordinating)
    if screening := own_countries(actor, InstitutionRole.COMPLIANCE):
        found += _hits(screening)
    found += _erasures(actor)
    found += _incidents(actor)
    shown = (task for task in found if kind is None or task.kind is kind)
    return sorted(shown, key=lambda task: (task.since, task.kind, task.record_id))


def counts(found: Iterable[Task]) -> dict[TaskKind, int]:
    """How many there are of each kind, kinds without work left out."""
    kinds = [task.kind for task in found]
    return {kind: kinds.count(kind) for kind in TaskKind if kind in kinds}


def _firms(countries: Sequence[str]) -> list[Task]:
    changed = exists().where(ProfileChange.firm_id == Firm.id, ProfileChange.decided_at.is_(None))
    rows = db.session.execute(
        select(Firm, changed)
        .where(Firm.state == FirmState.SUBMITTED, Firm.country.in_(countries))
        .order_by(Firm.submitted_at, Firm.id)
        .limit(MOST)
    )
    return [
        Task(
            TaskKind.CHANGE if change else TaskKind.VERIFY,
            firm.id,
            (reader_name(firm),),
            firm.submitted_at or firm.updated_at,
            country=firm.country,
        )
        for firm, change in rows
    ]


def _join_requests(countries: Sequence[str]) -> list[Task]:
    rows = db.session.scalars(
        select(JoinRequest)
        .join(Firm, Firm.id == JoinRequest.firm_id)
        .where(JoinRequest.state == JoinState.OPEN, Firm.country.in_(countries))
        .options(selectinload(JoinRequest.firm), selectinload(JoinRequest.person))
        .order_by(JoinRequest.created_at, JoinRequest.id)
        .limit(MOST)
    )
    return [
        Task(
            TaskKind.JOIN,
            row.id,
            (row.person.name, reader_name(row.firm)),
            row.created_at,
            country=row.firm.country,
            firm_id=row.firm_id,
        )
        for row in rows
    ]


def _erasures(actor: Actor) -> list[Task]:
    """Requests of people to be erased; the law sets a date for each."""
    if not handles(actor):
        return []
    waiting, _total = requests(handled_countries(actor), is_open=True)
    return [
        Task(TaskKind.ERASE, row.id, (row.person.name,), row.created_at, row.due_on, row.country)
        for row in waiting
        if may_handle(actor, row)
    ]


def _incidents(actor: Actor) -> list[Task]:
    """Open incidents with the day of the clock that ends first, and reports that nobody has looked into."""
    if not keeps_register(actor):
        return []
    side = actor.country or ""
    found = [
        Task(TaskKind.INCIDENT, one.id, (one.title,), one.discovered_at, _last_day(one), side)
        for one in incidents.open_incidents(actor, MOST)
    ]
    reports = incidents.open_reports(actor, MOST)
    return found + [
        Task(
            TaskKind.INCIDENT_REPORT,
            one.id,
            (str(_("Report %(number)s", number=one.id)),),
            one.created_at,
            country=one.country,
        )
        for one in reports
    ]


def _last_day(incident: Incident) -> date | None:
    """The day on which the open clock that ends first runs out, in the zone of the discovery."""
    one = next_clock(incident.clocks)
    return one.due_at.astimezone(ZoneInfo(incident.zone)).date() if one and one.due_at else None


def _pairs(actor: Actor) -> list[Task]:
    return [
        Task(
            TaskKind.DUPLICATE,
            pair.id,
            (reader_name(pair.first), reader_name(pair.second)),
            pair.created_at,
            country=pair.country,
        )
        for pair in open_pairs(actor, MOST)
    ]


def _opportunities(countries: Sequence[str]) -> list[Task]:
    """Those of the own firms to review, those of the other side to answer, and interests that a firm does not answer."""
    waiting = (
        (TaskKind.OPPORTUNITY, opportunities.to_review(countries)),
        (TaskKind.FROM_ABROAD, opportunities.to_answer(countries)),
    )
    found = [
        Task(
            kind,
            one.id,
            (title_of(one, language()),),
            one.submitted_at or one.updated_at,
            country=countries[0],
        )
        for kind, part in waiting
        for one in part.items
    ]
    found += [
        Task(
            TaskKind.UNANSWERED,
            one.id,
            (title_of(one.opportunity, language()),),
            one.created_at,
            country=countries[0],
        )
        for one in interests.escalated(countries)
    ]
    return found


def _matches(actor: Actor, countries: Sequence[str]) -> list[Task]:
    return [
        Task(
            TaskKind.APPROVE,
            match.id,
            tuple(reader_name(firm) for firm in ordered(actor, match)),
            match.agreed_at or match.updated_at,
            country=countries[0],
        )
        for match in approvals(countries, ApprovalTab.MATCHES).items
    ]


def _hits(countries: Sequence[str]) -> list[Task]:
    newest = select(func.max(Screening.id)).group_by(Screening.firm_id, Screening.delegate_id)
    rows = db.session.execute(
        select(Firm, func.min(ScreeningHit.created_at))
        .join(Screening, Screening.firm_id == Firm.id)
        .join(ScreeningHit, ScreeningHit.screening_id == Screening.id)
        .where(Screening.id.in_(newest), ScreeningHit.state == HitState.OPEN, Firm.country.in_(countries))
        .group_by(Firm.id)
        .order_by(Firm.id)
        .limit(MOST)
    )
    return [
        Task(TaskKind.SCREEN, firm.id, (reader_name(firm),), since, country=firm.country)
        for firm, since in rows
    ]
