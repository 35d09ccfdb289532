"""Reads of interests."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.firms.models import Firm
from matchmaker.opportunities.enums import OpportunityState
from matchmaker.opportunities.interests import rules
from matchmaker.opportunities.interests.enums import Answer
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.models import Opportunity


def _loaded() -> Select[Interest]:
    about = joinedload(Interest.opportunity)
    return select(Interest).options(
        joinedload(Interest.firm),
        about.joinedload(Opportunity.firm),
        about.selectinload(Opportunity.texts),
        about.selectinload(Opportunity.reaches),
    )


def interest(interest_id: int) -> Interest:
    """An interest with its opportunity and both firms; raises NotFound."""
    return existing(db.session.scalar(_loaded().where(Interest.id == interest_id)))


def locked(interest_id: int) -> Interest:
    """The interest as it is now, nobody else answering it until this transaction ends; raises NotFound."""
    found = _loaded().where(Interest.id == interest_id).with_for_update(of=Interest)
    return existing(db.session.scalar(found.execution_options(populate_existing=True)))


def of_opportunity(opportunity_id: int) -> Sequence[Interest]:
    """All interests in an opportunity, unanswered ones first, each the longest waiting first."""
    found = select(Interest).where(Interest.opportunity_id == opportunity_id)
    ordered = found.order_by(Interest.answer.is_not(None), Interest.created_at, Interest.id)
    return db.session.scalars(ordered.options(selectinload(Interest.firm))).all()


def last_of(opportunity_id: int, firm_id: int) -> Interest | None:
    """What a firm wrote last about an opportunity."""
    found = select(Interest).where(Interest.opportunity_id == opportunity_id, Interest.firm_id == firm_id)
    return db.session.scalars(found.order_by(Interest.turn.desc()).limit(1)).first()


def accepted(firm_ids: Collection[int], opportunity_ids: Collection[int]) -> frozenset[int]:
    """Which of these opportunities accepted an interest of one of these firms."""
    if not firm_ids or not opportunity_ids:
        return frozenset()
    found = select(Interest.opportunity_id).where(
        Interest.firm_id.in_(firm_ids),
        Interest.opportunity_id.in_(opportunity_ids),
        Interest.answer == Answer.SUITABLE,
    )
    return frozenset(db.session.scalars(found))


def waiting(now: datetime) -> Sequence[Interest]:
    """What nobody has answered for so long that a reminder is due, of opportunities that are published."""
    limit = now - timedelta(days=min(rules.REMINDED_DAYS))
    return db.session.scalars(
        _loaded()
        .join(Opportunity, Opportunity.id == Interest.opportunity_id)
        .where(
            Interest.answer.is_(None),
            Interest.created_at <= limit,
            Opportunity.state == OpportunityState.PUBLISHED,
        )
        .order_by(Interest.id)
    ).all()


def escalated(countries: Collection[str]) -> Sequence[Interest]:
    """What firms of these countries have not answered although they were reminded, the longest waiting first."""
    return db.session.scalars(
        _loaded()
        .join(Opportunity, Opportunity.id == Interest.opportunity_id)
        .join(Firm, Firm.id == Opportunity.firm_id)
        .where(
            Interest.answer.is_(None),
            Interest.escalated_at.is_not(None),
            Firm.country.in_(countries),
            Opportunity.state == OpportunityState.PUBLISHED,
        )
        .order_by(Interest.escalated_at, Interest.id)
        .limit(50)
    ).all()
