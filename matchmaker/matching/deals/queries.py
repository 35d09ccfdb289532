"""Reads of deals."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.matching.deals.models import Deal
from matchmaker.matching.models import Match


def _loaded() -> tuple[Any, ...]:
    return (
        selectinload(Deal.match).selectinload(Match.asker),
        selectinload(Deal.match).selectinload(Match.answerer),
    )


def deal(deal_id: int) -> Deal:
    """A deal with its match and the two firms; raises NotFound."""
    return existing(db.session.scalar(select(Deal).where(Deal.id == deal_id).options(*_loaded())))


def locked_deal(deal_id: int) -> Deal:
    """The same as it is now, nobody else changing it until this transaction ends; raises NotFound."""
    wanted = select(Deal).where(Deal.id == deal_id).options(*_loaded())
    return existing(
        db.session.scalar(wanted.with_for_update(of=Deal).execution_options(populate_existing=True))
    )


def deals_of(match_id: int) -> Sequence[Deal]:
    """The deals of a match, the latest first."""
    found = select(Deal).where(Deal.match_id == match_id).options(*_loaded())
    return db.session.scalars(found.order_by(Deal.created_at.desc(), Deal.id.desc())).all()


def waiting_deal(match_id: int) -> Deal | None:
    """The deal of a match that waits for its answer."""
    return db.session.scalar(select(Deal).where(Deal.open_match_id == match_id).options(*_loaded()))
