"""Reads of expert exchanges."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.accounts.models import Person
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.institutions.models import InstitutionMember
from matchmaker.mous.models import Mou, MouParty
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.exchanges import rules
from matchmaker.programmes.exchanges.enums import PaperKind
from matchmaker.programmes.exchanges.models import (
    ExchangeAgendaItem,
    ExchangeAgreement,
    ExchangeApplication,
    ExchangeCall,
    ExchangeConfirmation,
    ExchangePaper,
    Expert,
)
from matchmaker.programmes.models import Delegate, SignUp


def call_of(programme_id: int) -> ExchangeCall | None:
    """What the call asks for; None until the organiser has said it."""
    return db.session.scalar(
        select(ExchangeCall)
        .options(joinedload(ExchangeCall.sending), joinedload(ExchangeCall.host))
        .where(ExchangeCall.programme_id == programme_id)
    )


# ---------------------------------------------------------------- experts


def _experts() -> Select[Expert]:
    return select(Expert).options(
        joinedload(Expert.person), joinedload(Expert.institution), joinedload(Expert.cv_file)
    )


def expert_of(person_id: int, *, locked: bool = False) -> Expert | None:
    """A person's record, if there is one."""
    found = _experts().where(Expert.person_id == person_id)
    if locked:
        found = found.with_for_update(of=Expert).execution_options(populate_existing=True)
    return db.session.scalar(found)


def shown_expert(expert_id: int) -> rules.ShownExpert:
    """A record with the institutions that may see it; raises NotFound."""
    expert = existing(db.session.scalar(_experts().where(Expert.id == expert_id)))
    return rules.ShownExpert(expert, partners_of(expert.institution_id))


def partners_of(institution_id: int) -> frozenset[int]:
    """The institutions that share a signed memorandum with this one."""
    own = (
        select(Mou.id)
        .join(MouParty, MouParty.mou_id == Mou.id)
        .where(
            MouParty.institution_id == institution_id,
            or_(Mou.signed_on.is_not(None), Mou.announced_on.is_not(None)),
        )
    )
    return frozenset(db.session.scalars(select(MouParty.institution_id).where(MouParty.mou_id.in_(own))))


def experts(
    actor: Actor, *, practice_area: str = "", language: str = "", free_on: date | None = None
) -> list[Expert]:
    """The records that a staff member may see (rules.may_see_expert), by institution and name.

    free_on keeps those who offered a window with this day in it.
    """
    offices = {grant.institution_id for grant in actor.grants if grant.role in rules.SEEING}
    partners = {number for office in offices for number in partners_of(office)}
    found = _experts().where(
        or_(
            Expert.institution_id.in_(offices),
            Expert.institution_id.in_(partners) & Expert.consent_at.is_not(None),
        )
    )
    listed = db.session.scalars(
        found.join(Expert.person).order_by(Expert.institution_id, Person.name, Expert.id)
    )
    return [
        expert
        for expert in listed
        if (not practice_area or practice_area in expert.practice_areas)
        and (not language or language in expert.languages)
        and (free_on is None or rules.is_free(expert.windows, free_on))
    ]


def replacements_for(expert: Expert) -> list[Expert]:
    """Experts of the same institution who may be named instead: with consent, and not the expert."""
    found = _experts().where(
        Expert.institution_id == expert.institution_id,
        Expert.id != expert.id,
        Expert.consent_at.is_not(None),
    )
    return list(db.session.scalars(found.join(Expert.person).order_by(Person.name, Expert.id)))


def past_exchanges(expert_id: int) -> list[ExchangeApplication]:
    """The exchanges that the expert has ended, newest first."""
    return list(
        db.session.scalars(
            _applications()
            .where(ExchangeApplication.expert_id == expert_id, ExchangeApplication.finished_at.is_not(None))
            .order_by(ExchangeApplication.finished_at.desc(), ExchangeApplication.sign_up_id)
        )
    )


# ---------------------------------------------------------------- applications


def _applications() -> Select[ExchangeApplication]:
    sign_up = selectinload(ExchangeApplication.sign_up)
    call = selectinload(ExchangeApplication.call)
    agreement = selectinload(ExchangeApplication.agreement)
    return select(ExchangeApplication).options(
        sign_up.selectinload(SignUp.programme),
        sign_up.selectinload(SignUp.person),
        call.selectinload(ExchangeCall.sending),
        call.selectinload(ExchangeCall.host),
        selectinload(ExchangeApplication.expert).selectinload(Expert.person),
        selectinload(ExchangeApplication.expert).selectinload(Expert.cv_file),
        selectinload(ExchangeApplication.replacement).selectinload(Expert.person),
        selectinload(ExchangeApplication.host_person),
        agreement.selectinload(ExchangeAgreement.confirmations).selectinload(ExchangeConfirmation.person),
        selectinload(ExchangeApplication.agenda),
        selectinload(ExchangeApplication.papers).selectinload(ExchangePaper.person),
        selectinload(ExchangeApplication.papers).selectinload(ExchangePaper.file),
    )


def application(application_id: int) -> ExchangeApplication:
    """One application with all that its page shows; raises NotFound."""
    return existing(
        db.session.scalar(_applications().where(ExchangeApplication.sign_up_id == application_id))
    )


