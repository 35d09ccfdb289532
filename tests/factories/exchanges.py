"""Calls for experts, experts, and applications at any stage."""

from dataclasses import dataclass
from datetime import timedelta

from factory import LazyAttribute, LazyFunction

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.institutions.models import Institution
from matchmaker.mous.models import Mou
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState, SignUpState
from matchmaker.programmes.exchanges.agreement_services import Terms
from matchmaker.programmes.exchanges.enums import AgreementParty, CostModel, ExchangeFormat, SendingDecision
from matchmaker.programmes.exchanges.models import (
    ExchangeAgreement,
    ExchangeApplication,
    ExchangeCall,
    ExchangeConfirmation,
    Expert,
)
from matchmaker.programmes.exchanges.rules import Window
from tests.factories.base import EntityFactory
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import mou_between
from tests.factories.programmes import ProgrammeFactory, SignUpFactory

TERMS = Terms(*(f"Agreed {name}" for name in Terms.__dataclass_fields__))


class ExpertFactory(EntityFactory):
    """An expert of an institution in access to finance, with its consent; give person_id and institution_id."""

    class Meta:
        model = Expert

    position = "Adviser"
    practice_areas = LazyFunction(lambda: ["finance"])
    years = 12
    summary = "Guarantee funds"
    languages = LazyFunction(lambda: {"ru": "native", "en": "c1"})
    consent_at = LazyFunction(clock.now)


class CallFactory(EntityFactory):
    """What a programme asks for: an expert mission of three days; give programme_id and the two institutions."""

    class Meta:
        model = ExchangeCall

    format = ExchangeFormat.MISSION
    practice_area = "finance"
    need = "Set up a guarantee fund"
    deliverables = "A plan"
    days = 3
    contact_name = "Host Contact"
    contact_address = "host@example.com"
    cost_model = CostModel.SHARED
    cost_note = "Hotel paid by the host"
    windows = LazyAttribute(lambda row: [])


@dataclass(frozen=True)
class World:
    """An open call of a Turkish host for Russian experts, with the people of both sides."""

    mou: Mou
    sender: Institution
    host: Institution
    expert: Person
    colleague: Person
    sending_coordinator: Person
    host_coordinator: Person
    host_person: Person
    call: ExchangeCall
    record: Expert
    replacement: Expert

    @property
    def window(self) -> Window:
        """The one window of the call."""
        today = clock.today()
        return Window(today, today + timedelta(days=20))

    @property
    def wished(self) -> tuple[Window, Window]:
        """Two windows in which an expert could come, the first of them today."""
        today = clock.today()
        return Window(today, today + timedelta(days=4)), Window(
            today + timedelta(days=9), today + timedelta(days=14)
        )


def exchange_world(
    *, places: int = 1, state: ProgrammeState = ProgrammeState.OPEN, with_call: bool = True
) -> World:
    """Everybody who takes part in an exchange, and the open call; needs an application context."""
    host, sender = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
    mou = mou_between(host, sender)
    expert, colleague = (official(sender, InstitutionRole.EXPERT) for _number in range(2))
    coordinators = [official(side, InstitutionRole.COORDINATOR) for side in (sender, host)]
    now, today = clock.now(), clock.today()
    programme = ProgrammeFactory(
        kind=ProgrammeKind.EXCHANGE,
        state=state,
        made_mou=mou,
        institution_id=host.id,
        host_institution_id=host.id,
        starts_at=now,
        ends_at=now + timedelta(days=25),
        closes_at=now + timedelta(days=2),
        places=places,
        most_people=1,
    )
    call = None
    if with_call:
        call = CallFactory(
            programme_id=programme.id,
            sending_institution_id=sender.id,
            host_institution_id=host.id,
            windows=[Window(today, today + timedelta(days=20)).stored()],
        )
    records = [ExpertFactory(person_id=one.id, institution_id=sender.id) for one in (expert, colleague)]
    staff = official(host, InstitutionRole.STAFF)
    return World(mou, sender, host, expert, colleague, *coordinators, staff, call, *records)


def application_of(
    world: World,
    *,
    state: SignUpState = SignUpState.APPLIED,
    sending: SendingDecision = SendingDecision.PENDING,
    agreed: bool = False,
    confirmed: bool = False,
) -> ExchangeApplication:
    """An application of the world's expert; `agreed` has days and terms, `confirmed` all four confirmations."""
    sign_up = SignUpFactory(
        programme_id=world.call.programme_id, person_id=world.expert.id, state=state, country="RU"
    )
    today = clock.today()
    application = ExchangeApplication(
        sign_up_id=sign_up.id,
        call_id=world.call.programme_id,
        expert_id=world.record.id,
        replacement_id=world.replacement.id,
        motivation="I know guarantee funds",
        windows=[window.stored() for window in world.wished],
        sending=sending,
    )
    db.session.add(application)
    if agreed:
        application.agreed_from, application.agreed_to = today, today + timedelta(days=2)
        application.host_person_id = world.host_person.id
        db.session.flush()
        agree_on(sign_up.id)
    db.session.flush()
    if confirmed:
        _confirm(world, sign_up.id)
    return application


def agree_on(application_id: int) -> None:
    """The written agreement of an application, not confirmed by anybody."""
    terms = {name: getattr(TERMS, name) for name in Terms.__dataclass_fields__}
    db.session.add(ExchangeAgreement(application_id=application_id, **terms))
    db.session.flush()


def _confirm(world: World, application_id: int) -> None:
    people = (world.expert, world.host_person, world.sending_coordinator, world.host_coordinator)
    for party, person in zip(AgreementParty, people, strict=True):
        db.session.add(
            ExchangeConfirmation(
                agreement_id=application_id, party=party, person_id=person.id, agreement_version=1
            )
        )
    db.session.flush()
