"""Reads of indicators, with their actual values from the records."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.mous import queries as mous
from matchmaker.mous.figures import FIGURES, FigureRow, Total, total
from matchmaker.mous.indicators.models import Indicator


def _loaded() -> Select[Indicator]:
    return select(Indicator).options(selectinload(Indicator.parts), selectinload(Indicator.steps))


def locked(indicator_id: int) -> Indicator:
    """The indicator as it is now, nobody else changing it until this transaction ends."""
    found = _loaded().where(Indicator.id == indicator_id).with_for_update(of=Indicator)
    fresh = db.session.scalars(found.execution_options(populate_existing=True)).one()
    set_committed_value(fresh, "mou", mous.mou(fresh.mou_id))
    return fresh


def indicators(mou_id: int) -> list[Indicator]:
    """The indicators of a memorandum, the newest period first."""
    found = _loaded().where(Indicator.mou_id == mou_id)
    return list(db.session.scalars(found.order_by(Indicator.starts_on.desc(), Indicator.id)))


def indicator(indicator_id: int) -> Indicator:
    """An indicator with its memorandum and parts; raises NotFound."""
    found = existing(db.session.scalar(_loaded().where(Indicator.id == indicator_id)))
    set_committed_value(found, "mou", mous.mou(found.mou_id))
    return found


def rows(indicator: Indicator, until: date | None = None) -> list[FigureRow]:
    """The records that count, in order of their days; nothing that lies ahead counts."""
    last = min(until or indicator.ends_on, indicator.ends_on, clock.today())
    return counted(indicator.mou_id, (part.figure for part in indicator.parts), indicator.starts_on, last)


def counted(mou_id: int, figures: Iterable[str], since: date, until: date) -> list[FigureRow]:
    """The records behind some figures of a memorandum between two days."""
    found = [row for key in figures if key in FIGURES for row in FIGURES[key].rows(mou_id, since, until)]
    return sorted(found, key=lambda row: (row.day, row.url, row.label))


def actual(indicator: Indicator, until: date | None = None) -> Total | None:
    """What the records say today, or said on a day, in all and without what would have come anyway; None where no record says any of its figures yet."""
    if not has_source(indicator):
        return None
    return total(rows(indicator, until))


def has_source(indicator: Indicator) -> bool:
    """Whether some domain offers one of the figures that the indicator counts."""
    return any(part.figure in FIGURES for part in indicator.parts)
