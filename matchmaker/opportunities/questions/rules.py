"""Who asks, who answers, who reads what of a question, and what an institution may hide."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.firms.enums import FirmState
from matchmaker.opportunities import rules as opportunities
from matchmaker.opportunities.interests import rules as interests
from matchmaker.opportunities.questions.enums import HiddenPart, QuestionState

if TYPE_CHECKING:
    from matchmaker.opportunities.models import Opportunity
    from matchmaker.opportunities.questions.models import OpportunityQuestion

SHORTEST_TEXT, LONGEST_TEXT, LONGEST_ANSWER, LONGEST_REASON = 10, 1000, 2000, 500
MOST_OPEN: Final = 3
"""So many questions of a firm about one opportunity wait for an answer at most."""
MOST_ASKED: Final = 20
ASKED_WITHIN: Final = timedelta(days=1)
"""In that time a firm asks so many questions at most, about all opportunities together."""


def may_ask(actor: Actor, opportunity: Opportunity) -> bool:
    """Who may say that a firm is interested may ask first: an editor of a verified firm of the other side."""
    return interests.may_express(actor, opportunity)


def is_live(question: OpportunityQuestion) -> bool:
    """Whether its opportunity is listed: questions close with it, and open again when it is renewed."""
    return opportunities.is_listed(question.opportunity, clock.today())


def is_public(question: OpportunityQuestion) -> bool:
    """Whether everybody who may see the opportunity reads question and answer."""
    return question.state is QuestionState.ANSWERED and question.hidden is None


def is_asker(actor: Actor, question: OpportunityQuestion) -> bool:
    """Whether the question is of a firm of the actor's."""
    return actor.membership(question.firm_id) is not None


def writes_for_asker(actor: Actor, question: OpportunityQuestion) -> bool:
    """Whether the actor is an editor of the firm that asks."""
    return opportunities.edits_for(actor, question.firm_id)


def may_change(actor: Actor, question: OpportunityQuestion) -> bool:
    """The asker's editors, until it is answered, hidden or closed."""
    untouched = question.state is QuestionState.OPEN and question.hidden is None
    return untouched and is_live(question) and writes_for_asker(actor, question)


def may_withdraw(actor: Actor, question: OpportunityQuestion) -> bool:
    """The asker's editors, until it is answered or declined."""
    return question.state is QuestionState.OPEN and writes_for_asker(actor, question)


def reaches_owner(question: OpportunityQuestion) -> bool:
    """Whether the owner reads it: not what was withdrawn, and nothing open that is hidden or of a firm on hold."""
    if question.state is QuestionState.OPEN:
        return question.hidden is None and question.firm.state is FirmState.VERIFIED
    return question.state is not QuestionState.WITHDRAWN


def writes_for_owner(actor: Actor, question: OpportunityQuestion) -> bool:
    """Whether the actor is an editor of the firm that is asked and may read the question."""
    return opportunities.edits_for(actor, question.opportunity.firm_id) and reaches_owner(question)


def may_answer(actor: Actor, question: OpportunityQuestion) -> bool:
    """The owner's editors, once, while the opportunity is listed."""
    waits = question.state is QuestionState.OPEN
    return waits and is_live(question) and writes_for_owner(actor, question)


def may_correct(actor: Actor, question: OpportunityQuestion) -> bool:
    """The owner's editors, while the opportunity is listed and the question is not hidden."""
    answered = question.state is QuestionState.ANSWERED and question.hidden is not HiddenPart.QUESTION
    return answered and is_live(question) and writes_for_owner(actor, question)


def is_officer(actor: Actor, question: OpportunityQuestion) -> bool:
    """Whether the actor reads it for an institution concerned, which nobody does for one's own firm."""
    about = question.opportunity
    if is_asker(actor, question) or opportunities.is_own(actor, about):
        return False
    known = opportunities.is_insider(actor, about) and opportunities.may_see(actor, about)
    return known and question.state is not QuestionState.WITHDRAWN


def may_hide(actor: Actor, question: OpportunityQuestion) -> bool:
    """Those who review the opportunity for its own or another institution."""
    about = question.opportunity
    reviews = opportunities.may_review(actor, about) or opportunities.may_answer(actor, about)
    return reviews and is_officer(actor, question)


def hidden_parts(question: OpportunityQuestion) -> list[HiddenPart]:
    """What there is to hide."""
    return list(HiddenPart) if question.state is QuestionState.ANSWERED else [HiddenPart.QUESTION]


def may_see(actor: Actor, question: OpportunityQuestion) -> bool:
    """Its firm, the owner where it reaches him, the institutions; others read it with its answer at the opportunity."""
    if is_asker(actor, question):
        return True
    if opportunities.is_own(actor, question.opportunity):
        return reaches_owner(question)
    return is_officer(actor, question)


def reads_reason(actor: Actor, question: OpportunityQuestion) -> bool:
    """Why it was declined is read by the firm that asked and the one that wrote it."""
    return is_asker(actor, question) or opportunities.is_own(actor, question.opportunity)


def reads_answer(actor: Actor, question: OpportunityQuestion) -> bool:
    """A hidden answer is read by the firm that wrote it and the institutions only, one of a hidden question too."""
    if question.state is not QuestionState.ANSWERED:
        return False
    return question.hidden is None or not is_asker(actor, question)


def reads_hidden_reason(actor: Actor, question: OpportunityQuestion) -> bool:
    """Why a text is hidden is read by the firm that wrote it and the institutions."""
    if question.hidden is HiddenPart.QUESTION:
        return is_asker(actor, question) or is_officer(actor, question)
    return not is_asker(actor, question)
