"""Erasure as people use it: the person asks and takes it back, staff see the clock and decide."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.accounts.passwords import hash_password
from matchmaker.core import clock
from matchmaker.core.actor import FirmRole, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.firms.enums import FirmState
from matchmaker.rights.enums import ErasureState
from matchmaker.rights.models import ErasureRecipient, ErasureRequest
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.rights import erasure_recipient_of, erasure_request_of
from tests.rights.lives import NAME, PASSWORD, full_life

PAGE, DESK = "/settings/erasure", "/erasure-requests"


def someone(country: str = "TR") -> Any:
    """Somebody with a password."""
    return PersonFactory(country=country, password_hash=hash_password(PASSWORD))


def staff(country: str = "TR") -> Person:
    """Staff of the institution of a country."""
    return official(InstitutionFactory(country=country), InstitutionRole.STAFF)


def test_asking_shows_the_day_of_the_answer_and_the_law(client: Client, given: Callable[[], Any]) -> None:
    with given():
        person = someone()
    client.sign_in(person)

    sent = client.submit(PAGE, {"password": PASSWORD, "note": "I left."}, form=PAGE)

    assert sent.status_code == 303
    page = client.get(PAGE)
    assert "Your request is with your institution." in page.text
    assert "It is to be answered by" in page.text
    assert "Law 6698 art. 13" in page.text
    assert "Ask to be erased" not in page.text
    again = client.send(PAGE, {"password": PASSWORD})
    assert again.status_code == 422
    assert "You have asked for this already." in again.text


def test_a_wrong_password_keeps_the_words(client: Client, given: Callable[[], Any]) -> None:
    with given():
        person = someone()
    client.sign_in(person)

    page = client.submit(PAGE, {"password": "wrong", "note": "I left in May."}, form=PAGE)

    assert page.status_code == 422
    assert "This is not your password." in page.text
    assert "I left in May." in page.text


def test_withdrawing_leaves_everything_and_can_be_asked_anew(
    client: Client, given: Callable[[], Any], app: Flask
) -> None:
    with given():
        person = someone()
        number = erasure_request_of(person.id).id
    client.sign_in(person)

    sent = client.submit(PAGE, form=f"{PAGE}/withdraw")

    assert sent.status_code == 303
    page = client.get(PAGE)
    assert "Your request is withdrawn." in page.text
    assert "Ask to be erased" in page.text
    assert client.send(f"{PAGE}/withdraw").status_code == 404
    with app.app_context():
        assert db.session.get_one(ErasureRequest, number).state is ErasureState.WITHDRAWN


def test_what_stands_in_the_way_is_shown_to_both(client: Client, given: Callable[[], Any]) -> None:
    with given():
        firm = FirmFactory(state=FirmState.VERIFIED, legal_name="Zeytin Limited")
        person = member_of(firm, FirmRole.ADMINISTRATOR)
        number, officer = erasure_request_of(person.id).id, staff()
    reason = "Zeytin Limited has no other administrator."

    own = client.sign_in(person).get(PAGE)
    assert reason in own.text
    assert f'href="/firms/{firm.id}/people"' in own.text
    client.sign_in(officer)
    page = client.submit(f"{DESK}/{number}", {"outcome": "carried_out"}, form="decision")

    assert page.status_code == 422
    # In the summary, at the field and in what has to be done before; the request still waits.
    assert page.text.count(reason) == 3
    assert "To be answered" in page.text


def test_the_desk_shows_the_first_due_above_and_what_is_overdue(
    client: Client, given: Callable[[], Any]
) -> None:
    with given():
        late = erasure_request_of(PersonFactory(name="Late Lale").id, days=-1)
        last = erasure_request_of(PersonFactory(name="Later Leyla").id, days=20)
        today = erasure_request_of(PersonFactory(name="Today Tuna").id, days=0)
        abroad = erasure_request_of(PersonFactory(name="Abroad Anna").id, country="RU")
        officer = staff()
    client.sign_in(officer)

    page = client.get(DESK)

    places = [page.text.index(f"{DESK}/{one.id}") for one in (late, today, last)]
    assert places == sorted(places)
    assert page.text.count("Overdue") == 1
    assert "Abroad Anna" not in page.text
    assert client.get(f"{DESK}/{abroad.id}").status_code == 404
    assert "Overdue" in client.get(f"{DESK}/{late.id}").text
    assert "Late Lale" in client.get("/inbox").text
    assert "No requests" in client.get(f"{DESK}?tab=answered").text


def test_the_case_names_who_received_the_data_and_its_reading_is_logged(
    client: Client, given: Callable[[], Any], app: Flask
) -> None:
    with given():
        life = full_life()
        number, officer = erasure_request_of(life.person_id).id, staff()
    client.sign_in(officer)

    page = client.get(f"{DESK}/{number}")

    assert "These firms are told to destroy it when the request is carried out." in page.text
    with app.app_context():
        logged = db.session.scalars(select(AuditEntry).where(AuditEntry.entity == "erasure_request")).all()
        assert [(entry.action, entry.entity_id) for entry in logged] == [("read", number)]

    sent = client.submit(f"{DESK}/{number}", {"outcome": "carried_out"}, form="decision")

    assert sent.status_code == 303
    done = client.get(f"{DESK}/{number}")
    assert "Carried out" in done.text
    assert "Told on" in done.text
    assert NAME not in done.text
    assert NAME not in client.get(f"{DESK}?tab=answered").text
    assert f"{DESK}/{number}" not in client.get(DESK).text


def test_refusing_without_ground_says_so_at_the_field_and_keeps_the_reason(
    client: Client, given: Callable[[], Any]
) -> None:
    with given():
        person = someone()
        number, officer = erasure_request_of(person.id).id, staff()
    case = f"{DESK}/{number}"
    client.sign_in(officer)

    page = client.submit(case, {"outcome": "refused", "reason": "A court asked."}, form="decision")
    assert page.status_code == 422
    assert "Choose the legal ground." in page.text
    assert "A court asked." in page.text
    typed = {"outcome": "refused", "reason": "A court asked.", "ground": "legal_claim"}
    assert client.submit(case, typed, form="decision").status_code == 303

    own = client.sign_in(person).get(PAGE)
    assert "It is needed for a legal claim. A court asked." in own.text
    assert "data protection authority" in own.text
    assert "Ask to be erased" in own.text


def test_a_decision_about_what_is_decided_or_withdrawn_is_refused(
    client: Client, given: Callable[[], Any], app: Flask
) -> None:
    with given():
        person, officer = someone(), staff()
        number = erasure_request_of(person.id).id
    client.sign_in(officer)
    typed = {"outcome": "refused", "reason": "A court asked.", "ground": "legal_claim"}
    assert client.submit(f"{DESK}/{number}", typed, form="decision").status_code == 303

    late = client.send(f"{DESK}/{number}", {"outcome": "carried_out"})

    assert late.status_code == 422
    assert "This request was decided or withdrawn already." in late.text
    with app.app_context():
        assert db.session.get_one(Person, person.id).erased_at is None


def test_a_firm_without_account_is_noted_as_told_once(
    client: Client, given: Callable[[], Any], app: Flask
) -> None:
    with given():
        recipient = erasure_recipient_of(PersonFactory().id)
        officer = staff()
    case = f"{DESK}/{recipient.request_id}"
    client.sign_in(officer)
    assert "No account: tell it in writing" in client.get(case).text

    sent = client.submit(case, form=f"{recipient.id}/told")

    assert sent.status_code == 303
    assert "Told on" in client.get(case).text
    assert client.send(f"{case}/recipients/{recipient.id}/told").status_code == 404
    with app.app_context():
        assert db.session.get_one(ErasureRecipient, recipient.id).told_at is not None


def test_an_erased_person_is_signed_out_everywhere(client: Client, given: Callable[[], Any]) -> None:
    with given():
        person, officer = someone(), staff()
        number = erasure_request_of(person.id).id
    elsewhere = client.application.test_client().sign_in(person)  # type: ignore[attr-defined]
    assert elsewhere.get(PAGE).status_code == 200
    client.sign_in(officer)

    client.submit(f"{DESK}/{number}", {"outcome": "carried_out"}, form="decision")

    assert elsewhere.get(PAGE).status_code == 303
    soon = clock.now() + timedelta(minutes=1)
    with client.application.app_context():
        assert db.session.get_one(Person, person.id).erased_at < soon
