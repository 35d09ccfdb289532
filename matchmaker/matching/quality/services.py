"""A calibration becomes a draft that a person has to take up."""

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.engines.fit.numbers import flaws
from matchmaker.matching.quality import decisions
from matchmaker.matching.quality.calibration import Calibration, calibrate
from matchmaker.matching.weighing.enums import WeightOrigin
from matchmaker.matching.weighing.models import WeightSet
from matchmaker.matching.weighing.queries import weights_in_use
from matchmaker.matching.weighing.services import keep_draft, simulate


def learn() -> Calibration:
    """What the decisions that may be learned from speak for; ValueError where they are all alike."""
    return calibrate(decisions.to_learn_from(), weights_in_use())


def keep_calibration(found: Calibration, *, actor: Actor | None = None, named_after: str = "") -> WeightSet:
    """The proposal of a calibration as a draft with its evidence, its simulation queued; it changes nothing by itself.

    `named_after` is what the set is called once it is proposed, where it was learned from one event.
    """
    if flaws(found.numbers):
        raise ValueError(f"a calibration has to make a set of points: {flaws(found.numbers)}")
    evidence = {
        "decisions": found.decisions,
        "accepted": found.accepted,
        "lists": found.lists,
        "meetings": found.meetings,
        "few": found.few,
        "learned": [[one.criterion, one.now, one.then, one.least, one.most] for one in found.learned],
    }
    draft = keep_draft(
        found.numbers,
        author_id=actor.person_id if actor else None,
        origin=WeightOrigin.CALIBRATION,
        evidence=evidence,
        named_after=named_after,
    )
    after = {"points": draft.points} | ({"named_after": named_after} if named_after else {})
    audit.record(actor, "calibrate", "weight_set", draft.id, after=after)
    simulate(actor, draft)
    db.session.flush()
    return draft
