"""Somebody who has left a trace in every part of the product, with values that are found wherever they stand."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from matchmaker.accounts import passwords
from matchmaker.accounts.models import Person
from matchmaker.compliance.services import record_transfer
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor, FirmRole
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile, keep_content
from matchmaker.core.mail import queue_mail
from matchmaker.firms.enums import ConsentPurpose
from matchmaker.firms.models import ContactConsent, ContactPerson, Firm
from matchmaker.meetings.models.people import DayPerson
from matchmaker.notifications.services import notify
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.models import Delegate, SignUp
from matchmaker.programmes.trips.enums import LetterKind
from matchmaker.programmes.trips.locked_files import keep_locked
from matchmaker.programmes.trips.models import TravelPapers, TripLetter
from matchmaker.programmes.trips.travel_secrets import (
    Emergency,
    Needs,
    Passport,
    lock_emergency,
    lock_needs,
    lock_passport,
)
from tests.factories.accounts import PersonFactory, session_of
from tests.factories.firm_people import ContactPersonFactory, FirmInvitationFactory, JoinRequestFactory
from tests.factories.firms import FirmFactory, FirmMemberFactory, member_of
from tests.factories.matching import MatchFactory
from tests.factories.meetings import B2bDayFactory, participant_of
from tests.factories.messages import MessageFactory
from tests.factories.programmes import ProgrammeFactory, SignUpFactory
from tests.factories.trainings import CertificateFactory
from tests.factories.trips import TripFactory

PASSWORD = "a long enough sentence"
NAME, ROMANISED, EMAIL, PHONE = (
    "Ağrı Şükûfezâr",
    "Agri Sukufezar",
    "sukufezar@zeytinlik.example",
    "+905559871234",
)
PASSPORT, EMERGENCY, POSITION = "U98765431", "Hanzade Emanetçi", "Chief of olive presses"
FORMER_NAME, FORMER_EMAIL, FORMER_PHONE = "Ağrı Dîdebân", "dideban@zeytinlik.example", "+905559874321"
VALUES = (
    NAME,
    ROMANISED,
    EMAIL,
    PHONE,
    PASSPORT,
    EMERGENCY,
    POSITION,
    FORMER_NAME,
    FORMER_EMAIL,
    FORMER_PHONE,
)


@dataclass(frozen=True)
class Life:
    """The numbers of what was made."""

    person_id: int
    firm_id: int
    contact_id: int
    recipient_id: int
    match_id: int
    files: tuple[str, ...]
    """The tokens of files that hold something of the person."""


def full_life() -> Life:
    """Make the person, a colleague who can go on for the firm, a firm abroad that was told the contact."""
    person = PersonFactory(
        name=NAME, name_romanised=ROMANISED, email=EMAIL, password_hash=passwords.hash_password(PASSWORD)
    )
    firm, abroad = FirmFactory(country="TR"), FirmFactory(country="RU")
    FirmMemberFactory(firm_id=firm.id, person_id=person.id)
    member_of(firm, FirmRole.ADMINISTRATOR)
    colleague = member_of(abroad, FirmRole.ADMINISTRATOR)
    actor = Actor(person_id=person.id, name=NAME, email=EMAIL)
    contact = _contact(person, firm)
    ContactPersonFactory(firm_id=firm.id)
    match = MatchFactory(asker_id=firm.id, answerer_id=abroad.id)
    _disclosed(contact, abroad, match.id)
    MessageFactory(match_id=match.id, author_id=person.id, firm_id=firm.id, text="Shall we press in October?")
    answer = f"Dear {FORMER_NAME}, or {NAME}: in October."
    MessageFactory(match_id=match.id, author_id=colleague.id, firm_id=abroad.id, text=answer)
    delegate = _training(person, firm)
    participant = participant_of(B2bDayFactory(), firm, person_id=person.id)
    sent = update(DayPerson).where(DayPerson.participant_id == participant.id)
    db.session.execute(sent.values(name=NAME, position=POSITION))
    letter = _journey(person, firm, contact)
    _traces(actor, firm)
    _former_traces(firm, contact)
    db.session.flush()
    certified = db.session.get_one(SignUp, delegate.sign_up_id).programme_id
    CertificateFactory(programme_id=certified, delegate_id=delegate.id, name=NAME, name_romanised=ROMANISED)
    return Life(person.id, firm.id, contact.id, abroad.id, match.id, (letter.token,))


def _contact(person: Person, firm: Firm) -> ContactPerson:
    contact: ContactPerson = ContactPersonFactory(
        firm_id=firm.id, person_id=person.id, name=NAME, name_romanised=ROMANISED, email=EMAIL, phone=PHONE,
        position=POSITION,
    )  # fmt: skip
    given = ContactConsent(
        contact_id=contact.id,
        purpose=ConsentPurpose.DISCLOSURE,
        text_version="1",
        language="tr",
        text=f"I, {NAME}, agree.",
        given_at=clock.now(),
    )
    db.session.add(given)
    db.session.flush()
    return contact


def _disclosed(contact: ContactPerson, abroad: Firm, match_id: int) -> None:
    record_transfer(
        None,
        contact_id=contact.id,
        from_country="TR",
        to_country="RU",
        recipient_firm_id=abroad.id,
        fields=["name", "email", "phone"],
        basis="Standard contract 7",
        cause="match",
        cause_id=match_id,
    )


def _training(person: Person, firm: Firm) -> Delegate:
    programme = ProgrammeFactory(state=ProgrammeState.DONE)
    return _delegate(person, firm, programme.id)


def _delegate(person: Person, firm: Firm, programme_id: int) -> Delegate:
    sign_up = SignUpFactory(
        programme_id=programme_id, person_id=person.id, firm_id=firm.id, state=SignUpState.COMPLETED,
        note=f"Call {PHONE}", answers={"1": f"{NAME} will come"},
    )  # fmt: skip
    delegate = Delegate(
        sign_up_id=sign_up.id, person_id=person.id, name=NAME, name_romanised=ROMANISED, email=EMAIL, phone=PHONE,
        position=POSITION,
    )  # fmt: skip
    db.session.add(delegate)
    db.session.flush()
    return delegate


def _journey(person: Person, firm: Firm, contact: ContactPerson) -> StoredFile:
    trip = TripFactory(state=ProgrammeState.DONE)
    delegate = _delegate(person, firm, trip.id)
    delegate.contact_id = contact.id
    passport = Passport("SUKUFEZAR", "AGRI", "TR", PASSPORT, date(2031, 1, 1), date(1980, 2, 3))
    papers = TravelPapers(
        delegate_id=delegate.id,
        passport_locked=lock_passport(passport),
        needs_locked=lock_needs(Needs(diet="No olives")),
        emergency_locked=lock_emergency(Emergency(name=EMERGENCY, phone=PHONE)),
        hotel="Hotel Volga",
    )
    stored = keep_locked(Actor(person_id=person.id), "letter.pdf", f"%PDF-1.7 {NAME}".encode())
    letter = TripLetter(
        institution_id=trip.institution_id,
        year=2026,
        number=1,
        programme_id=trip.id,
        delegate_id=delegate.id,
        kind=next(iter(LetterKind)),
        language="en",
        issued_at=clock.now(),
        sha256="0" * 64,
        file_id=stored.id,
    )
    db.session.add_all([papers, letter])
    db.session.flush()
    return stored


def _traces(actor: Actor, firm: Firm) -> None:
    """Mails, notices, invitations, the audit trail, a session, an upload."""
    before = {"name": FORMER_NAME, "email": EMAIL}
    audit.record(actor, "change_settings", "person", actor.person_id, before, {"name": NAME, "phone": PHONE})
    audit.record(None, "add_contact", "firm", firm.id, after={"name": NAME, "consents": [["x", EMAIL]]})
    queue_mail("reset", to=EMAIL, language="tr", name=NAME, token="t" * 43)
    queue_mail("firm_invitation", to="other@example.com", language="en", firm=firm.name, inviter=NAME,
               asker=NAME, name="Other", role="editor", token="u" * 43)  # fmt: skip
    notify(actor.person_id, "firm_verified", firm.name, f"/firms/{firm.id}", "verified 1")
    FirmInvitationFactory(firm_id=firm.id, email=EMAIL)
    JoinRequestFactory(person_id=actor.person_id, note=f"I am {NAME}.")
    session_of(actor.person_id)
    keep_content(actor, "plan.pdf", "application/pdf", b"%PDF-1.7\n")


def _former_traces(firm: Firm, contact: ContactPerson) -> None:
    """How the person was reached before, in the audit trail and in what others wrote."""
    before = {"contact": contact.id, "name": FORMER_NAME, "email": FORMER_EMAIL, "phone": FORMER_PHONE}
    audit.record(None, "change_contact", "firm", firm.id, before, {"name": NAME})
    programme = ProgrammeFactory()
    SignUpFactory(programme_id=programme.id, firm_id=FirmFactory().id, note=f"Ask {FORMER_PHONE} or {EMAIL}.")
