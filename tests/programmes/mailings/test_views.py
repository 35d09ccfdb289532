"""Staff write a message, look at who gets it, and send it."""

from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.core.actor import InstitutionRole
from matchmaker.institutions.models import Institution
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import official
from tests.factories.mailings import MessageToGroupFactory
from tests.factories.programmes import ProgrammeFactory, SignUpFactory, delegate_of


@pytest.fixture
def made(given: Callable[[], Any]) -> tuple[int, Any]:
    """A programme with one who has an address and one who has none, and a staff member of its organiser."""
    with given() as session:
        programme = ProgrammeFactory()
        for name in ("Ayşe Işık", "Boris Petrov"):
            person = PersonFactory(language="tr", name=name)
            sign_up = SignUpFactory(programme_id=programme.id, person_id=person.id)
            delegate = delegate_of(sign_up, name)
            if name.startswith("Boris"):
                delegate.person_id = None
        staff = official(session.get(Institution, programme.institution_id), InstitutionRole.STAFF)
        staff.language = "en"
        return programme.id, staff


def test_a_message_is_previewed_then_sent_and_listed(client: Client, made: tuple[int, Any]) -> None:
    number, staff = made
    client.sign_in(staff)
    words = {"subject_en": "Bring a pen", "text_en": "Please.", "state": "confirmed"}

    client.submit(f"/programmes/{number}/messages?lang=en", words, form="/messages")
    page = client.get(f"/programmes/{number}/messages").text
    address = page.split(f'href="/programmes/{number}/messages/')[1].split('"')[0]
    preview = client.get(f"/programmes/{number}/messages/{address}").text

    assert "1 person gets it" in preview
    assert "Ayşe Işık: English" in preview
    assert "Boris Petrov: No e-mail address is known." in preview
    client.submit(f"/programmes/{number}/messages/{address}", {}, form="/send")
    listed = client.get(f"/programmes/{number}/messages").text
    assert "Sent to 1 person." in listed
    assert (
        "1 person got it. 1 person was left out."
        in client.get(f"/programmes/{number}/messages/{address}").text
    )


def test_a_half_written_language_is_named_beside_its_field_and_the_words_are_kept(
    client: Client, made: tuple[int, Any]
) -> None:
    number, staff = made
    client.sign_in(staff)

    answer = client.submit(f"/programmes/{number}/messages?lang=en", {"subject_ru": "Тема"}, form="/messages")

    assert answer.status_code == 422
    assert "Write the text in this language too." in answer.text
    assert 'value="Тема"' in answer.text


def test_the_group_comes_along_from_the_participants_table(client: Client, made: tuple[int, Any]) -> None:
    number, staff = made
    client.sign_in(staff)

    page = client.get(f"/programmes/{number}/participants?lang=en&state=confirmed").text
    form = client.get(f"/programmes/{number}/messages?state=confirmed").text

    assert f'href="/programmes/{number}/messages?state=confirmed"' in page
    assert '<option selected value="confirmed">' in form


def test_a_message_of_another_programme_is_not_known(
    client: Client, made: tuple[int, Any], given: Callable[[], Any]
) -> None:
    number, staff = made
    with given():
        other = MessageToGroupFactory(programme_id=ProgrammeFactory().id).id
    client.sign_in(staff)

    assert client.get(f"/programmes/{number}/messages/{other}").status_code == 404


def test_a_message_to_one_country_reaches_nobody_of_the_other(
    client: Client, given: Callable[[], Any]
) -> None:
    with given() as session:
        programme = ProgrammeFactory()
        for name, country in (("Ayşe Işık", "TR"), ("Boris Petrov", "RU")):
            person = PersonFactory(name=name)
            delegate_of(SignUpFactory(programme_id=programme.id, person_id=person.id, country=country), name)
        staff = official(session.get(Institution, programme.institution_id), InstitutionRole.STAFF)
    client.sign_in(staff)
    base = f"/programmes/{programme.id}"

    table = client.get(f"{base}/participants?lang=en&country=RU").text
    words = {"subject_en": "Visa", "text_en": "Please.", "country": "RU"}
    answer = client.submit(f"{base}/messages", words, form="/messages")
    preview = client.get(answer.headers["Location"]).text

    assert ("Boris Petrov" in table, "Ayşe Işık" in table) == (True, False)
    assert ("Boris Petrov" in preview, "Ayşe Işık" in preview) == (True, False)
    assert "Every state, Russia" in preview


def test_a_message_is_written_as_drafts_and_sent_from_its_page(client: Client, made: tuple[int, Any]) -> None:
    number, staff = made
    client.sign_in(staff)
    words = {"subject_en": "Bring a pen", "text_en": "Please.", "state": "confirmed"}
    client.submit(f"/programmes/{number}/messages?lang=en", words, form="/messages")
    page = client.get(f"/programmes/{number}/messages").text
    address = (
        f"/programmes/{number}/messages/"
        + page.split(f'href="/programmes/{number}/messages/')[1].split('"')[0]
    )

    client.send(f"{address}/send", {"step": "drafts"})
    drafted = client.get(address).text
    client.submit(address, {}, form="/release")

    assert "1 mail waits as a draft" in drafted
    assert "Drafts in the outbox" in drafted
    assert "Sent to 1 person." in client.get(address).text
    assert "as a draft" not in client.get(address).text
