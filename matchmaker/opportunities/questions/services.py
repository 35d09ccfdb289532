"""Writes of questions: a firm asks, the owner answers once for all or declines, an institution hides."""

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.before_introduction import refuse_contacts
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.versions import require_version
from matchmaker.firms import queries as firms
from matchmaker.firms.models import Firm
from matchmaker.opportunities import queries as opportunities
from matchmaker.opportunities.interests.rules import interested_firm_id
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.questions import notices, queries, rules
from matchmaker.opportunities.questions.enums import HiddenPart, QuestionState
from matchmaker.opportunities.questions.models import OpportunityQuestion
from matchmaker.opportunities.writing import names_anybody, spellings

ENTITY = "opportunity_question"


def ask(actor: Actor, opportunity: Opportunity, text: str, language: str) -> OpportunityQuestion:
    """Ask for one's own firm, unnamed; the owner is told that a firm asks, not which.

    Raises NotAllowed where the opportunity is not open to the firm any more, DomainError at `text`.
    """
    opportunity = opportunities.locked(opportunity.id)
    firm_id = interested_firm_id(actor, opportunity)
    if firm_id is None or not rules.may_ask(actor, opportunity):
        raise NotAllowed(_("This opportunity is not open to your firm any more."))
    words = _question(actor, firms.firm(firm_id), text)
    _require_few(firm_id, opportunity.id, words)
    question = OpportunityQuestion(
        opportunity_id=opportunity.id,
        firm_id=firm_id,
        person_id=actor.person_id,
        language=language,
        text=words,
    )
    db.session.add(question)
    db.session.flush()
    audit.record(actor, "ask", ENTITY, question.id, after={"opportunity": opportunity.id, "firm": firm_id})
    question = queries.question(question.id)
    notices.tell_owner(question, "opportunity_question_asked")
    db.session.flush()
    return question


def require_changeable(actor: Actor, question: OpportunityQuestion) -> None:
    """Raise Conflict where a question of one's own firm can be changed no more."""
    if not rules.may_change(actor, question):
        raise Conflict(_("This question can be changed no more: it is answered, hidden or closed."))


def change(
    actor: Actor, question: OpportunityQuestion, text: str, language: str, *, version: int | None = None
) -> OpportunityQuestion:
    """Put a question of one's own firm in other words, before it is answered; raises Conflict, DomainError at `text`."""
    question = _locked(question)
    require_changeable(actor, question)
    require_version(question.version, version)
    before = question.text
    question.text, question.language = _question(actor, question.firm, text), language
    audit.record(actor, "change", ENTITY, question.id, {"text": before}, {"text": question.text})
    db.session.flush()
    return question


def withdraw(actor: Actor, question: OpportunityQuestion) -> None:
    """Take back a question of one's own firm, before it is answered; raises Conflict."""
    question = _locked(question)
    if not rules.may_withdraw(actor, question):
        raise Conflict(_("This question is answered already."))
    _end(actor, question)


def withdraw_all(firm_id: int) -> int:
    """Take back what a firm that was suspended or archived still asks; returns how many."""
    numbers = queries.waiting_of(firm_id)
    for number in numbers:
        question = queries.locked(number)
        if question.state is QuestionState.OPEN:
            _end(None, question)
    return len(numbers)


def answer(
    actor: Actor, question: OpportunityQuestion, text: str, language: str, *, version: int | None = None
) -> OpportunityQuestion:
    """Answer for the owner, once for all firms that see the opportunity, or correct that answer.

    The asker and the firms that are interested are told. Both wordings stay in the audit log. Raises Conflict where the
    question is closed, ChangedMeanwhile where it reads otherwise by now, DomainError at `text`.
    """
    question = _locked(question)
    first = rules.may_answer(actor, question)
    if not first and not rules.may_correct(actor, question):
        audit.record_refusal(actor, "answer", ENTITY, question.id, f"state is {question.state.value}")
        raise Conflict(_("This question can be answered no more."))
    require_version(question.version, version)
    words, before = _answer(actor, question, text), question.answer
    if words == before and language == question.answer_language:
        return question
    question.answer, question.answer_language = words, language
    if first:
        question.state, question.answered_at = QuestionState.ANSWERED, clock.now()
        question.answered_by_id = actor.person_id
        audit.record(actor, "answer", ENTITY, question.id, after={"answer": words})
    else:
        question.corrected_at = clock.now()
        audit.record(actor, "correct", ENTITY, question.id, {"answer": before}, {"answer": words})
    db.session.flush()
    _tell_of_answer(question, first=first)
    return question


def decline(
    actor: Actor, question: OpportunityQuestion, reason: str, language: str, *, version: int | None = None
) -> None:
    """Say for the owner that a question is not answered, and why; only the asker reads the reason.

    Raises as `answer` does, DomainError at `reason`.
    """
    question = _locked(question)
    if not rules.may_answer(actor, question):
        audit.record_refusal(actor, "decline", ENTITY, question.id, f"state is {question.state.value}")
        raise Conflict(_("This question can be answered no more."))
    require_version(question.version, version)
    words = _within(reason, 1, rules.LONGEST_REASON, "reason")
    _open_nothing(actor, question.opportunity, words, "reason")
    question.state, question.answered_at = QuestionState.DECLINED, clock.now()
    question.answered_by_id = actor.person_id
    question.reason, question.reason_language = words, language
    audit.record(actor, "decline", ENTITY, question.id, after={"reason": words})
    db.session.flush()
    notices.tell_asker(question, "opportunity_question_declined")


