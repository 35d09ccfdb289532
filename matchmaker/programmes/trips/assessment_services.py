"""Writes of assessments: two people score an application, each without knowing what the other wrote."""

from collections.abc import Mapping

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.models import SignUp
from matchmaker.programmes.trips import assessment_queries, frame_queries, rules, scoring
from matchmaker.programmes.trips.enums import Criterion
from matchmaker.programmes.trips.models import TripAssessment

ENTITY = "trip_assessment"


def assess(
    actor: Actor,
    sign_up: SignUp,
    points: Mapping[Criterion, int | None],
    reasons: Mapping[Criterion, str],
    *,
    submit: bool,
) -> TripAssessment:
    """Keep the actor's scores as a draft, or send them in; once in they stand.

    The first two who begin are the assessors of an application. The audit trail holds no points before both are in.
    Raises NotAllowed, Conflict, DomainError at `points_<criterion>` or `reason_<criterion>` for what is missing.
    """
    sign_up = programme_queries.locked_sign_up(sign_up.id)
    if not rules.may_assess(actor, sign_up):
        raise NotAllowed(
            _("Applications are assessed by staff of the organiser and the host, never their own firm's.")
        )
    if sign_up.state not in (SignUpState.APPLIED, SignUpState.WAITING):
        raise Conflict(_("This application is decided and not assessed any more."))
    frame = frame_queries.frame(sign_up.programme)
    weights = scoring.weights_of(frame.weights)
    _check(points, reasons, weights, submit)
    kept = assessment_queries.own(actor, sign_up.id) or _begin(actor, sign_up)
    if kept.submitted_at is not None:
        raise Conflict(_("You have sent your scores already; they stand."))
    kept.points = {one.value: points[one] for one in weights if points.get(one) is not None}
    kept.reasons = {one.value: reasons.get(one, "").strip() for one in weights}
    kept.submitted_at = clock.now() if submit else None
    db.session.flush()
    audit.record(actor, "submit" if submit else "draft", ENTITY, kept.id, after={"sign_up": sign_up.id})
    if submit:
        _reveal(sign_up, weights)
    db.session.flush()
    return kept


def _check(
    points: Mapping[Criterion, int | None],
    reasons: Mapping[Criterion, str],
    weights: Mapping[Criterion, int],
    submit: bool,
) -> None:
    for criterion in weights:
        given = points.get(criterion)
        if given is not None and not 0 <= given <= scoring.MOST_POINTS:
            raise DomainError(
                _("Give 0 to %(most)s points.", most=scoring.MOST_POINTS), f"points_{criterion.value}"
            )
        if submit and given is None:
            raise DomainError(_("Give points for this criterion."), f"points_{criterion.value}")
        if submit and not reasons.get(criterion, "").strip():
            raise DomainError(_("Say why."), f"reason_{criterion.value}")


def _begin(actor: Actor, sign_up: SignUp) -> TripAssessment:
    taken = assessment_queries.taken_slots(sign_up.id)
    free = next((slot for slot in range(1, scoring.ASSESSORS + 1) if slot not in taken), None)
    if free is None:
        raise Conflict(_("Two colleagues assess this application already."))
    kept = TripAssessment(sign_up_id=sign_up.id, slot=free, assessor_id=actor.person_id)
    db.session.add(kept)
    return kept


def _reveal(sign_up: SignUp, weights: dict[Criterion, int]) -> None:
    """Once both are in, the trail gets what each gave; before that nobody could read it there."""
    nobody = Actor()
    found = assessment_queries.assessments(nobody, [sign_up.id]).get(sign_up.id, [])
    if len(found) < scoring.ASSESSORS:
        return
    scores = {str(one.assessor_id): float(assessment_queries.score_of(one, weights)) for one in found}
    audit.record(None, "reveal", "sign_up", sign_up.id, after={"scores": scores})
