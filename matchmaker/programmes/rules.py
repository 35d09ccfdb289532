"""How programmes and sign-ups move, who may move them, and who may see what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor, FirmRole, InstitutionRole
from matchmaker.mous.enums import ScopeArea
from matchmaker.programmes.enums import (
    ProgrammeKind,
    ProgrammePart,
    ProgrammeState,
    ProgrammeVerb,
    SignUpPart,
    SignUpState,
    SignUpVerb,
)

if TYPE_CHECKING:
    from matchmaker.mous.models import Mou
    from matchmaker.programmes.models import Delegate, Programme, SignUp

AREAS = {
    ProgrammeKind.TRAINING: ScopeArea.TRAININGS,
    ProgrammeKind.EXCHANGE: ScopeArea.EXPERT_EXCHANGES,
    ProgrammeKind.TRIP: ScopeArea.BUSINESS_TRIPS,
}
"""The area of the memorandum that covers each kind."""
USUAL_MINIMUM = {ProgrammeKind.TRIP: 10}
"""The least number of firms that a new plan begins with: for trips the rule of the support of KOSGEB, else none."""
PLANNING_ROLES = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR)
SEEING_ROLES = (*PLANNING_ROLES, InstitutionRole.COMPLIANCE, InstitutionRole.ADMINISTRATOR)
LONGEST_NOTE = 1000


# ---------------------------------------------------------------- the life of a programme


@dataclass(frozen=True, slots=True)
class ProgrammeStep:
    """One permitted step of a programme; `before` is None where it begins."""

    before: ProgrammeState | None
    verb: ProgrammeVerb
    after: ProgrammeState
    who: frozenset[ProgrammePart]


def _steps() -> tuple[ProgrammeStep, ...]:
    s, v = ProgrammeState, ProgrammeVerb
    staff = frozenset({ProgrammePart.ORGANISER})
    both = staff | {ProgrammePart.SYSTEM}
    living = (s.DRAFT, s.PUBLISHED, s.OPEN, s.CLOSED, s.CONFIRMED, s.RUNNING)
    return (
        ProgrammeStep(None, v.CREATE, s.DRAFT, staff),
        ProgrammeStep(s.DRAFT, v.PUBLISH, s.PUBLISHED, staff),
        ProgrammeStep(s.PUBLISHED, v.OPEN, s.OPEN, both),
        ProgrammeStep(s.OPEN, v.CLOSE, s.CLOSED, both),
        ProgrammeStep(s.CLOSED, v.OPEN, s.OPEN, staff),
        ProgrammeStep(s.OPEN, v.CONFIRM, s.CONFIRMED, staff),
        ProgrammeStep(s.CLOSED, v.CONFIRM, s.CONFIRMED, both),
        ProgrammeStep(s.CONFIRMED, v.START, s.RUNNING, both),
        ProgrammeStep(s.RUNNING, v.FINISH, s.DONE, both),
        *(ProgrammeStep(state, v.CANCEL, s.CANCELLED, staff) for state in living),
    )


PROGRAMME_STEPS = _steps()
ENDED_PROGRAMMES = frozenset({ProgrammeState.DONE, ProgrammeState.CANCELLED})


def programme_step(
    before: ProgrammeState | None, verb: ProgrammeVerb, parts: Iterable[ProgrammePart]
) -> ProgrammeStep | None:
    """The step of a verb for somebody who acts in one of the parts, if the table has it."""
    acting = frozenset(parts)
    return next(
        (
            step
            for step in PROGRAMME_STEPS
            if step.before == before and step.verb is verb and step.who & acting
        ),
        None,
    )


def programme_verbs(
    before: ProgrammeState | None, parts: Iterable[ProgrammePart]
) -> tuple[ProgrammeVerb, ...]:
    """What may be done next by somebody who acts in these parts, in the order of the table."""
    acting = frozenset(parts)
    return tuple(step.verb for step in PROGRAMME_STEPS if step.before == before and step.who & acting)


# ---------------------------------------------------------------- the life of a sign-up


@dataclass(frozen=True, slots=True)
class SignUpStep:
    """One permitted step of a sign-up; `before` is None where it begins."""

    before: SignUpState | None
    verb: SignUpVerb
    after: SignUpState
    who: frozenset[SignUpPart]


HOLDING = frozenset(
    {
        SignUpState.OFFERED,
        SignUpState.ACCEPTED,
        SignUpState.CONFIRMED,
        SignUpState.ATTENDED,
        SignUpState.COMPLETED,
        SignUpState.NO_SHOW,
    }
)
"""In these states every person of the sign-up takes a place."""
SETTLED = frozenset({SignUpState.CONFIRMED, SignUpState.ATTENDED, SignUpState.COMPLETED})
"""In these states the place is the participant's own."""
UNDECIDED = frozenset({SignUpState.DRAFT, SignUpState.APPLIED, SignUpState.WAITING})
TO_BE_DECIDED = (SignUpState.APPLIED, SignUpState.WAITING)
"""On these staff decide."""
LIVING = HOLDING | UNDECIDED
ENDED = frozenset(SignUpState) - LIVING
BEFORE_EVENT = (
    SignUpState.DRAFT,
    SignUpState.APPLIED,
    SignUpState.WAITING,
    SignUpState.OFFERED,
    SignUpState.ACCEPTED,
    SignUpState.CONFIRMED,
)