def hide(
    actor: Actor,
    question: OpportunityQuestion,
    part: HiddenPart,
    reason: str,
    language: str,
    *,
    version: int | None = None,
) -> None:
    """Take a question or its answer off the page for an institution; the firm that wrote it is told and reads why.

    Raises Conflict where there is nothing of the kind to hide, ChangedMeanwhile, DomainError at `reason`.
    """
    question = _locked(question)
    if not rules.may_hide(actor, question) or part not in rules.hidden_parts(question):
        raise Conflict(_("There is nothing to hide here any more."))
    require_version(question.version, version)
    before = question.hidden
    question.hidden_reason = _within(reason, 1, rules.LONGEST_REASON, "reason")
    question.hidden, question.hidden_language, question.hidden_at = part, language, clock.now()
    question.hidden_by_id = actor.person_id
    after = {"hidden": part.value, "reason": question.hidden_reason}
    audit.record(actor, "hide", ENTITY, question.id, {"hidden": before and before.value}, after)
    db.session.flush()
    tell = notices.tell_asker if part is HiddenPart.QUESTION else notices.tell_owner
    tell(question, "opportunity_question_hidden")


def reveal(actor: Actor, question: OpportunityQuestion) -> None:
    """Show again what an institution has hidden; an open question reaches its owner then. Raises Conflict."""
    question = _locked(question)
    if question.hidden is None or not rules.may_hide(actor, question):
        raise Conflict(_("This is not hidden any more."))
    before, question.hidden, question.hidden_at = question.hidden, None, None
    question.hidden_by_id, question.hidden_reason, question.hidden_language = None, "", ""
    audit.record(actor, "reveal", ENTITY, question.id, {"hidden": before.value})
    db.session.flush()
    if question.state is QuestionState.OPEN:
        notices.tell_owner(question, "opportunity_question_asked")


def _require_few(firm_id: int, opportunity_id: int, words: str) -> None:
    """Refuse a question that the firm has asked already, or more than a firm may ask; raises DomainError at `text`."""
    waiting = queries.waiting_about(firm_id, opportunity_id)
    if words in waiting:
        raise DomainError(_("Your firm has asked this already and waits for the answer."), "text")
    if len(waiting) >= rules.MOST_OPEN:
        raise DomainError(
            _(
                "%(n)s questions of your firm about this opportunity wait for an answer. Change or withdraw one of them to ask"
                " something else.",
                n=rules.MOST_OPEN,
            ),
            "text",
        )
    if queries.asked_since(firm_id, clock.now() - rules.ASKED_WITHIN) >= rules.MOST_ASKED:
        raise DomainError(
            _("Your firm has asked %(n)s questions within a day. Ask again tomorrow.", n=rules.MOST_ASKED),
            "text",
        )


def _tell_of_answer(question: OpportunityQuestion, *, first: bool) -> None:
    if question.hidden is not None:
        notices.tell_institution(question, "opportunity_question_rewritten")
        return
    corrected = "opportunity_question_corrected"
    notices.tell_asker(question, "opportunity_question_answered" if first else corrected)
    notices.tell_interested(question, "opportunity_question_shared" if first else corrected)


def _end(actor: Actor | None, question: OpportunityQuestion) -> None:
    question.state = QuestionState.WITHDRAWN
    audit.record(actor, "withdraw", ENTITY, question.id)
    db.session.flush()


def _locked(question: OpportunityQuestion) -> OpportunityQuestion:
    """The question as it is now with its opportunity, which nobody withdraws until this transaction ends."""
    opportunities.locked(question.opportunity_id)
    return queries.locked(question.id)


def _within(text: str, shortest: int, longest: int, field: str) -> str:
    words = text.strip()
    if len(words) < shortest:
        raise DomainError(
            _("Give the reason.") if field == "reason" else _("Write at least %(n)s letters.", n=shortest),
            field,
        )
    if len(words) > longest:
        raise DomainError(_("Write at most %(n)s letters.", n=longest), field)
    return words


def _question(actor: Actor, firm: Firm, text: str) -> str:
    """The words of a question; they name neither the firm that asks nor the person who writes."""
    words = _within(text, rules.SHORTEST_TEXT, rules.LONGEST_TEXT, "text")
    refuse_contacts(words, "text")
    if names_anybody(words, spellings(firm, actor.name)):
        raise DomainError(
            _("Take the names of your firm and of yourself out: the question is shown without them."), "text"
        )
    return words


def _answer(actor: Actor, question: OpportunityQuestion, text: str) -> str:
    """The words of an answer. Whether they name the firm that asked is not looked at: a refusal would tell who it is."""
    words = _within(text, 1, rules.LONGEST_ANSWER, "text")
    _open_nothing(actor, question.opportunity, words, "text")
    about = question.opportunity
    if about.anonymous and names_anybody(question.text, spellings(about.firm)):
        raise DomainError(
            _("The question names your firm, and you publish without your name: decline it instead."), "text"
        )
    return words


def _open_nothing(actor: Actor, opportunity: Opportunity, words: str, field: str) -> None:
    """Refuse words of the owner that hold contacts, or name a firm which wants to stay unnamed or the person who writes."""
    refuse_contacts(words, field)
    if opportunity.anonymous and names_anybody(words, spellings(opportunity.firm, actor.name)):
        raise DomainError(_("Take the name of your firm out: you publish without it."), field)
