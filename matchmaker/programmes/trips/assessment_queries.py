"""Reads of assessments. Nobody reads another's before both are in: the condition is part of every statement here."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.applicants import facts
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.offers import pool_of
from matchmaker.programmes.screening import on_hold
from matchmaker.programmes.trips import frame_queries, scoring
from matchmaker.programmes.trips.enums import Criterion, DelegateRelation
from matchmaker.programmes.trips.models import TripApplication, TripAssessment, TripRelation
from matchmaker.programmes.trips.scoring import Candidate, Ranked

CONCERNED = frozenset(SignUpState) - {SignUpState.DRAFT, SignUpState.WITHDRAWN, SignUpState.CANCELLED}
"""The sign-ups whose scores are shown."""
TO_DECIDE = (SignUpState.APPLIED, SignUpState.WAITING)


def visible(actor: Actor) -> ColumnElement[bool]:
    """One's own assessment, and those of applications where both are in."""
    both_in = (
        select(TripAssessment.sign_up_id)
        .where(TripAssessment.submitted_at.is_not(None))
        .group_by(TripAssessment.sign_up_id)
        .having(func.count() >= scoring.ASSESSORS)
    )
    return or_(TripAssessment.assessor_id == actor.person_id, TripAssessment.sign_up_id.in_(both_in))


def assessments(actor: Actor, sign_up_ids: Sequence[int]) -> dict[int, list[TripAssessment]]:
    """What the actor may read of the assessments of some applications, by application, in order of their slots."""
    found = db.session.scalars(
        select(TripAssessment)
        .where(TripAssessment.sign_up_id.in_(sign_up_ids), visible(actor))
        .options(selectinload(TripAssessment.assessor))
        .order_by(TripAssessment.sign_up_id, TripAssessment.slot)
    )
    by_sign_up: dict[int, list[TripAssessment]] = defaultdict(list)
    for one in found:
        by_sign_up[one.sign_up_id].append(one)
    return by_sign_up


def submitted(sign_up_ids: Sequence[int]) -> dict[int, int]:
    """How many assessments are in for each application; that much anybody of the offices may know."""
    rows = db.session.execute(
        select(TripAssessment.sign_up_id, func.count())
        .where(TripAssessment.sign_up_id.in_(sign_up_ids), TripAssessment.submitted_at.is_not(None))
        .group_by(TripAssessment.sign_up_id)
    )
    return {int(number): int(count) for number, count in rows}


def taken_slots(sign_up_id: int) -> dict[int, int]:
    """Who holds which slot of an application: slot to person."""
    rows = db.session.execute(
        select(TripAssessment.slot, TripAssessment.assessor_id).where(TripAssessment.sign_up_id == sign_up_id)
    )
    return {int(slot): int(person) for slot, person in rows}


def own(actor: Actor, sign_up_id: int) -> TripAssessment | None:
    """The actor's own assessment of an application."""
    return db.session.scalar(
        select(TripAssessment).where(
            TripAssessment.sign_up_id == sign_up_id, TripAssessment.assessor_id == actor.person_id
        )
    )


def any_submitted(programme_id: int) -> bool:
    """Whether some assessment of a trip is in, so that its weights stand."""
    found = (
        select(TripAssessment.id)
        .join(SignUp, SignUp.id == TripAssessment.sign_up_id)
        .where(SignUp.programme_id == programme_id, TripAssessment.submitted_at.is_not(None))
        .limit(1)
    )
    return db.session.scalar(found) is not None


def applications(programme_id: int) -> dict[int, TripApplication]:
    """The applications of a trip by sign-up."""
    found = db.session.scalars(
        select(TripApplication)
        .join(SignUp, SignUp.id == TripApplication.sign_up_id)
        .where(SignUp.programme_id == programme_id)
    )
    return {one.sign_up_id: one for one in found}


def application(sign_up_id: int) -> TripApplication | None:
    """The application behind a sign-up."""
    return db.session.scalar(select(TripApplication).where(TripApplication.sign_up_id == sign_up_id))


@dataclass(frozen=True, slots=True)
class Scored:
    """One application as the ranking shows it to one reader; ranked is set once both assessments are in."""

    sign_up: SignUp
    own_submitted: bool
    count: int
    scores: tuple[Fraction, ...]
    ranked: Ranked | None
    free_slot: bool
    on_hold: bool

    @property
    def far_apart(self) -> bool:
        """Whether the two assessors differ much."""
        return scoring.far_apart(self.scores)


def scored(actor: Actor, programme: Programme) -> list[Scored]:
    """The applications of a trip: ranked ones first, then those that wait for scores, by arrival."""
    weights = scoring.weights_of(frame_queries.frame(programme).weights)
    sign_ups = programme_queries.sign_ups_of(programme.id, tuple(CONCERNED))
    numbers, held = [one.id for one in sign_ups], on_hold(actor, programme, sign_ups)
    seen, counts = assessments(actor, numbers), submitted(numbers)
    scores = {
        number: tuple(score_of(one, weights) for one in mine if one.submitted_at is not None)
        for number, mine in seen.items()
    }
    candidates = [
        Candidate(one.id, total, one.people, facts(one), one.arrival or 0, one.id in held)
        for one in sign_ups
        if one.state in TO_DECIDE and (total := scoring.combined(scores.get(one.id, ()))) is not None
    ]
    ranked = {one.number: one for one in scoring.ranking(candidates, pool_of(programme))}
    found = [
        Scored(
            sign_up=one,
            own_submitted=any(
                item.assessor_id == actor.person_id and item.submitted_at for item in seen.get(one.id, ())
            ),
            count=counts.get(one.id, 0),
            scores=scores.get(one.id, ()),
            ranked=ranked.get(one.id),
            free_slot=counts.get(one.id, 0) < scoring.ASSESSORS,
            on_hold=one.id in held,
        )
        for one in sign_ups
    ]
    last = len(found) + 1
    return sorted(found, key=lambda one: (one.ranked.place if one.ranked else last, one.sign_up.arrival or 0))


def score_of(assessment: TripAssessment, weights: dict[Criterion, int]) -> Fraction:
    """The weighted score of a submitted assessment."""
    points = {criterion: int(assessment.points.get(criterion.value, 0)) for criterion in weights}
    return scoring.weighted(points, weights)


def is_assessed(sign_up_id: int) -> bool:
    """Whether some assessment of an application is in."""
    return bool(submitted([sign_up_id]))


def relation_of(delegate_id: int) -> TripRelation | None:
    """What a delegate is to the firm, where that was said."""
    return db.session.scalar(select(TripRelation).where(TripRelation.delegate_id == delegate_id))


def relations(delegate_ids: Sequence[int]) -> dict[int, DelegateRelation]:
    """What delegates are to their firms."""
    rows = db.session.execute(
        select(TripRelation.delegate_id, TripRelation.relation).where(
            TripRelation.delegate_id.in_(delegate_ids)
        )
    )
    return {int(number): relation for number, relation in rows}
