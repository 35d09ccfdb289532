"""Reads of questions about opportunities."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.opportunities.interests.enums import Answer
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.questions.enums import QuestionState
from matchmaker.opportunities.questions.models import OpportunityQuestion

MOST: Final = 200
"""A page shows no more questions than these."""
_REFUSED: Final = (Answer.NOT_SUITABLE, Answer.NOT_ELIGIBLE)


def _loaded() -> Select[OpportunityQuestion]:
    about = joinedload(OpportunityQuestion.opportunity)
    return select(OpportunityQuestion).options(
        joinedload(OpportunityQuestion.firm),
        about.joinedload(Opportunity.firm),
        about.selectinload(Opportunity.texts),
        about.selectinload(Opportunity.reaches),
    )


def question(question_id: int) -> OpportunityQuestion:
    """A question with its opportunity and both firms; raises NotFound."""
    return existing(db.session.scalar(_loaded().where(OpportunityQuestion.id == question_id)))


def locked(question_id: int) -> OpportunityQuestion:
    """The question as it is now, nobody else changing it until this transaction ends; raises NotFound."""
    found = _loaded().where(OpportunityQuestion.id == question_id).with_for_update(of=OpportunityQuestion)
    return existing(db.session.scalar(found.execution_options(populate_existing=True)))


def of_opportunity(opportunity_id: int) -> Sequence[OpportunityQuestion]:
    """All that was asked about an opportunity and not withdrawn: what was answered first, then what waits longest."""
    asked = OpportunityQuestion.opportunity_id == opportunity_id
    found = _loaded().where(asked, OpportunityQuestion.state != QuestionState.WITHDRAWN)
    order = (
        OpportunityQuestion.answered_at.is_(None),
        OpportunityQuestion.answered_at,
        OpportunityQuestion.id,
    )
    return db.session.scalars(found.order_by(*order).limit(MOST)).all()


def waiting_about(firm_id: int, opportunity_id: int) -> Sequence[str]:
    """The words of a firm's questions about an opportunity that wait for an answer."""
    found = select(OpportunityQuestion.text).where(
        OpportunityQuestion.firm_id == firm_id,
        OpportunityQuestion.opportunity_id == opportunity_id,
        OpportunityQuestion.state == QuestionState.OPEN,
    )
    return db.session.scalars(found.order_by(OpportunityQuestion.id)).all()


def asked_since(firm_id: int, moment: datetime) -> int:
    """How many questions a firm has asked since a moment, whatever became of them."""
    asked = OpportunityQuestion.firm_id == firm_id, OpportunityQuestion.created_at > moment
    return db.session.scalar(select(func.count(OpportunityQuestion.id)).where(*asked)) or 0


def waiting_of(firm_id: int) -> Sequence[int]:
    """Numbers of the questions of a firm that wait for an answer."""
    found = select(OpportunityQuestion.id).where(
        OpportunityQuestion.firm_id == firm_id, OpportunityQuestion.state == QuestionState.OPEN
    )
    return db.session.scalars(found.order_by(OpportunityQuestion.id)).all()


def waiting_for(opportunity_ids: Collection[int]) -> dict[int, int]:
    """How many questions wait for the owner of each of these opportunities, the same as rules.reaches_owner for open ones."""
    counted = (
        select(OpportunityQuestion.opportunity_id, func.count(OpportunityQuestion.id))
        .join(Firm, Firm.id == OpportunityQuestion.firm_id)
        .where(
            OpportunityQuestion.opportunity_id.in_(opportunity_ids),
            OpportunityQuestion.state == QuestionState.OPEN,
            OpportunityQuestion.hidden.is_(None),
            Firm.state == FirmState.VERIFIED,
        )
    )
    return dict(db.session.execute(counted.group_by(OpportunityQuestion.opportunity_id)).all())


def interested_firms(about: OpportunityQuestion) -> Sequence[int]:
    """The verified firms that are interested in the opportunity and were not turned down, but for the one that asked."""
    open_to = or_(Interest.answer.is_(None), Interest.answer.not_in(_REFUSED))
    found = (
        select(Interest.firm_id)
        .join(Firm, Firm.id == Interest.firm_id)
        .where(Interest.opportunity_id == about.opportunity_id, open_to, Firm.state == FirmState.VERIFIED)
        .where(Interest.firm_id != about.firm_id)
    )
    return db.session.scalars(found.distinct().order_by(Interest.firm_id)).all()
