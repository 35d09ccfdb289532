"""The one place where an opportunity changes its state: table, history, audit."""

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.opportunities import rules
from matchmaker.opportunities.enums import OpportunityState, OpportunityVerb, Part
from matchmaker.opportunities.models import Opportunity, OpportunityEvent


def parts_of(actor: Actor | None, opportunity: Opportunity) -> frozenset[Part]:
    """In which parts somebody acts; without an actor the system does."""
    if actor is None:
        return frozenset({Part.SYSTEM})
    found = set()
    if rules.edits_for(actor, opportunity.firm_id):
        found.add(Part.FIRM)
    if rules.may_review(actor, opportunity):
        found.add(Part.STAFF)
    if rules.may_answer(actor, opportunity):
        found.add(Part.COUNTERPART)
    return frozenset(found)


def check(actor: Actor | None, opportunity: Opportunity, verb: OpportunityVerb) -> None:
    """Refuse and log a step that the table does not have now; raises Conflict, or NotAllowed where it is not the actor's."""
    step = rules.STEPS[verb]
    if opportunity.state not in step.before:
        audit.record_refusal(
            actor, verb.value, "opportunity", opportunity.id, f"state is {opportunity.state.value}"
        )
        raise Conflict(_("This is no longer possible: somebody has moved the opportunity on meanwhile."))
    if not step.part & parts_of(actor, opportunity):
        audit.record_refusal(actor, verb.value, "opportunity", opportunity.id, "not permitted")
        raise NotAllowed(_("You do not have permission for this."))


def move(
    actor: Actor | None,
    opportunity: Opportunity,
    verb: OpportunityVerb,
    *,
    note: str = "",
    after: OpportunityState | None = None,
    country: str | None = None,
) -> None:
    """Take one step; `after` overrules the table where the step has led back. Raises as `check` does, DomainError for a missing reason."""
    check(actor, opportunity, verb)
    words = reason(note, needed=rules.STEPS[verb].reason)
    before = opportunity.state
    opportunity.state = after or rules.STEPS[verb].after
    opportunity.updated_at = clock.now()
    opportunity.events.append(
        OpportunityEvent(
            at=clock.now(),
            verb=verb,
            before=before,
            after=opportunity.state,
            person_id=actor.person_id if actor else None,
            country=country or (actor.country if actor else None),
            note=words,
        )
    )
    found = {"state": opportunity.state.value} | ({"note": words} if words else {})
    audit.record(actor, verb.value, "opportunity", opportunity.id, {"state": before.value}, found)
    db.session.flush()


def reason(note: str, *, needed: bool) -> str:
    """The sentence of somebody who decides; raises DomainError where it is needed and missing, or too long."""
    words = note.strip()
    if needed and not words:
        raise DomainError(_("Give the reason. The firm reads it."), "note")
    if len(words) > rules.LONGEST_NOTE:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_NOTE), "note")
    return words
