"""Contact persons and the consents that only they give, on both databases."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core.actor import VISITOR, Actor, FirmRole, Membership
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed, NotFound
from matchmaker.core.mail import OutboxMail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import consent_services, contact_queries, contact_services, queries
from matchmaker.firms.consent_texts import LANGUAGES, VERSION, ConsentText, blank_text
from matchmaker.firms.contact_services import ContactData
from matchmaker.firms.enums import ConsentPurpose
from matchmaker.firms.models import ContactConsent, ContactPerson, Firm, SearchOutbox
from matchmaker.firms.phone_numbers import read_phone
from matchmaker.notifications.models import Notice
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of

pytestmark = pytest.mark.data
Db = scoped_session[Session]
Given = Callable[[], AbstractContextManager[Db]]
PUBLICATION, DISCLOSURE = ConsentPurpose.PUBLICATION, ConsentPurpose.DISCLOSURE
ANNA = ContactData("Анна Ким", "", "Экспорт", "anna@example.com", "+7 843 000-00-00", ("ru", "en"))


@pytest.fixture
def firm(session: Db) -> Firm:
    """A Russian firm with an administrator, an editor and a member."""
    made: Firm = FirmFactory(country="RU")
    for role in FirmRole:
        member_of(made, role)
    return queries.firm(made.id)


def actor_of(firm: Firm, role: FirmRole = FirmRole.ADMINISTRATOR) -> Actor:
    """A member of the firm in one request."""
    person = next(item.person for item in queries.firm(firm.id).members if item.role is role)
    return Actor(
        person_id=person.id, name=person.name, memberships=(Membership(firm.id, role, firm.country),)
    )


def text(purpose: ConsentPurpose = PUBLICATION, language: str = "ru") -> ConsentText:
    return blank_text(purpose, language, "Tandem")


def add(firm: Firm, data: ContactData = ANNA) -> ContactPerson:
    made = contact_services.add_contact(actor_of(firm), firm, data)
    return contact_queries.contact(made.id)


def give(contact: ContactPerson, purpose: ConsentPurpose = PUBLICATION) -> ContactConsent:
    return consent_services.give_consent(VISITOR, contact, purpose, text(purpose), by_link=True)


def index_entries(firm: Firm) -> int:
    counted = select(func.count()).select_from(SearchOutbox).where(SearchOutbox.firm_id == firm.id)
    return db.session.scalar(counted) or 0


def mails() -> list[OutboxMail]:
    wanted = select(OutboxMail).where(OutboxMail.notice == "consent_request")
    return list(db.session.scalars(wanted.order_by(OutboxMail.id)))


def token_of(mail: OutboxMail) -> str:
    return next(line for line in mail.text.splitlines() if "/consents/" in line).rsplit("/", 1)[1]


def test_a_new_contact_gets_a_link_in_a_language_of_theirs_and_has_consented_to_nothing(firm: Firm) -> None:
    contact = add(firm)
    assert contact.name_romanised == "Anna Kim"
    assert [mail.language for mail in mails()] == ["ru"]
    assert contact_queries.contact_by_token(token_of(mails()[0])).id == contact.id
    assert not any(contact.consented(purpose) for purpose in ConsentPurpose)


def test_each_purpose_is_consented_to_by_itself_with_text_version_and_language(firm: Firm) -> None:
    contact = add(firm)
    consent = give(contact, DISCLOSURE)
    found = contact_queries.contact(contact.id)
    assert (found.consented(DISCLOSURE), found.consented(PUBLICATION)) == (True, False)
    assert (consent.text_version, consent.language) == (VERSION, "ru")
    assert consent.text == text(DISCLOSURE).full


def test_withdrawing_hides_at_once_and_keeps_the_proof(firm: Firm) -> None:
    contact = add(firm)
    give(contact)
    before = index_entries(firm)
    consent_services.withdraw_consent(VISITOR, contact, PUBLICATION, by_link=True)
    found = contact_queries.contact(contact.id)
    assert not found.consented(PUBLICATION)
    assert (len(found.consents), found.consents[0].withdrawn_at is not None) == (1, True)
    assert index_entries(firm) == before + 1
    administrator = actor_of(firm).person_id
    kinds = select(Notice.kind).where(Notice.person_id == administrator)
    assert db.session.scalars(kinds).all() == ["consent_withdrawn"]
    with pytest.raises(Conflict):
        consent_services.withdraw_consent(VISITOR, contact, PUBLICATION, by_link=True)


def test_nobody_but_the_person_gives_or_withdraws(firm: Firm) -> None:
    contact = add(firm)
    give(contact)
    for role in FirmRole:
        with pytest.raises(NotAllowed):
            consent_services.give_consent(
                actor_of(firm, role), contact, DISCLOSURE, text(DISCLOSURE), by_link=False
            )
        with pytest.raises(NotAllowed):
            consent_services.withdraw_consent(actor_of(firm, role), contact, PUBLICATION, by_link=False)
    assert contact_queries.contact(contact.id).consented(PUBLICATION)


def test_the_person_signed_in_gives_consent_without_a_link(firm: Firm) -> None:
    person = PersonFactory(email="anna@example.com")
    contact = add(firm)
    assert contact.person_id == person.id
    actor = Actor(person_id=person.id)
    consent_services.give_consent(actor, contact, PUBLICATION, text(), by_link=False)
    assert [item.id for item in contact_queries.contacts_of(person.id)] == [contact.id]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "give_consent")).one()
    assert (entry.actor_id, entry.after["by"], entry.after["purpose"]) == (
        person.id,
        "account",
        "publication",
    )


def test_an_unconfirmed_account_is_nobody(firm: Firm) -> None:
    PersonFactory(email="anna@example.com", unconfirmed=True)
    assert add(firm).person_id is None


def test_a_new_link_replaces_the_old_one(firm: Firm) -> None:
    contact = add(firm)
    contact_services.send_consent_link(actor_of(firm), contact)
    first, second = (token_of(mail) for mail in mails())
    assert contact_queries.contact_by_token(second).id == contact.id
    with pytest.raises(NotFound):
        contact_queries.contact_by_token(first)


@pytest.mark.parametrize(
    ("changed", "ends"),
    [
        ({"position": "Директор"}, False),
        ({"phone": "+7 843 111-11-11"}, False),
        ({"name": "Анна Ли"}, True),
        ({"email": "other@example.com"}, True),
    ],
)
def test_consents_end_when_the_contact_becomes_somebody_else(
    firm: Firm, changed: dict[str, str], ends: bool
) -> None:
    contact = add(firm)
    give(contact)
    data = ContactData(**({name: getattr(ANNA, name) for name in ContactData.__slots__} | changed))
    assert contact_services.change_contact(actor_of(firm), contact, data) is ends
    assert contact_queries.contact(contact.id).consented(PUBLICATION) is not ends
    assert len(mails()) == (2 if ends else 1)


def test_removing_a_contact_keeps_the_proof_in_the_trail(firm: Firm) -> None:
    contact = add(firm)
    give(contact)
    number = contact.id
    contact_services.remove_contact(actor_of(firm, FirmRole.EDITOR), contact_queries.contact(number))
    with pytest.raises(NotFound):
        contact_queries.contact(number)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "remove_contact")).one()
    assert entry.before["consents"][0][:3] == ["publication", VERSION, "ru"]


def test_a_member_changes_no_contact_and_an_address_stands_once(firm: Firm) -> None:
    contact = add(firm)
    with pytest.raises(NotAllowed):
        contact_services.add_contact(actor_of(firm, FirmRole.MEMBER), firm, ANNA)
    with pytest.raises(NotAllowed):
        contact_services.remove_contact(actor_of(firm, FirmRole.MEMBER), contact)
    with pytest.raises(DomainError) as refusal:
        add(firm)
    assert refusal.value.field == "email"


def test_a_double_consent_at_once_leaves_one(
    given: Given, concurrently: Callable[..., list[Any]], app: Any
) -> None:
    with given():
        firm = FirmFactory()
        member_of(firm)
        number = add(queries.firm(firm.id)).id

    def agree() -> int:
        with unit_of_work():
            return give(contact_queries.contact(number)).id

    results = concurrently(agree, agree, agree)
    assert len(set(results)) == 1, results
    assert isinstance(results[0], int), results
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ContactConsent)) == 1


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("purpose", list(ConsentPurpose))
def test_every_text_is_a_draft_without_open_places(purpose: ConsentPurpose, language: str) -> None:
    found = blank_text(purpose, language, "Tandem")
    assert found.language == language
    assert len(found.sections) == 9
    assert found.draft in found.full
    assert "{" not in found.full
    assert all(words for _heading, words in found.sections)


def test_the_texts_differ_in_every_language_and_purpose() -> None:
    found = {blank_text(purpose, code, "Tandem").full for purpose in ConsentPurpose for code in LANGUAGES}
    assert len(found) == len(ConsentPurpose) * len(LANGUAGES)


@pytest.mark.parametrize(
    ("typed", "country", "shown"),
    [
        ("0 (332) 123 45 67", "TR", "+90 332 123 45 67"),
        ("8 (843) 292-00-00", "RU", "+7 843 292-00-00"),
        ("+49 30 901820", "TR", "+49 30 901820"),
    ],
)
def test_a_telephone_number_is_read_by_its_country(typed: str, country: str, shown: str) -> None:
    assert read_phone(typed, country) == shown


@pytest.mark.parametrize("typed", ["12", "abc", "+90 000 000 00 00"])
def test_a_number_that_cannot_exist_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_phone(typed, "TR")
