"""What pages show of questions: the part below an opportunity, and the page of one of them for who may act on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.opportunities import rules as opportunities
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.questions import queries, rules, words
from matchmaker.opportunities.questions.enums import QuestionState
from matchmaker.opportunities.questions.forms import AnswerForm, DeclineForm, HideForm
from matchmaker.opportunities.questions.models import OpportunityQuestion

Badge = tuple[LazyString, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as its reader sees it: whether it has a page for him, and whether his own firm asked it."""

    question: OpportunityQuestion
    badge: Badge
    opens: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Questions:
    """The part below an opportunity: what all read, and what only this reader has to do with."""

    public: Sequence[Shown]
    others: Sequence[Shown]
    may_ask: bool
    is_owner: bool


def title_of(opportunity: Opportunity) -> tuple[str, str]:
    """The title for the reader, and its language where that is another one than the page has."""
    spoken = language()
    text = opportunities.in_language(opportunity, spoken)
    return (text.title, text.language if text.language != spoken else "") if text else ("", "")


def badge_of(question: OpportunityQuestion) -> Badge:
    """Where it stands; what an institution has hidden before what the firms did."""
    if question.hidden is not None:
        return words.HIDDEN[question.hidden]
    if question.state is QuestionState.OPEN and not rules.is_live(question):
        return words.CLOSED
    return words.STATES[question.state]


def questions_of(actor: Actor, opportunity: Opportunity) -> Questions:
    """The questions about an opportunity as far as the actor reads them, what waits for an answer first."""
    shown = [
        Shown(one, badge_of(one), rules.may_see(actor, one), rules.is_asker(actor, one))
        for one in queries.of_opportunity(opportunity.id)
    ]
    return Questions(
        public=[one for one in shown if rules.is_public(one.question)],
        others=sorted(
            (one for one in shown if one.opens and not rules.is_public(one.question)),
            key=lambda one: one.question.state is not QuestionState.OPEN,
        ),
        may_ask=rules.may_ask(actor, opportunity),
        is_owner=opportunities.is_own(actor, opportunity),
    )


@dataclass(frozen=True, slots=True)
class Reads:
    """In what part somebody reads a question, and what of it."""

    asks: bool
    answers: bool
    answer: bool
    reason: bool
    hidden_reason: bool
    may_change: bool
    may_withdraw: bool
    may_hide: bool


def reads_of(actor: Actor, question: OpportunityQuestion) -> Reads:
    """What the page of a question shows to the actor."""
    return Reads(
        asks=rules.is_asker(actor, question),
        answers=opportunities.is_own(actor, question.opportunity),
        answer=rules.reads_answer(actor, question),
        reason=rules.reads_reason(actor, question),
        hidden_reason=rules.reads_hidden_reason(actor, question),
        may_change=rules.may_change(actor, question),
        may_withdraw=rules.may_withdraw(actor, question),
        may_hide=rules.may_hide(actor, question),
    )


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a question's page; None where the reader may not do it now."""

    answer: AnswerForm | None
    decline: DeclineForm | None
    hide: HideForm | None
    sent: Any = None


def forms_of(actor: Actor, question: OpportunityQuestion, sent: Any = None) -> Forms:
    """The forms that the actor may fill in; `sent` is the one that was refused, with what was typed."""
    corrects = rules.may_correct(actor, question)
    may_answer = rules.may_answer(actor, question)
    answer = _form(AnswerForm, sent) if may_answer or corrects else None
    decline = _form(DeclineForm, sent) if may_answer else None
    hide = None
    if rules.may_hide(actor, question):
        hide = sent if isinstance(sent, HideForm) else HideForm(question, formdata=None)
    for form in (answer, decline, hide):
        if form is not None and form is not sent:
            form.version.data = question.version
    if answer is not None and answer is not sent:
        answer.show(question)
    return Forms(answer, decline, hide, sent)


def _form(kind: Any, sent: Any) -> Any:
    return sent if isinstance(sent, kind) else kind(formdata=None)
