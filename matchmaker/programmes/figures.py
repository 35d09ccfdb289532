"""What programmes count under a memorandum: those held by kind, and the firms and experts that took part."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from matchmaker.core.db import db
from matchmaker.core.i18n import language
from matchmaker.firms.names import reader_name
from matchmaker.mous.figures import Figure, FigureRow, add_figure
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState, SignUpState
from matchmaker.programmes.models import Programme, SignUp

ATTENDED = frozenset({SignUpState.ATTENDED, SignUpState.COMPLETED})
Rows = Callable[[int, date, date], Sequence[FigureRow]]
Totals = Callable[[date | None], Mapping[int, Decimal]]


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _held(
    kind: ProgrammeKind | None, since: date | None, until: date | None = None
) -> list[ColumnElement[bool]]:
    """The programmes of a kind, or of all, that ended in the time and were done."""
    found: list[ColumnElement[bool]] = [Programme.state == ProgrammeState.DONE]
    if kind is not None:
        found.append(Programme.kind == kind)
    if since is not None:
        found.append(Programme.ends_at >= _moment(since))
    if until is not None:
        found.append(Programme.ends_at < _moment(until + timedelta(days=1)))
    return found


def _programmes(kind: ProgrammeKind | None) -> tuple[Rows, Totals]:
    def rows(mou_id: int, since: date, until: date) -> list[FigureRow]:
        found = select(Programme).where(Programme.mou_id == mou_id, *_held(kind, since, until))
        return [
            FigureRow(one.ends_at.date(), Decimal(1), one.title(language()), f"/programmes/{one.id}")
            for one in db.session.scalars(found.order_by(Programme.ends_at, Programme.id))
        ]

    def totals(since: date | None) -> dict[int, Decimal]:
        counted = select(Programme.mou_id, func.count()).where(*_held(kind, since)).group_by(Programme.mou_id)
        return {number: Decimal(count) for number, count in db.session.execute(counted)}

    return rows, totals


def _participants(kind: ProgrammeKind, who: InstrumentedAttribute[Any]) -> tuple[Rows, Totals]:
    """Each firm or person once in the time, on the day of the first programme."""

    def rows(mou_id: int, since: date, until: date) -> list[FigureRow]:
        found = (
            select(SignUp)
            .join(Programme, Programme.id == SignUp.programme_id)
            .where(
                Programme.mou_id == mou_id,
                SignUp.state.in_(ATTENDED),
                who.is_not(None),
                *_held(kind, since, until),
            )
            .options(selectinload(SignUp.programme), selectinload(SignUp.firm), selectinload(SignUp.person))
            .order_by(Programme.ends_at, SignUp.id)
        )
        firsts: dict[int, SignUp] = {}
        for one in db.session.scalars(found):
            firsts.setdefault(getattr(one, who.key), one)
        return [_participant(one) for one in firsts.values()]

    def totals(since: date | None) -> dict[int, Decimal]:
        counted = (
            select(Programme.mou_id, func.count(who.distinct()))
            .join(SignUp, SignUp.programme_id == Programme.id)
            .where(SignUp.state.in_(ATTENDED), *_held(kind, since))
            .group_by(Programme.mou_id)
        )
        return {number: Decimal(count) for number, count in db.session.execute(counted) if count}

    return rows, totals


def _participant(one: SignUp) -> FigureRow:
    name = reader_name(one.firm) if one.firm else one.person.name
    return FigureRow(one.programme.ends_at.date(), Decimal(1), name, f"/programmes/{one.programme_id}")


def _offer(key: str, label: LazyString, source: tuple[Rows, Totals]) -> None:
    rows, totals = source
    add_figure(Figure(key, label, "", rows, totals))


_offer("programmes", _l("Programmes held"), _programmes(None))
_offer("trainings", _l("Trainings held"), _programmes(ProgrammeKind.TRAINING))
_offer("exchanges", _l("Expert exchanges held"), _programmes(ProgrammeKind.EXCHANGE))
_offer("trips", _l("Business trips held"), _programmes(ProgrammeKind.TRIP))
_offer("firms_trained", _l("Firms trained"), _participants(ProgrammeKind.TRAINING, SignUp.firm_id))
_offer("experts", _l("Experts exchanged"), _participants(ProgrammeKind.EXCHANGE, SignUp.person_id))
