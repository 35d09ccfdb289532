"""Checks of opportunities as they were made when these were sent: by the same rules, at the moment of the sending."""

from collections.abc import Sequence

from matchmaker.compliance.controlled_goods import listed_goods
from matchmaker.core.db import db
from matchmaker.opportunities import queries as opportunities
from matchmaker.opportunities.checks import queries, services
from matchmaker.opportunities.checks.models import OpportunityCheck


def add_checks(numbers: Sequence[int]) -> None:
    """Check these opportunities and keep what is found."""
    for number in numbers:
        opportunity = opportunities.opportunity(number)
        verdict = services.verdict_on(opportunity)
        moment = opportunity.submitted_at or opportunity.created_at
        opportunity.points = verdict.points
        db.session.add(
            OpportunityCheck(
                opportunity_id=number,
                person_id=opportunity.author_id,
                outcome=verdict.outcome,
                points=verdict.points,
                word_list=queries.list_version(),
                goods_list=max(good.version for good in listed_goods()),
                findings=services.rows_of(verdict),
                created_at=moment,
                updated_at=moment,
            )
        )
    db.session.flush()