def _sign_up_steps() -> tuple[SignUpStep, ...]:
    s, v = SignUpState, SignUpVerb
    applicant, staff, system = (frozenset({part}) for part in SignUpPart)
    entered = (s.APPLIED, s.WAITING, s.ACCEPTED, s.CONFIRMED)
    return (
        SignUpStep(None, v.BEGIN, s.DRAFT, applicant),
        *(SignUpStep(None, v.APPLY, after, applicant | staff) for after in entered),
        *(SignUpStep(s.DRAFT, v.APPLY, after, applicant) for after in entered),
        *(
            SignUpStep(before, v.ACCEPT, after, staff)
            for before in (s.APPLIED, s.WAITING)
            for after in (s.ACCEPTED, s.CONFIRMED)
        ),
        SignUpStep(s.APPLIED, v.LIST, s.WAITING, staff),
        *(SignUpStep(before, v.LIST, s.WAITING, system) for before in (s.OFFERED, s.ACCEPTED)),
        SignUpStep(s.WAITING, v.OFFER, s.OFFERED, staff | system),
        *(SignUpStep(s.OFFERED, v.TAKE, after, applicant) for after in (s.ACCEPTED, s.CONFIRMED)),
        SignUpStep(s.ACCEPTED, v.CONFIRM, s.CONFIRMED, applicant | staff),
        *(SignUpStep(before, v.LAPSE, s.EXPIRED, system) for before in (s.OFFERED, s.ACCEPTED)),
        *(
            SignUpStep(before, v.REFUSE, s.REFUSED, staff)
            for before in (s.APPLIED, s.WAITING, s.OFFERED, s.ACCEPTED, s.CONFIRMED)
        ),
        *(SignUpStep(before, v.WITHDRAW, s.WITHDRAWN, applicant) for before in BEFORE_EVENT),
        *(
            SignUpStep(before, v.ATTEND, s.ATTENDED, staff | system)
            for before in (s.CONFIRMED, s.NO_SHOW, s.COMPLETED)
        ),
        SignUpStep(s.ATTENDED, v.COMPLETE, s.COMPLETED, staff | system),
        *(SignUpStep(before, v.MISS, s.NO_SHOW, staff | system) for before in (s.CONFIRMED, s.ATTENDED)),
        *(SignUpStep(before, v.CANCEL, s.CANCELLED, system) for before in BEFORE_EVENT),
    )


SIGN_UP_STEPS = _sign_up_steps()


def sign_up_allowed(
    before: SignUpState | None, verb: SignUpVerb, after: SignUpState, parts: Iterable[SignUpPart]
) -> bool:
    """Whether the table has this step for somebody who acts in one of the parts."""
    acting = frozenset(parts)
    return any(
        step.before == before and step.verb is verb and step.after is after and step.who & acting
        for step in SIGN_UP_STEPS
    )


def sign_up_verbs(before: SignUpState | None, parts: Iterable[SignUpPart]) -> frozenset[SignUpVerb]:
    """What may be done next by somebody who acts in these parts."""
    acting = frozenset(parts)
    return frozenset(step.verb for step in SIGN_UP_STEPS if step.before == before and step.who & acting)


# ---------------------------------------------------------------- who may do what


def may_plan_any(actor: Actor) -> bool:
    """Staff and coordinators plan programmes of their institution."""
    return actor.has(*PLANNING_ROLES)


@dataclass(frozen=True, slots=True)
class Planned:
    """A programme that is not there yet: its kind and the memorandum it is planned under."""

    mou: Mou
    kind: ProgrammeKind


def may_plan(actor: Actor, planned: Planned) -> bool:
    """Staff and coordinators of a party plan under its memorandum."""
    return bool(planning_institutions(actor, planned.mou))


def planning_institutions(actor: Actor, mou: Mou) -> tuple[int, ...]:
    """The parties for which the actor may plan under a memorandum, in order of the parties."""
    return tuple(
        party.institution_id
        for party in mou.parties
        if actor.has(*PLANNING_ROLES, institution_id=party.institution_id)
    )


@dataclass(frozen=True, slots=True)
class ProgrammeToMove:
    """A programme and the step that a button asks for."""

    programme: Programme
    verb: ProgrammeVerb


BUTTONS = (
    ProgrammeVerb.OPEN,
    ProgrammeVerb.CLOSE,
    ProgrammeVerb.CONFIRM,
    ProgrammeVerb.START,
    ProgrammeVerb.FINISH,
)
"""The steps that need nothing but a press; publishing and cancelling have forms of their own."""


