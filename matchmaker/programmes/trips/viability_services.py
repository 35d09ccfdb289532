"""Too few firms at the deadline: the flag, the forced decision, and telling everybody who applied the same day."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.institutions.models import InstitutionMember
from matchmaker.notifications.services import notify
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes import services as programme_services
from matchmaker.programmes.enums import ProgrammeState, ProgrammeVerb
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.moves import move_programme
from matchmaker.programmes.trips import merging, rules, viability_queries
from matchmaker.programmes.trips.enums import ViabilityChoice
from matchmaker.programmes.trips.models import ViabilityDecision

TOLD = {
    ViabilityChoice.EXTEND: "trip_extended",
    ViabilityChoice.MERGE: "trip_merged",
    ViabilityChoice.CANCEL: "trip_cancelled",
    ViabilityChoice.GO_AHEAD: "trip_goes_ahead",
}
"""The notice that applicants get."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What staff decide: the new deadline of an extension, the trip that takes the firms over in a merger."""

    choice: ViabilityChoice
    reason: str
    new_deadline: date | None = None
    merge_into_id: int | None = None


def decide(actor: Actor, programme: Programme, choice: Choice) -> ViabilityDecision:
    """Settle a trip that has too few firms; everybody who applied is told in the same transaction.

    Raises NotAllowed, Conflict where nothing has to be decided, DomainError at `reason`, `new_deadline`, `merge_into_id`.
    """
    programme = programme_queries.locked_programme(programme.id)
    if not programme_rules.may_edit(actor, programme):
        raise NotAllowed(_("Only the organiser decides what becomes of a trip."))
    if not viability_queries.must_decide(programme):
        raise Conflict(_("Nothing has to be decided about this trip now."))
    if not choice.reason.strip():
        raise DomainError(_("Give the reason for your decision."), "reason")
    standing = viability_queries.standing(programme)
    decision = ViabilityDecision(
        programme_id=programme.id,
        choice=choice.choice,
        reason=choice.reason.strip(),
        firms=standing.firms,
        minimum=standing.minimum,
        deadline=standing.deadline,
        new_deadline=choice.new_deadline if choice.choice is ViabilityChoice.EXTEND else None,
        merged_into_id=choice.merge_into_id if choice.choice is ViabilityChoice.MERGE else None,
        decided_by_id=actor.person_id,
        decided_at=clock.now(),
    )
    applicants = programme_queries.sign_ups_of(programme.id, tuple(programme_rules.LIVING))
    _carry_out(actor, programme, choice)
    db.session.add(decision)
    db.session.flush()
    after = {"choice": choice.choice.value, "reason": decision.reason, "firms": standing.firms}
    audit.record(actor, "decide_viability", "trip", programme.id, after=after)
    _tell(programme, decision, applicants)
    db.session.flush()
    return decision


def _carry_out(actor: Actor, programme: Programme, choice: Choice) -> None:
    if choice.choice is ViabilityChoice.EXTEND:
        _extend(actor, programme, choice.new_deadline)
    elif choice.choice is ViabilityChoice.CANCEL:
        programme_services.cancel(actor, programme, reason=choice.reason)
    elif choice.choice is ViabilityChoice.MERGE:
        target = next(
            (one for one in viability_queries.merge_targets(programme) if one.id == choice.merge_into_id),
            None,
        )
        if target is None:
            raise DomainError(_("Choose a trip that can take the firms over."), "merge_into_id")
        merging.merge(actor, programme, target)
        programme_services.cancel(actor, programme, reason=choice.reason)


def _extend(actor: Actor, programme: Programme, new_deadline: date | None) -> None:
    if new_deadline is None:
        raise DomainError(_("Enter the new deadline."), "new_deadline")
    if new_deadline <= clock.today(programme.zone):
        raise DomainError(_("The new deadline has to lie in the future."), "new_deadline")
    if new_deadline >= programme.first_day:
        raise DomainError(_("The new deadline has to lie before the trip."), "new_deadline")
    programme.decision_on = new_deadline
    programme.closes_at = datetime.combine(new_deadline, time(23, 59), tzinfo=ZoneInfo(programme.zone))
    if programme.state is ProgrammeState.CLOSED:
        move_programme(actor, programme, ProgrammeVerb.OPEN)
    db.session.flush()


def _tell(programme: Programme, decision: ViabilityDecision, applicants: list[SignUp]) -> None:
    about = decision.merged_into_id or programme.id
    path = f"/programmes/{about}"
    for sign_up in applicants:
        people = {sign_up.person_id, *(one.person_id for one in sign_up.delegates if one.person_id)}
        for person in sorted(people):
            key = f"trip {programme.id} decision {decision.id}"
            notify(
                person,
                TOLD[decision.choice],
                programme.title(sign_up.language),
                path,
                key,
                worded_by=programme.institution_id,
            )


def flag_short() -> int:
    """Tell the organiser's staff of each trip that is short since its deadline; answers how many are."""
    short = viability_queries.short_trips()
    for programme in short:
        key = f"trip {programme.id} short {viability_queries.standing(programme).deadline}"
        path = f"/programmes/{programme.id}/trip/firms"
        for person in _officers(programme):
            notify(person, "trip_short", programme.title("en"), path, key)
    return len(short)


def _officers(programme: Programme) -> list[int]:
    found = select(InstitutionMember.person_id).where(
        InstitutionMember.institution_id == programme.institution_id,
        InstitutionMember.role.in_(rules.OFFICERS),
        InstitutionMember.ended_at.is_(None),
    )
    return sorted(set(db.session.scalars(found)))


def check_viable(programme: Programme) -> None:
    """A trip with too few firms is confirmed only after a decision to go ahead; raises DomainError."""
    standing = viability_queries.standing(programme)
    last = viability_queries.last_choice(programme)
    if standing.missing and last is not ViabilityChoice.GO_AHEAD:
        raise DomainError(
            _(
                "Only %(firms)s of at least %(minimum)s firms are confirmed. Decide first what becomes of the trip.",
                firms=standing.firms,
                minimum=standing.minimum,
            )
        )