def locked_application(application_id: int) -> ExchangeApplication:
    """The application read afresh, its row locked until the end of the transaction; raises NotFound."""
    number = ExchangeApplication.sign_up_id == application_id
    db.session.execute(select(ExchangeApplication.sign_up_id).where(number).with_for_update())
    return existing(
        db.session.scalar(_applications().where(number).execution_options(populate_existing=True))
    )


def paper_to_hand_in(application_id: int, kind: str) -> rules.PaperToHandIn:
    """An application and the paper of an address; raises NotFound for a word that is no paper."""
    if kind not in tuple(PaperKind):
        raise NotFound
    return rules.PaperToHandIn(application(application_id), PaperKind(kind))


def own_application(actor: Actor, programme_id: int) -> ExchangeApplication | None:
    """The actor's newest application to a call."""
    return db.session.scalar(
        _applications()
        .join(ExchangeApplication.sign_up)
        .where(SignUp.programme_id == programme_id, SignUp.person_id == actor.person_id)
        .order_by(SignUp.id.desc())
        .limit(1)
    )


def listed(actor: Actor) -> list[ExchangeApplication]:
    """The exchanges that concern the actor (rules.may_see), newest first."""
    found = _applications().join(ExchangeApplication.sign_up).where(_concerning(actor))
    return list(db.session.scalars(found.order_by(SignUp.id.desc())))


def applications_of(actor: Actor, programme_id: int) -> list[ExchangeApplication]:
    """The applications to a call that the actor may see, in the order of arrival."""
    found = _applications().join(ExchangeApplication.sign_up)
    found = found.where(SignUp.programme_id == programme_id, _concerning(actor))
    return list(db.session.scalars(found.order_by(SignUp.arrival, SignUp.id)))


def _concerning(actor: Actor) -> ColumnElement[bool]:
    offices = {grant.institution_id for grant in actor.grants if grant.role in rules.SEEING}
    calls = select(ExchangeCall.programme_id).where(
        or_(ExchangeCall.sending_institution_id.in_(offices), ExchangeCall.host_institution_id.in_(offices))
    )
    own = SignUp.person_id == actor.person_id
    hosted = ExchangeApplication.host_person_id == actor.person_id
    mine = or_(own, hosted) if actor.is_staff else false()
    return or_(mine, ExchangeApplication.call_id.in_(calls)) if offices else mine


def to_begin(today: date) -> list[ExchangeApplication]:
    """Applications whose agreed first day has come and that have not started."""
    return _in_state(ExchangeApplication.started_at.is_(None), ExchangeApplication.agreed_from <= today)


def owing_papers() -> list[ExchangeApplication]:
    """Exchanges that ended and whose papers have not all arrived."""
    return _in_state(ExchangeApplication.finished_at.is_not(None))


def _in_state(*conditions: ColumnElement[bool]) -> list[ExchangeApplication]:
    living = (SignUpState.ACCEPTED, SignUpState.CONFIRMED, SignUpState.ATTENDED)
    found = _applications().join(ExchangeApplication.sign_up).where(SignUp.state.in_(living), *conditions)
    return list(db.session.scalars(found.order_by(SignUp.id)))


def agenda_item(application: ExchangeApplication, item_id: int) -> ExchangeAgendaItem:
    """An item of the agenda; raises NotFound when it belongs to another exchange."""
    return existing(next((item for item in application.agenda if item.id == item_id), None))


def people_of_host(call: ExchangeCall, *, but: int = 0) -> list[Person]:
    """Who can look after an expert: everybody with a role at the host who can sign in, by name."""
    return people_of(call.host_institution_id, tuple(InstitutionRole), but=but)


def people_of(institution_id: int, roles: Iterable[InstitutionRole], *, but: int = 0) -> list[Person]:
    """The people with one of the roles at an institution who can sign in, by name."""
    members = select(InstitutionMember.person_id).where(
        InstitutionMember.institution_id == institution_id,
        InstitutionMember.role.in_(tuple(roles)),
        InstitutionMember.ended_at.is_(None),
    )
    able = (Person.disabled_at.is_(None), Person.email_confirmed_at.is_not(None))
    found = select(Person).where(Person.id.in_(members), Person.id != but, *able)
    return list(db.session.scalars(found.order_by(Person.name, Person.id)))


def places_taken(programme_id: int) -> int:
    """How many experts hold a place of the call."""
    states = programme_rules.HOLDING
    found = select(SignUp.id).where(SignUp.programme_id == programme_id, SignUp.state.in_(states))
    return len(db.session.scalars(found).all())


def delegates_of(sign_up_id: int) -> list[Delegate]:
    """Who goes by a sign-up at present."""
    found = select(Delegate).where(Delegate.sign_up_id == sign_up_id, Delegate.left_at.is_(None))
    return list(db.session.scalars(found.order_by(Delegate.id)))


def has_started(programme_id: int) -> bool:
    """Whether one exchange of the call has begun."""
    found = select(ExchangeApplication.sign_up_id).where(
        ExchangeApplication.call_id == programme_id, ExchangeApplication.started_at.is_not(None)
    )
    return db.session.scalar(found.limit(1)) is not None


def of_person(person_id: int, states: Iterable[SignUpState]) -> list[ExchangeApplication]:
    """The exchanges in which the person is the expert or looks after one, in order."""
    found = (
        _applications()
        .join(ExchangeApplication.sign_up)
        .where(
            SignUp.state.in_(tuple(states)),
            or_(SignUp.person_id == person_id, ExchangeApplication.host_person_id == person_id),
        )
    )
    return list(db.session.scalars(found.order_by(SignUp.id)))
