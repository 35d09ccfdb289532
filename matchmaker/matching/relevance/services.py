"""Saying that a suggestion is not relevant, and taking it back."""

from flask_babel import gettext as _
from sqlalchemy import delete

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db, upsert
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.firms.models import Firm
from matchmaker.matching import rules
from matchmaker.matching.lists import scores
from matchmaker.matching.relevance import queries
from matchmaker.matching.relevance.enums import Irrelevance
from matchmaker.matching.relevance.models import NotRelevant
from matchmaker.matching.relevance.rules import LONGEST_NOTE
from matchmaker.matching.weighing.queries import weights_in_use


def call_not_relevant(actor: Actor, own_id: int, other: Firm, reason: Irrelevance, *, note: str = "") -> None:
    """Take a firm out of the own firm's suggestions and lower similar ones; a later reason replaces an earlier one.

    The other firm never learns of it and may still ask. Raises NotAllowed for somebody who does not speak for the firm,
    DomainError for a firm of the same country and at `note`.
    """
    _may(actor, own_id)
    own = db.session.get_one(Firm, own_id)
    if own.country == other.country:
        raise DomainError(_("Introductions are between firms of two countries."))
    words = note.strip()
    if len(words) > LONGEST_NOTE:
        raise DomainError(_("Write at most %(n)s letters.", n=LONGEST_NOTE), "note")
    row = {
        "firm_id": own_id,
        "other_id": other.id,
        "reason": reason,
        "note": words,
        "person_id": actor.person_id,
        "weights": weights_in_use().name,
        "score": scores(own_id, [other.id]).get(other.id, 0),
    }
    upsert(NotRelevant, [row], key=("firm_id", "other_id"))
    audit.record(actor, "not_relevant", "firm", own_id, after={"firm": other.id, "reason": reason.value})
    db.session.flush()


def take_back(actor: Actor, own_id: int, other: Firm) -> None:
    """Let a firm be suggested again, and what resembles it stand where its points put it; raises NotAllowed."""
    _may(actor, own_id)
    before = queries.mark_of(own_id, other.id)
    if before is None:
        return
    audit.record(actor, "relevant", "firm", own_id, {"firm": other.id, "reason": before.reason.value})
    db.session.execute(
        delete(NotRelevant).where(NotRelevant.firm_id == own_id, NotRelevant.other_id == other.id)
    )
    db.session.flush()


def _may(actor: Actor, own_id: int) -> None:
    if not rules.acts_for(actor, own_id):
        raise NotAllowed(_("Only administrators and editors of a firm can say which suggestions fit."))
