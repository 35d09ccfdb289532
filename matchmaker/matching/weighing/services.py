"""Trying, proposing and answering sets of points; a set is in use from the moment at which the last side agreed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.jobs import JobState, enqueue_once
from matchmaker.engines.fit.numbers import NAMES, flaws
from matchmaker.matching.weighing import queries, rules
from matchmaker.matching.weighing.enums import WeightOrigin, WeightState
from matchmaker.matching.weighing.models import WeightConsent, WeightSet

SIMULATION = "weight-simulation"


def try_out(actor: Actor, numbers: Mapping[str, int]) -> WeightSet:
    """Keep numbers as a draft and queue the simulation of what they would change; raises NotAllowed, DomainError."""
    if not rules.may_try(actor):
        raise NotAllowed(_("You do not have permission for this."))
    if flaws(numbers):
        raise DomainError(_("These numbers do not make a set of points."))
    draft = keep_draft(numbers, author_id=actor.person_id)
    audit.record(actor, "try", "weight_set", draft.id, after={"points": draft.points})
    return simulate(actor, draft)


def keep_draft(
    numbers: Mapping[str, int],
    *,
    author_id: int | None = None,
    origin: WeightOrigin = WeightOrigin.PERSON,
    evidence: dict[str, Any] | None = None,
    named_after: str = "",
) -> WeightSet:
    """Store a draft; the caller has checked the numbers."""
    draft = WeightSet(
        points={name: int(numbers[name]) for name in NAMES},
        author_id=author_id,
        origin=origin,
        evidence=evidence or {},
        named_after=named_after,
        consents=[],
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def simulate(actor: Actor | None, draft: WeightSet) -> WeightSet:
    """Queue the simulation of a draft against the set in use; raises Conflict for anything but a draft."""
    if draft.state is not WeightState.DRAFT:
        raise Conflict(_("Only a draft can be simulated."))
    draft.based_on = queries.in_use().name or ""
    single = f"{SIMULATION} {draft.id} {draft.based_on}"
    draft.job_id = enqueue_once(actor, SIMULATION, single=single, set_id=draft.id).id
    db.session.flush()
    return draft


def propose(actor: Actor, draft: WeightSet, reason: str) -> WeightSet:
    """Propose a draft to the other sides, with the reason that all sides read.

    Raises NotAllowed, DomainError at `reason`, Conflict where the simulation is not finished or was made against another
    set, and where another proposal waits already.
    """
    draft = queries.locked_set(draft.id)
    if not rules.may_propose(actor, draft):
        raise NotAllowed(_("Only coordinators and administrators of an institution can propose points."))
    words = _reason(reason)
    _check_simulated(draft)
    side = _own_side(actor)
    if queries.proposed() is not None:
        raise Conflict(_("Another proposal waits for an answer. Wait until it is decided."))
    name, version = _name(draft), queries.versions() + 1
    with _or_conflict(_("Another proposal waits for an answer. Wait until it is decided.")):
        draft.name, draft.version = name, version
        draft.state, draft.slot, draft.reason = WeightState.PROPOSED, queries.PROPOSED, words
        draft.author_id, draft.country, draft.proposed_at = actor.person_id, side, clock.now()
        draft.consents.append(WeightConsent(country=side, person_id=actor.person_id))
    audit.record(actor, "propose", "weight_set", draft.id, after={"name": draft.name, "reason": words})
    return draft


def confirm(actor: Actor, proposal: WeightSet) -> WeightSet:
    """Agree for one's side; with the last side the set is in use at once and ranks everything from here on.

    Raises NotAllowed for a side that is not asked, Conflict where the set in use has changed since the simulation.
    """
    proposal = queries.locked_set(proposal.id)
    side = rules.answering_side(actor, proposal, queries.waiting_sides(proposal))
    if side is None:
        raise NotAllowed(_("This proposal does not wait for your answer."))
    if proposal.based_on != queries.in_use().name:
        raise Conflict(_("Another set came into use since the simulation. Simulate the points again."))
    with _or_conflict(_("Your side has answered this proposal already.")):
        proposal.consents.append(WeightConsent(country=side, person_id=actor.person_id))
    audit.record(actor, "confirm", "weight_set", proposal.id, after={"country": side})
    if not queries.waiting_sides(proposal):
        _put_in_use(actor, proposal)
    return proposal


def decline(actor: Actor, proposal: WeightSet, reason: str) -> WeightSet:
    """Say no for one's side, with the reason; raises NotAllowed, DomainError at `reason`."""
    proposal = queries.locked_set(proposal.id)
    if rules.answering_side(actor, proposal, queries.waiting_sides(proposal)) is None:
        raise NotAllowed(_("This proposal does not wait for your answer."))
    words = _reason(reason)
    proposal.state, proposal.slot, proposal.answer = WeightState.DECLINED, None, words
    audit.record(actor, "decline", "weight_set", proposal.id, after={"reason": words})
    db.session.flush()
    return proposal


def withdraw(actor: Actor, weight_set: WeightSet) -> WeightSet:
    """Take a draft or an own proposal back; raises NotAllowed."""
    weight_set = queries.locked_set(weight_set.id)
    if not rules.may_withdraw(actor, weight_set):
        raise NotAllowed(_("This set cannot be withdrawn."))
    weight_set.state, weight_set.slot = WeightState.WITHDRAWN, None
    audit.record(actor, "withdraw", "weight_set", weight_set.id)
    db.session.flush()
    return weight_set


def _check_simulated(draft: WeightSet) -> None:
    job = queries.job_of(draft)
    if job is None or job.state is not JobState.DONE:
        raise Conflict(_("Wait until the simulation is finished."))
    if draft.based_on != queries.in_use().name:
        raise Conflict(_("Another set came into use since the simulation. Simulate the points again."))


def _name(draft: WeightSet) -> str:
    taken = queries.names()
    if draft.named_after:
        return rules.free_name(draft.named_after, taken)
    return rules.next_name(clock.today().year, taken)


def _own_side(actor: Actor) -> str:
    """The side for which somebody proposes; there has to be another one that can answer."""
    concerned = queries.concerned()
    own = sorted(rules.deciding_sides(actor) & concerned)
    if not own or len(concerned) < 2:
        raise DomainError(_("No memorandum in force joins your country with another one."))
    return own[0]


def _put_in_use(actor: Actor, proposal: WeightSet) -> None:
    before = db.session.scalar(
        select(WeightSet).where(WeightSet.slot == queries.IN_USE).with_for_update(key_share=True)
    )
    if before is None:
        before = queries.first_set()
        db.session.add(before)
    moment = clock.now()
    before.state, before.slot, before.valid_until = WeightState.REPLACED, None, moment
    # The place is given up before it is taken, whatever order the flush would choose.
    db.session.flush()
    proposal.state, proposal.slot, proposal.valid_from = WeightState.IN_USE, queries.IN_USE, moment
    audit.record(
        actor, "put_in_use", "weight_set", proposal.id, {"name": before.name}, {"name": proposal.name}
    )
    db.session.flush()


@contextmanager
def _or_conflict(message: str) -> Iterator[None]:
    """What is changed inside is flushed; where somebody else was faster, the database says so."""
    try:
        with db.session.begin_nested():
            yield
            db.session.flush()
    except IntegrityError as error:
        raise Conflict(message) from error


def _reason(reason: str) -> str:
    words = reason.strip()
    if len(words) < rules.SHORTEST_REASON:
        raise DomainError(
            _("Write at least %(n)s letters: why the points should change.", n=rules.SHORTEST_REASON),
            "reason",
        )
    if len(words) > rules.LONGEST_REASON:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_REASON), "reason")
    return words
