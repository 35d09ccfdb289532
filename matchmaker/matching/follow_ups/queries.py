"""Reads of askings: what is due, one by its link, those of a match, the list of the institutions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased, selectinload

from matchmaker.accounts.queries import digest
from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.core.paging import Paging, Part
from matchmaker.firms.models import Firm
from matchmaker.matching import rules as matching
from matchmaker.matching.follow_ups import rules
from matchmaker.matching.follow_ups.enums import FollowUpState
from matchmaker.matching.follow_ups.models import FollowUp, FollowUpLink
from matchmaker.matching.follow_ups.recipients import still_stands
from matchmaker.matching.models import Match

PAGE: Final = 25
MOST_AT_ONCE: Final = 200
"""So many firms are asked in one round of the worker."""


@dataclass(frozen=True, slots=True)
class Due:
    """A firm that has to be asked about a match."""

    match_id: int
    firm_id: int
    days: int


def due(now: datetime) -> list[Due]:
    """Whom to ask now, by number of the match; nothing of matches that ended and of firms that left."""
    parts = [
        _due(end, days, since, until)
        for days, (since, until) in rules.due_windows(now).items()
        for end in (Match.asker_id, Match.answerer_id)
    ]
    both = union_all(*parts).subquery()
    rows = select(both).order_by(both.c.match_id, both.c.firm_id).limit(MOST_AT_ONCE)
    return [Due(*row) for row in db.session.execute(rows)]


def _due(end: Any, days: int, since: datetime, until: datetime) -> Select[Any]:
    asked = exists().where(FollowUp.match_id == Match.id, FollowUp.firm_id == end, FollowUp.days == days)
    return (
        select(Match.id.label("match_id"), end.label("firm_id"), literal(days).label("days"))
        .join(Firm, Firm.id == end)
        .where(
            Match.state.in_(matching.TOGETHER),
            Match.introduced_at > since,
            Match.introduced_at <= until,
            Firm.state.not_in(matching.GONE),
            ~asked,
        )
    )


def is_asked(one: Due) -> bool:
    """Whether this was asked already."""
    same = (
        FollowUp.match_id == one.match_id,
        FollowUp.firm_id == one.firm_id,
        FollowUp.days == one.days,
    )
    return db.session.scalar(select(FollowUp.id).where(*same)) is not None


def _loaded(follow_up: Any) -> tuple[Any, ...]:
    match = follow_up.selectinload(FollowUp.match) if follow_up is not None else selectinload(FollowUp.match)
    return match.selectinload(Match.asker), match.selectinload(Match.answerer)


def link_of(token: str) -> FollowUpLink:
    """The link of a token with its asking, also after its time; raises NotFound where the person left."""
    found = existing(
        db.session.scalar(
            select(FollowUpLink)
            .where(FollowUpLink.digest == digest(token))
            .options(*_loaded(selectinload(FollowUpLink.follow_up)))
        )
    )
    if not still_stands(found, found.follow_up.firm_id):
        raise NotFound
    return found


def locked(follow_up_id: int) -> FollowUp:
    """An asking as it is now, nobody else answering it until this transaction ends; raises NotFound."""
    wanted = select(FollowUp).where(FollowUp.id == follow_up_id).options(*_loaded(None))
    return existing(
        db.session.scalar(wanted.with_for_update(of=FollowUp).execution_options(populate_existing=True))
    )


def of_match(match_id: int) -> Sequence[FollowUp]:
    """All askings of a match, the latest first."""
    found = select(FollowUp).where(FollowUp.match_id == match_id).options(selectinload(FollowUp.firm))
    return db.session.scalars(found.order_by(FollowUp.days.desc(), FollowUp.firm_id)).all()


# ---------------------------------------------------------------- the list of the institutions


def _state_conditions(now: datetime) -> dict[FollowUpState, ColumnElement[bool]]:
    """The same as rules.state_of, for the database."""
    silent, together = FollowUp.answered_at.is_(None), Match.state.in_(matching.TOGETHER)
    waits = and_(silent, together, FollowUp.reached > 0)
    late = FollowUp.asked_at <= now - rules.ANSWER_TIME
    return {
        FollowUpState.ASKED: and_(waits, ~late),
        FollowUpState.OVERDUE: and_(waits, late),
        FollowUpState.ANSWERED: FollowUp.answered_at.is_not(None),
        FollowUpState.DROPPED: and_(silent, ~together),
        FollowUpState.UNREACHABLE: and_(silent, together, FollowUp.reached == 0),
    }


def _readable(actor: Actor, days: int | None) -> Select[Any]:
    """The askings whose answers the actor may read; the same as rules.sees, for the database."""
    one, other = aliased(Firm), aliased(Firm)
    own, coordinated = rules.own_countries(actor), rules.coordinated_countries(actor)
    theirs = case((FollowUp.firm_id == Match.asker_id, one.country), else_=other.country)
    found = (
        select(FollowUp)
        .join(Match, Match.id == FollowUp.match_id)
        .join(one, one.id == Match.asker_id)
        .join(other, other.id == Match.answerer_id)
        .where(or_(theirs.in_(own), one.country.in_(coordinated), other.country.in_(coordinated)))
    )
    mine = [item.firm_id for item in actor.memberships]
    if mine:
        found = found.where(Match.asker_id.not_in(mine), Match.answerer_id.not_in(mine))
    return found if days is None else found.where(FollowUp.days == days)


def counts(actor: Actor, days: int | None) -> Mapping[FollowUpState, int]:
    """How many askings stand where."""
    conditions = _state_conditions(clock.now())
    counted = [func.count(case((condition, 1))) for condition in conditions.values()]
    row = db.session.execute(_readable(actor, days).with_only_columns(*counted)).one()
    return dict(zip(conditions, row, strict=True))


def listed(actor: Actor, state: FollowUpState | None, days: int | None, page: int) -> Part[FollowUp]:
    """One page: what waits the oldest first, what was answered the latest first."""
    found = _readable(actor, days)
    if state is not None:
        found = found.where(_state_conditions(clock.now())[state])
    total = db.session.scalar(found.with_only_columns(func.count(FollowUp.id))) or 0
    paging = Paging.near(page, PAGE, total)
    order: tuple[Any, ...] = (FollowUp.asked_at, FollowUp.id)
    if state is FollowUpState.ANSWERED:
        order = (FollowUp.answered_at.desc(), FollowUp.id.desc())
    shown = found.options(*_loaded(None)).order_by(*order).limit(PAGE).offset(paging.offset)
    return Part(db.session.scalars(shown).all(), paging)