def may_press(actor: Actor, asked: ProgrammeToMove) -> bool:
    """The organiser moves a programme on; the table decides about the step itself."""
    return may_edit(actor, asked.programme)


def is_of_parties(actor: Actor, programme: Programme) -> bool:
    """Whether the actor works for a party of the memorandum, or runs the installation."""
    parties = {party.institution_id for party in programme.mou.parties}
    own = {grant.institution_id for grant in actor.grants if grant.role in SEEING_ROLES}
    return actor.is_operator or bool(parties & own)


def may_see(actor: Actor, programme: Programme) -> bool:
    """Anybody sees what was published; a draft only the institutions of the memorandum."""
    return programme.published_at is not None or is_of_parties(actor, programme)


def may_edit(actor: Actor, programme: Programme) -> bool:
    """The organiser's staff and coordinators change a programme."""
    return actor.has(*PLANNING_ROLES, institution_id=programme.institution_id)


def may_see_people(actor: Actor, programme: Programme) -> bool:
    """Who takes part is known to the organiser and, where that is another, to the host."""
    offices = {programme.institution_id, programme.host_institution_id}
    return any(grant.institution_id in offices and grant.role in SEEING_ROLES for grant in actor.grants)


def programme_parts(actor: Actor, programme: Programme) -> frozenset[ProgrammePart]:
    """In which parts the actor may move a programme."""
    return frozenset({ProgrammePart.ORGANISER}) if may_edit(actor, programme) else frozenset()


def acts_for(actor: Actor, firm_id: int) -> bool:
    """A firm is spoken for by its administrators and editors; other members read."""
    membership = actor.membership(firm_id)
    return membership is not None and membership.role in (FirmRole.ADMINISTRATOR, FirmRole.EDITOR)


def is_own(actor: Actor, sign_up: SignUp) -> bool:
    """Whether a sign-up is the actor's own or that of a firm the actor speaks for."""
    if sign_up.firm_id is not None:
        return acts_for(actor, sign_up.firm_id)
    return actor.is_authenticated and sign_up.person_id == actor.person_id


def may_see_sign_up(actor: Actor, sign_up: SignUp) -> bool:
    """The people of the firm or the person themselves, and who may see the people of the programme."""
    member = sign_up.firm_id is not None and actor.membership(sign_up.firm_id) is not None
    return is_own(actor, sign_up) or member or may_see_people(actor, sign_up.programme)


def sign_up_parts(actor: Actor, sign_up: SignUp) -> frozenset[SignUpPart]:
    """In which parts the actor may move a sign-up; nobody decides on a sign-up of their own."""
    if is_own(actor, sign_up):
        return frozenset({SignUpPart.APPLICANT})
    if may_edit(actor, sign_up.programme):
        return frozenset({SignUpPart.STAFF})
    return frozenset()


def may_move_sign_up(actor: Actor, sign_up: SignUp) -> bool:
    """The applicant or the organiser; the table decides about the step itself."""
    return bool(sign_up_parts(actor, sign_up))


def living_key(programme_id: int, person_id: int, firm_id: int | None) -> str:
    """What keeps a second living sign-up of the same firm, or of the same person without one, out."""
    return f"{programme_id}:f{firm_id}" if firm_id is not None else f"{programme_id}:p{person_id}"


def may_sign_up(actor: Actor, programme: Programme) -> bool:
    """Who speaks for a firm signs it up, who belongs to none signs up alone; experts are sent by their institution."""
    if programme.published_at is None or programme.kind is ProgrammeKind.EXCHANGE or actor.grants:
        return False
    speaks = any(acts_for(actor, item.firm_id) for item in actor.memberships)
    return actor.is_authenticated and (speaks or not actor.memberships)


def may_see_answer(actor: Actor, answer: AnswerFile) -> bool:
    """A file of an answer is for those who may see the sign-up."""
    return may_see_sign_up(actor, answer.sign_up)


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A file that answers a question of a sign-up."""

    sign_up: SignUp
    file_id: int


def may_swap(actor: Actor, delegate: Delegate) -> bool:
    """The applicant, or the organiser on their behalf, sends somebody else."""
    return may_move_sign_up(actor, delegate.sign_up)


@dataclass(frozen=True, slots=True)
class QuestionOf:
    """A question of a programme."""

    programme: Programme
    question_id: int


def may_edit_question(actor: Actor, asked: QuestionOf) -> bool:
    """Who changes a programme changes its questions."""
    return may_edit(actor, asked.programme)


@dataclass(frozen=True, slots=True)
class ListOf:
    """The list of the participants of a programme as a file of some kind."""

    programme: Programme
    kind: str


def may_see_list(actor: Actor, asked: ListOf) -> bool:
    """Who sees the table may take it away."""
    return may_see_people(actor, asked.programme)
