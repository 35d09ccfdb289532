"""Opportunities of firms."""

from datetime import timedelta
from typing import Any

from factory import LazyAttribute, LazyFunction

from matchmaker.core import clock
from matchmaker.firms.models import Firm
from matchmaker.opportunities.enums import OpportunityKind, OpportunityState
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.models import (
    Opportunity,
    OpportunityGood,
    OpportunityReach,
    OpportunitySector,
    OpportunityText,
)
from matchmaker.opportunities.questions.models import OpportunityQuestion
from matchmaker.opportunities.writing import Content, Words, searched
from tests.factories.accounts import PersonFactory
from tests.factories.base import EntityFactory
from tests.factories.firms import FirmFactory

TITLE = "Stainless ball valves"


class OpportunityFactory(EntityFactory):
    """A published business offer; take it from `opportunity_of` where its words and countries matter."""

    class Meta:
        model = Opportunity

    firm_id = LazyAttribute(lambda row: FirmFactory().id)
    kind = OpportunityKind.BUSINESS_OFFER
    state = OpportunityState.PUBLISHED
    submitted_at = LazyFunction(clock.now)
    published_at = LazyFunction(clock.now)
    expires_on = LazyFunction(lambda: clock.today() + timedelta(days=365))
    partnerships = LazyFunction(lambda: ["DISTRIBUTION:seeks"])


def opportunity_of(
    firm: Firm,
    *reached: str,
    state: OpportunityState = OpportunityState.PUBLISHED,
    title: str = TITLE,
    hs_code: str = "848180",
    **facts: Any,
) -> Opportunity:
    """A complete business offer of a firm in English, open to firms of the countries reached (by default of the other one)."""
    text = Words("en", title, "We make valves.", "From DN15 to DN200.", "Pressure-tested.")
    opportunity: Opportunity = OpportunityFactory(
        firm_id=firm.id,
        state=state,
        texts=[OpportunityText(**{name: getattr(text, name) for name in text.__slots__})],
        goods=[OpportunityGood(hs_code=hs_code)],
        sectors=[OpportunitySector(code="28.14")],
        reaches=[OpportunityReach(country=country) for country in reached or ("RU",)],
        events=[],
        search_text=searched(Content([text], (), [hs_code], ["28.14"])),
        **facts,
    )
    return opportunity


class InterestFactory(EntityFactory):
    """An interest without an answer; take it from `interest_in` where the opportunity matters."""

    class Meta:
        model = Interest

    person_id = LazyAttribute(lambda row: PersonFactory().id)
    language = "en"
    text = "We sell valves to 40 dairies."


def interest_in(opportunity: Opportunity, firm: Firm) -> Interest:
    """What a firm of the other side wrote about an opportunity."""
    interest: Interest = InterestFactory(opportunity_id=opportunity.id, firm_id=firm.id)
    return interest


class QuestionFactory(EntityFactory):
    """A question without an answer; take it from `question_about` where the opportunity matters."""

    class Meta:
        model = OpportunityQuestion

    person_id = LazyAttribute(lambda row: PersonFactory().id)
    language = "en"
    text = "Which pressure do the valves bear?"


def question_about(opportunity: Opportunity, firm: Firm, **facts: Any) -> OpportunityQuestion:
    """What a firm of the other side wants to know about an opportunity."""
    question: OpportunityQuestion = QuestionFactory(opportunity_id=opportunity.id, firm_id=firm.id, **facts)
    return question
