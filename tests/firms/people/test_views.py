"""The pages of a firm's people, contact persons and consents."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core.actor import FirmRole
from matchmaker.core.db import db
from matchmaker.core.mail import OutboxMail
from matchmaker.firms import contact_queries, people_queries
from matchmaker.firms.enums import ConsentPurpose
from matchmaker.firms.models import Firm
from tests.clients import HTMX, Client
from tests.factories.accounts import PersonFactory
from tests.factories.firm_people import ContactPersonFactory, FirmInvitationFactory, JoinRequestFactory
from tests.factories.firms import FirmFactory, member_of


@pytest.fixture
def firm(given: Any) -> Firm:
    """A firm with an administrator and a member."""
    with given():
        made: Firm = FirmFactory()
        member_of(made)
        member_of(made, FirmRole.MEMBER)
    return made


@pytest.fixture
def owner(app: Flask, firm: Firm) -> Client:
    """The administrator of the firm."""
    return client_of(app, firm, FirmRole.ADMINISTRATOR)


def client_of(app: Flask, firm: Firm, role: FirmRole) -> Client:
    with app.app_context():
        person = next(item.person_id for item in people_queries.members(firm.id) if item.role is role)
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(person)


def link_in_mail(app: Flask, notice: str) -> str:
    with app.app_context():
        mail = db.session.scalars(select(OutboxMail).where(OutboxMail.notice == notice)).one()
    line = next(line for line in mail.text.splitlines() if line.startswith("http"))
    return "/" + line.split("/", 3)[3]


def test_invite_by_mail_then_a_newcomer_makes_an_account_and_is_in(
    app: Flask, client: Client, owner: Client, firm: Firm
) -> None:
    answer = owner.submit(
        f"/firms/{firm.id}/people/invite", {"email": "yeni@example.com", "role": "editor", "language": "tr"}
    )
    assert answer.status_code == 303, answer.text
    link = link_in_mail(app, "firm_invitation")
    answer = client.submit(link, {"name": "Yeni Kişi", "password": "bir cümle daha iyidir"})
    assert (answer.status_code, answer.location) == (303, f"/firms/{firm.id}/edit")
    assert client.get(f"/firms/{firm.id}/people").status_code == 200
    assert app.test_client().get(link).status_code == 404


def test_an_account_that_exists_is_led_to_sign_in_and_accepts(app: Flask, given: Any, firm: Firm) -> None:
    with given():
        person = PersonFactory()
        invitation = FirmInvitationFactory(
            firm_id=firm.id, email=person.email, invited_by_id=PersonFactory().id
        )
    link = f"/firm-invitations/{invitation.email}"
    answer = app.test_client().get(link)
    assert (answer.status_code, "/sign-in" in answer.location) == (303, True)
    client = app.test_client().sign_in(person)
    answer = client.submit(link, form=link)
    assert answer.location == f"/firms/{firm.id}/edit"


def test_a_wrong_address_stands_beside_its_field(owner: Client, firm: Firm) -> None:
    path = f"/firms/{firm.id}/people/invite"
    answer = owner.submit(path, {"email": "no address", "role": "editor"}, headers=HTMX)
    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert "Enter an e-mail address" in answer.text
    assert 'value="no address"' in answer.text


def test_the_last_administrator_cannot_leave_and_the_page_says_why(
    app: Flask, owner: Client, firm: Firm
) -> None:
    with app.app_context():
        number = people_queries.members(firm.id)[0].id
    answer = owner.submit(f"/firms/{firm.id}/people", form=f"/firm-members/{number}/remove")
    assert answer.status_code == 409
    assert "A firm needs an administrator" in answer.text
    answer = owner.submit(f"/firms/{firm.id}/people", {"role": "member"}, form=f"/firm-members/{number}/role")
    assert answer.status_code == 422
    assert "A firm needs an administrator" in answer.text


def test_a_member_reads_the_page_and_may_only_leave(app: Flask, firm: Firm) -> None:
    member = client_of(app, firm, FirmRole.MEMBER)
    page = member.get(f"/firms/{firm.id}/people").text
    assert "Invite a colleague" not in page
    assert page.count("/remove") == 1


def test_a_join_request_is_accepted_on_the_page(app: Flask, given: Any, owner: Client, firm: Firm) -> None:
    with given():
        asked = JoinRequestFactory(firm_id=firm.id)
    answer = owner.submit(
        f"/firms/{firm.id}/people", {"role": "editor"}, form=f"/join-requests/{asked.id}/accept"
    )
    assert answer.status_code == 303
    client = app.test_client().sign_in(asked.person_id)
    assert client.get(f"/firms/{firm.id}/edit").status_code == 200


def test_a_contact_is_added_with_a_number_of_the_country(app: Flask, owner: Client, firm: Firm) -> None:
    path = f"/firms/{firm.id}/contacts/new"
    answer = owner.submit(path, {"name": "Ayşe Öz", "email": "ayse@example.com", "phone": "12"})
    assert answer.status_code == 422
    assert 'value="12"' in answer.text
    answer = owner.submit(
        path, {"name": "Ayşe Öz", "email": "ayse@example.com", "phone": "0332 123 45 67", "languages": "tr"}
    )
    assert answer.status_code == 303, answer.text
    with app.app_context():
        (contact,) = contact_queries.contacts_of_firm(firm.id)
    assert (contact.phone, contact.name_romanised) == ("+90 332 123 45 67", "Ayse Oz")
    assert "No consent" in owner.get(f"/firms/{firm.id}/contacts").text


def test_the_person_decides_by_the_mailed_link_and_withdraws_with_one_button(
    app: Flask, client: Client, owner: Client, firm: Firm
) -> None:
    owner.submit(f"/firms/{firm.id}/contacts/new", {"name": "Ayşe Öz", "email": "ayse@example.com"})
    link = link_in_mail(app, "consent_request")
    assert "Ayşe Öz" in client.get(link).text
    text = client.get(f"{link}/publication?lang=tr").text
    assert "Taslak" in text
    assert "checked" not in text.split('id="agreed"')[1].split(">")[0]
    assert client.submit(f"{link}/publication").status_code == 422
    assert client.submit(f"{link}/publication", {"agreed": "y"}).status_code == 303
    assert consents(app, firm) == {ConsentPurpose.PUBLICATION: "tr"}
    assert client.submit(link, form=f"{link}/publication/withdraw").status_code == 303
    assert consents(app, firm) == {}
    assert client.get("/consents/unknown").status_code == 404
    assert client.get(f"{link}/anything").status_code == 404


def consents(app: Flask, firm: Firm) -> dict[ConsentPurpose, str]:
    with app.app_context():
        (contact,) = contact_queries.contacts_of_firm(firm.id)
        return {item.purpose: item.language for item in contact.consents if item.withdrawn_at is None}


def test_the_person_signed_in_decides_on_the_own_page(app: Flask, given: Any, firm: Firm) -> None:
    with given():
        person = PersonFactory()
        contact = ContactPersonFactory(firm_id=firm.id, person_id=person.id)
    client = app.test_client().sign_in(person)
    assert firm.name in client.get("/my-consents").text
    path = f"/contacts/{contact.id}/consents/disclosure"
    answer = client.submit(path, {"agreed": "y"}, headers=HTMX)
    assert answer.headers["HX-Redirect"] == "/my-consents"
    assert "Withdraw" in client.get(path).text
    assert client_of(app, firm, FirmRole.ADMINISTRATOR).get(path).status_code == 404


def test_the_administrator_changes_removes_and_sends_the_link_again(
    app: Flask, given: Any, owner: Client, firm: Firm
) -> None:
    with given():
        contact = ContactPersonFactory(firm_id=firm.id)
    page = f"/firms/{firm.id}/contacts"
    assert owner.submit(page, form=f"/contacts/{contact.id}/consent-link").status_code == 303
    assert app.test_client().get(f"/consents/{contact.email}").status_code == 404
    assert owner.submit(f"/contacts/{contact.id}/edit", {"position": "Export"}).status_code == 303
    assert "Export" in owner.get(page).text
    assert owner.submit(page, form=f"/contacts/{contact.id}/remove").status_code == 303
    assert "No contact person yet" in owner.get(page).text
