"""How an exchange goes forward, who decides what, and when its papers are due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState, SignUpState
from matchmaker.programmes.exchanges.enums import (
    AgreementParty,
    ExchangeStage,
    PaperKind,
    SendingDecision,
)

if TYPE_CHECKING:
    from matchmaker.programmes.exchanges.models import ExchangeAgreement, ExchangeApplication, Expert
    from matchmaker.programmes.models import Programme

PAPER_DAYS = 30
"""Report and evaluations are due so many days after the last day (as in the Exchange of Experts programme)."""
REMIND_ON = (-14, -3, 1, 8)
"""Days before (negative) and after the due day on which those who owe a paper are reminded."""
FEWEST_WINDOWS = 2
LONGEST_TEXT = 4000
SEEING = programme_rules.PLANNING_ROLES


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Days in a row, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def meets(self, other: Window) -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def stored(self) -> list[str]:
        """The window as a column of JSON keeps it."""
        return [self.first.isoformat(), self.last.isoformat()]


def windows(stored: Iterable[Any]) -> list[Window]:
    """The windows that a column of JSON keeps, in order of time."""
    return sorted(Window(date.fromisoformat(first), date.fromisoformat(last)) for first, last in stored)


def is_free(stored: Iterable[Any], day: date) -> bool:
    """Whether a day lies in one of the windows that a column of JSON keeps."""
    return any(window.first <= day <= window.last for window in windows(stored))


def common_days(one: Window, other: Window) -> int:
    """How many days two windows share."""
    return max((min(one.last, other.last) - max(one.first, other.first)).days + 1, 0)


def fits(window: Window, frames: Sequence[Window], days: int) -> bool:
    """Whether an exchange of so many days fits into the window and into one of the frames at once."""
    return any(common_days(window, frame) >= days for frame in frames)


# ---------------------------------------------------------------- where an application stands


def stage(application: ExchangeApplication) -> ExchangeStage:
    """The stage that follows from the records."""
    state = application.sign_up.state
    if state in programme_rules.ENDED:
        return ExchangeStage.ENDED
    if state is SignUpState.COMPLETED:
        return ExchangeStage.CLOSED
    if application.finished_at is not None:
        return ExchangeStage.PAPERS
    if application.started_at is not None:
        return ExchangeStage.RUNNING
    if state in (SignUpState.ACCEPTED, SignUpState.CONFIRMED):
        return ExchangeStage.READY if is_agreed(application.agreement) else ExchangeStage.AGREEMENT
    endorsed = application.sending is SendingDecision.ENDORSED
    return ExchangeStage.WITH_HOST if endorsed else ExchangeStage.WITH_SENDER


def is_agreed(agreement: ExchangeAgreement | None) -> bool:
    """Whether all four confirmed the present version."""
    return agreement is not None and not missing_confirmations(agreement)


def missing_confirmations(agreement: ExchangeAgreement) -> list[AgreementParty]:
    """Who has not confirmed the present version, in the order of the page."""
    given = {item.party for item in agreement.confirmations if item.agreement_version == agreement.version}
    return [party for party in AgreementParty if party not in given]


def due_on(application: ExchangeApplication) -> date | None:
    """The day by which the papers are due; None before the days are agreed."""
    last = application.agreed_to
    return None if last is None else last + timedelta(days=PAPER_DAYS)


def missing_papers(application: ExchangeApplication) -> list[PaperKind]:
    """What has not arrived yet, in the order of the page."""
    arrived = {paper.kind for paper in application.papers}
    return [kind for kind in PaperKind if kind not in arrived]


def reminder(due: date, today: date) -> int | None:
    """Which reminder is to be sent today: the latest that has come; None before the first."""
    passed = [offset for offset in REMIND_ON if due + timedelta(days=offset) <= today]
    return passed[-1] if passed else None


# ---------------------------------------------------------------- who may do what


@dataclass(frozen=True, slots=True)
class ShownExpert:
    """An expert's record and the institutions that share a memorandum with the expert's own."""

    expert: Expert
    partners: frozenset[int]


def is_expert(actor: Actor) -> bool:
    """People of an institution in the part of an expert keep a record."""
    return actor.has(InstitutionRole.EXPERT)


def expert_institution(actor: Actor) -> int | None:
    """The institution for which the actor is an expert."""
    own = (grant.institution_id for grant in actor.grants if grant.role is InstitutionRole.EXPERT)
    return next(own, None)


def may_see_experts(actor: Actor) -> bool:
    """Staff and coordinators look for experts."""
    return actor.has(*SEEING)


def may_see_expert(actor: Actor, shown: ShownExpert) -> bool:
    """The expert, the own institution, and with its consent the partners."""
    expert = shown.expert
    if expert.person_id == actor.person_id and is_expert(actor):
        return True
    offices = {grant.institution_id for grant in actor.grants if grant.role in SEEING}
    if expert.institution_id in offices:
        return True
    return expert.consent_at is not None and bool(offices & shown.partners)


def may_consent(actor: Actor, shown: ShownExpert) -> bool:
    """A coordinator of the expert's institution gives its consent, never for a record of their own."""
    coordinates = actor.has(InstitutionRole.COORDINATOR, institution_id=shown.expert.institution_id)
    return coordinates and shown.expert.person_id != actor.person_id


