"""What matching can count under a memorandum: introductions, firms met, partnerships."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.firms.names import reader_name
from matchmaker.matching.enums import MatchState
from matchmaker.matching.models import Match, MatchEvent
from matchmaker.mous.figures import Figure, FigureRow, add_figure

ONE = Decimal(1)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _under(mou_id: int, since: date, until: date) -> Select[Match]:
    """The introductions under a memorandum between two days."""
    return (
        select(Match)
        .where(
            Match.mou_id == mou_id,
            Match.introduced_at >= _moment(since),
            Match.introduced_at < _moment(until + timedelta(days=1)),
        )
        .order_by(Match.introduced_at, Match.id)
        .options(selectinload(Match.asker), selectinload(Match.answerer))
    )


def _row(match: Match, day: datetime, label: str) -> FigureRow:
    return FigureRow(day.date(), ONE, label, f"/matches/{match.id}")


def _pair(match: Match) -> str:
    return f"{reader_name(match.asker)} – {reader_name(match.answerer)}"


def introductions(mou_id: int, since: date, until: date) -> Sequence[FigureRow]:
    """Each introduction on its day."""
    found = db.session.scalars(_under(mou_id, since, until))
    return [_row(match, match.introduced_at, _pair(match)) for match in found if match.introduced_at]


def firms_met(mou_id: int, since: date, until: date) -> Sequence[FigureRow]:
    """Each firm once, on the day of its first introduction in the time."""
    seen: set[int] = set()
    rows = []
    for match in db.session.scalars(_under(mou_id, since, until)):
        for firm in (match.asker, match.answerer):
            if firm.id not in seen and match.introduced_at:
                seen.add(firm.id)
                rows.append(_row(match, match.introduced_at, reader_name(firm)))
    return rows


def partnerships(mou_id: int, since: date, until: date) -> Sequence[FigureRow]:
    """Each pair that reached a partnership, on the day it did: by its history, for the match itself goes on changing."""
    reached = (
        select(Match, MatchEvent.at)
        .join(MatchEvent, MatchEvent.match_id == Match.id)
        .where(
            Match.mou_id == mou_id,
            MatchEvent.after == MatchState.PARTNERSHIP,
            MatchEvent.at >= _moment(since),
            MatchEvent.at < _moment(until + timedelta(days=1)),
        )
        .order_by(MatchEvent.at, Match.id)
        .options(selectinload(Match.asker), selectinload(Match.answerer))
    )
    return [_row(match, at, _pair(match)) for match, at in db.session.execute(reached)]


def introductions_in_all(since: date | None) -> Mapping[int, Decimal]:
    """The introductions by memorandum since a day."""
    counted = (
        select(Match.mou_id, func.count())
        .where(Match.mou_id.is_not(None), Match.introduced_at.is_not(None))
        .group_by(Match.mou_id)
    )
    if since is not None:
        counted = counted.where(Match.introduced_at >= _moment(since))
    return {number: Decimal(count) for number, count in db.session.execute(counted) if number}


def partnerships_in_all(since: date | None) -> Mapping[int, Decimal]:
    """The partnerships by memorandum since a day."""
    reached = (
        select(Match.mou_id, func.count())
        .join(MatchEvent, MatchEvent.match_id == Match.id)
        .where(Match.mou_id.is_not(None), MatchEvent.after == MatchState.PARTNERSHIP)
        .group_by(Match.mou_id)
    )
    if since is not None:
        reached = reached.where(MatchEvent.at >= _moment(since))
    return {number: Decimal(count) for number, count in db.session.execute(reached) if number}


def firms_in_all(since: date | None) -> Mapping[int, Decimal]:
    """The different firms introduced by memorandum since a day."""
    met: list[ColumnElement[bool]] = [Match.introduced_at.is_not(None), Match.mou_id.is_not(None)]
    if since is not None:
        met.append(Match.introduced_at >= _moment(since))
    ends = (
        select(Match.mou_id.label("mou"), firm.label("firm")).where(*met)
        for firm in (Match.asker_id, Match.answerer_id)
    )
    both = union_all(*ends).subquery()
    rows = db.session.execute(select(both.c.mou, func.count(both.c.firm.distinct())).group_by(both.c.mou))
    return {number: Decimal(count) for number, count in rows}


add_figure(Figure("introductions", _l("Introductions"), "", introductions, introductions_in_all, kept=True))
add_figure(Figure("firms_met", _l("Firms met"), "", firms_met, firms_in_all, kept=True))
add_figure(Figure("partnerships", _l("Partnerships"), "", partnerships, partnerships_in_all, kept=True))
