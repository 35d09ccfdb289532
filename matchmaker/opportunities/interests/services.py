"""Writes of interests: a firm is interested, the owner answers once, the clock reminds."""

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.before_introduction import refuse_contacts, request_words
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.firms import queries as firms
from matchmaker.mous import queries as mous
from matchmaker.opportunities import queries as opportunities
from matchmaker.opportunities.interests import notices, queries, rules
from matchmaker.opportunities.interests.enums import Answer
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.rules import AREA
from matchmaker.opportunities.signals import interest_accepted


def express(actor: Actor, opportunity: Opportunity, text: str) -> Interest:
    """Say for one's own firm that it wants to talk about an opportunity; its owner is told.

    Raises NotAllowed, Conflict where the firm has written already and was not asked for more, DomainError at the field.
    """
    opportunity = opportunities.locked(opportunity.id)
    firm_id = rules.interested_firm_id(actor, opportunity)
    if firm_id is None or not rules.may_express(actor, opportunity):
        raise NotAllowed(_("This opportunity is not open to your firm any more."))
    firm = firms.firm(firm_id)
    if mous.covering(firm.country, opportunity.firm.country, AREA, clock.today()) is None:
        raise DomainError(
            _("No memorandum in force covers commercial cooperation between these two countries.")
        )
    last = queries.last_of(opportunity.id, firm_id)
    if not rules.may_write_again(last):
        raise Conflict(_("Your firm has written about this opportunity already."))
    interest = Interest(
        opportunity_id=opportunity.id,
        firm_id=firm_id,
        turn=last.turn + 1 if last else 1,
        person_id=actor.person_id,
        language=actor.language,
        text=request_words(text, rules.SHORTEST_TEXT, rules.LONGEST_TEXT),
    )
    try:
        with db.session.begin_nested():
            db.session.add(interest)
    except IntegrityError as error:
        raise Conflict(_("Your firm has written about this opportunity already.")) from error
    after = {"opportunity": opportunity.id, "firm": firm_id, "turn": interest.turn}
    audit.record(actor, "express", "opportunity_interest", interest.id, after=after)
    interest = queries.interest(interest.id)
    notices.tell_owner(interest, "interest_expressed")
    db.session.flush()
    return interest


def answer(actor: Actor, interest: Interest, given: Answer, note: str = "") -> int | None:
    """Answer for the owner, exactly once; “suitable” makes a match of the two firms and answers its number.

    Raises Conflict where somebody has answered, NotAllowed, DomainError at the field or where the two may not be introduced.
    """
    interest = queries.locked(interest.id)
    if interest.answer is not None:
        audit.record_refusal(actor, "answer", "opportunity_interest", interest.id, "answered already")
        raise Conflict(_("This interest is answered already."))
    if not rules.may_answer(actor, interest):
        raise NotAllowed(_("You do not have permission for this."))
    words, match_id = _note(note, given), None
    if given is Answer.SUITABLE:
        sent = interest_accepted.send(None, interest=interest, actor=actor)
        match_id = next((number for _receiver, number in sent), None)
    interest.note, interest.answer, interest.note_language = words, given, actor.language
    interest.answered_at, interest.answered_by_id = clock.now(), actor.person_id
    audit.record(actor, "answer", "opportunity_interest", interest.id, after={"answer": given.value})
    notices.tell_asker(interest, "interest_answered")
    db.session.flush()
    return match_id


def remind_due() -> int:
    """Remind owners on day 5 and day 10, then tell their institution; returns how many were told anything."""
    now, told = clock.now(), 0
    for found in queries.waiting(now):
        interest = queries.locked(found.id)
        if interest.answer is not None:
            continue
        if rules.is_escalated(interest.created_at, now):
            told += _escalate(interest)
        else:
            days = rules.reminder_due(interest.created_at, now)
            told += notices.tell_owner(interest, "interest_reminder", days=days)
    return told


def _escalate(interest: Interest) -> int:
    if interest.escalated_at is not None:
        return 0
    interest.escalated_at = clock.now()
    audit.record(None, "escalate", "opportunity_interest", interest.id)
    notices.tell_institution(interest, "interest_escalated")
    db.session.flush()
    return 1


def _note(note: str, given: Answer) -> str:
    words = note.strip()
    if given in rules.NEEDS_NOTE and not words:
        raise DomainError(_("Say what you want to know."), "note")
    if len(words) > rules.LONGEST_NOTE:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_NOTE), "note")
    refuse_contacts(words, "note")
    return words