def is_exchange(programme: Programme) -> bool:
    """Whether a programme is an expert exchange."""
    return programme.kind is ProgrammeKind.EXCHANGE


def may_edit_call(actor: Actor, programme: Programme) -> bool:
    """The organiser says what a call asks for."""
    return is_exchange(programme) and programme_rules.may_edit(actor, programme)


def may_see_call(actor: Actor, programme: Programme) -> bool:
    """Whoever sees the programme sees what it asks for."""
    return is_exchange(programme) and programme_rules.may_see(actor, programme)


def may_apply(actor: Actor, programme: Programme) -> bool:
    """Experts of a party of the memorandum apply while the call is open; the service says whether theirs is asked."""
    parties = {party.institution_id for party in programme.mou.parties}
    expert = any(actor.has(InstitutionRole.EXPERT, institution_id=number) for number in parties)
    return expert and is_exchange(programme) and programme.state is ProgrammeState.OPEN


def has_exchanges(actor: Actor) -> bool:
    """Who has a list of exchanges: experts, staff and coordinators."""
    return is_expert(actor) or actor.has(*SEEING)


def may_see(actor: Actor, application: ExchangeApplication) -> bool:
    """The expert, the person at the host, and staff and coordinators of both institutions."""
    if actor.person_id in (application.expert.person_id, application.host_person_id):
        return actor.is_staff
    offices = (application.call.sending_institution_id, application.call.host_institution_id)
    return any(actor.has(*SEEING, institution_id=office) for office in offices)


def is_the_expert(actor: Actor, application: ExchangeApplication) -> bool:
    """Whether the actor is the expert who applied."""
    return is_expert(actor) and application.expert.person_id == actor.person_id


def may_decide_sending(actor: Actor, application: ExchangeApplication) -> bool:
    """Coordinators of the sending institution decide first, never about themselves."""
    office = application.call.sending_institution_id
    own = application.expert.person_id == actor.person_id
    return actor.has(InstitutionRole.COORDINATOR, institution_id=office) and not own


def may_decide_hosting(actor: Actor, application: ExchangeApplication) -> bool:
    """Coordinators of the host decide second."""
    return actor.has(InstitutionRole.COORDINATOR, institution_id=application.call.host_institution_id)


def parties_of(actor: Actor, application: ExchangeApplication) -> list[AgreementParty]:
    """For whom the actor may confirm; one person never stands for two."""
    if is_the_expert(actor, application):
        return [AgreementParty.EXPERT]
    if actor.is_staff and application.host_person_id == actor.person_id:
        return [AgreementParty.HOST_PERSON]
    if may_decide_sending(actor, application):
        return [AgreementParty.SENDING_INSTITUTION]
    if may_decide_hosting(actor, application):
        return [AgreementParty.HOST_INSTITUTION]
    return []


def may_agree(actor: Actor, application: ExchangeApplication) -> bool:
    """The four write the agreement and confirm it."""
    return bool(parties_of(actor, application))


def may_run(actor: Actor, application: ExchangeApplication) -> bool:
    """The person at the host and the host's coordinators keep the agenda, begin and end the exchange."""
    at_host = {AgreementParty.HOST_PERSON, AgreementParty.HOST_INSTITUTION}
    return bool(at_host & set(parties_of(actor, application)))


def papers_of(actor: Actor, application: ExchangeApplication) -> list[PaperKind]:
    """Which papers the actor hands in."""
    if is_the_expert(actor, application):
        return [PaperKind.REPORT, PaperKind.EXPERT_EVALUATION]
    return [PaperKind.HOST_EVALUATION] if may_run(actor, application) else []


@dataclass(frozen=True, slots=True)
class PaperToHandIn:
    """An application and the paper that an address names."""

    application: ExchangeApplication
    kind: PaperKind


def may_hand_in(actor: Actor, asked: PaperToHandIn) -> bool:
    """Everybody hands in their own papers."""
    return asked.kind in papers_of(actor, asked.application)


def may_offer_note(actor: Actor, application: ExchangeApplication) -> bool:
    """The expert and the coordinators of both sides make a practice note of the report."""
    return is_the_expert(actor, application) or any(
        rule(actor, application) for rule in (may_decide_sending, may_decide_hosting)
    )
