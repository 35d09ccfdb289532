"""Reads of suspected pairs: the queue, one pair, the search that runs, the firms that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.jobs import Job
from matchmaker.core.paging import Paging, Part
from matchmaker.engines.text.names import name_key
from matchmaker.firms.duplicates.enums import PairState, Sign
from matchmaker.firms.duplicates.models import DuplicateLook, SuspectedPair
from matchmaker.firms.duplicates.rules import countries
from matchmaker.firms.models import Firm, FirmIdentifier, SearchOutbox

PAGE: Final = 25
SEARCH_JOB: Final = "duplicate-search"
OVERLAP: Final = timedelta(minutes=10)
"""Longer than any transaction that changes firms takes: a change may be seen so much later than its moment."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader narrows the queue by; `text` is part of a name or a whole number."""

    state: PairState = PairState.OPEN
    sign: Sign | None = None
    text: str = ""


def _reached(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    own = sorted(item.firm_id for item in actor.memberships)
    return (
        SuspectedPair.country.in_(sorted(countries(actor))),
        SuspectedPair.first_id.not_in(own),
        SuspectedPair.second_id.not_in(own),
    )


SIGNS: Final = {
    Sign.NUMBER: SuspectedPair.number != "",
    Sign.HOST: SuspectedPair.host != "",
    Sign.NAME: SuspectedPair.score > 0,
}


def _named(text: str) -> ColumnElement[bool]:
    key, number = name_key(text), "".join(text.split())
    numbered = exists().where(FirmIdentifier.firm_id == Firm.id, FirmIdentifier.value == number)
    conditions = [Firm.name_key.contains(key, autoescape=True)] if key else []
    return exists().where(
        or_(Firm.id == SuspectedPair.first_id, Firm.id == SuspectedPair.second_id),
        or_(*conditions, numbered),
    )


def pairs(actor: Actor, filters: Filters, page: int) -> Part[SuspectedPair]:
    """The queue of the actor's side: open pairs by what they have in common, settled ones by when, the last first."""
    wanted = select(SuspectedPair).where(*_reached(actor), SuspectedPair.state == filters.state)
    if filters.sign is not None:
        wanted = wanted.where(SIGNS[filters.sign])
    if filters.text:
        wanted = wanted.where(_named(filters.text))
    paging = Paging.near(
        page, PAGE, db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    )
    order = (
        (SuspectedPair.strength.desc(), SuspectedPair.id)
        if filters.state is PairState.OPEN
        else (SuspectedPair.decided_at.desc(), SuspectedPair.id.desc())
    )
    rows = db.session.scalars(_loaded(wanted).order_by(*order).limit(PAGE).offset(paging.offset))
    return Part(rows.all(), paging)


def counts(actor: Actor) -> dict[PairState, int]:
    """How many pairs of the actor's side are in each state."""
    rows = db.session.execute(
        select(SuspectedPair.state, func.count()).where(*_reached(actor)).group_by(SuspectedPair.state)
    )
    found = dict(iter(rows))
    return {state: found.get(state, 0) for state in PairState}


def open_pairs(actor: Actor, most: int) -> Sequence[SuspectedPair]:
    """The first open pairs of the queue."""
    wanted = select(SuspectedPair).where(*_reached(actor), SuspectedPair.state == PairState.OPEN)
    order = SuspectedPair.strength.desc(), SuspectedPair.id
    return db.session.scalars(_loaded(wanted).order_by(*order).limit(most)).all()


def pair(pair_id: int) -> SuspectedPair:
    """One pair with its firms; raises NotFound."""
    wanted = select(SuspectedPair).where(SuspectedPair.id == pair_id)
    return existing(db.session.scalar(_loaded(wanted)))


def pair_for_change(pair_id: int) -> SuspectedPair:
    """The pair, locked until the end of the request; raises NotFound."""
    wanted = select(SuspectedPair).where(SuspectedPair.id == pair_id).with_for_update(of=SuspectedPair)
    return existing(db.session.scalar(_loaded(wanted).execution_options(populate_existing=True)))


def _loaded(wanted: Select[SuspectedPair]) -> Select[SuspectedPair]:
    firms = (SuspectedPair.first, SuspectedPair.second)
    return wanted.options(
        selectinload(SuspectedPair.decided_by),
        *(selectinload(firm).selectinload(Firm.identifiers) for firm in firms),
    )


def last_search() -> Job | None:
    """The search through all firms that was begun last."""
    return db.session.scalar(select(Job).where(Job.kind == SEARCH_JOB).order_by(Job.id.desc()).limit(1))


def changed_firms(most: int) -> list[tuple[int, datetime]]:
    """Firms with a change that was not looked at, the first to change first, each with the moment of its last change."""
    last = db.session.scalar(select(func.max(DuplicateLook.at)))
    wanted = (
        select(SearchOutbox.firm_id, func.max(SearchOutbox.at))
        .join(Firm, Firm.id == SearchOutbox.firm_id)
        .outerjoin(DuplicateLook, DuplicateLook.firm_id == SearchOutbox.firm_id)
        .where(or_(DuplicateLook.at.is_(None), DuplicateLook.at < SearchOutbox.at))
        .group_by(SearchOutbox.firm_id)
        .order_by(func.max(SearchOutbox.at), SearchOutbox.firm_id)
        .limit(most)
    )
    if last is not None:
        wanted = wanted.where(SearchOutbox.at >= last - OVERLAP)
    return [(firm_id, at) for firm_id, at in db.session.execute(wanted)]


def firms_after(number: int, most: int) -> list[int]:
    """The next firms behind a number."""
    return list(db.session.scalars(select(Firm.id).where(Firm.id > number).order_by(Firm.id).limit(most)))


def count_firms() -> int:
    """How many firms there are."""
    return db.session.scalar(select(func.count()).select_from(Firm)) or 0
