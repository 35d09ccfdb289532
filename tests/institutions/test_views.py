"""The people page and invitations, as administrators and the invited see them."""

import re
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.mail import OutboxMail
from matchmaker.institutions.models import Institution
from tests.clients import HTMX, Client
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import InstitutionFactory, official

Given = Callable[[], Any]


@pytest.fixture
def agency(given: Given) -> Institution:
    with given():
        institution: Institution = InstitutionFactory(name_en="Small Firms Agency")
    return institution


@pytest.fixture
def administrator(given: Given, agency: Institution, client: Client) -> Client:
    with given():
        person = official(agency, InstitutionRole.ADMINISTRATOR)
    return client.sign_in(person)


def invite(administrator: Client, agency: Institution, email: str = "new@example.com") -> str:
    url = f"/institutions/{agency.id}/invitations/new"
    answer = administrator.submit(url, {"email": email, "role": "coordinator", "language": "en"})
    assert answer.status_code == 303
    with administrator.application.app_context():
        text = db.session.scalars(select(OutboxMail.text).order_by(OutboxMail.id.desc())).first()
    found = re.search(r"http://localhost(/invitations/\S+)", text or "")
    assert found
    return found[1]


def visitor(app: Flask) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    return client


def test_administrator_of_one_institution_sees_its_people_at_once(
    administrator: Client, agency: Institution
) -> None:
    page = administrator.get("/institutions", follow_redirects=True)

    assert page.request.path == f"/institutions/{agency.id}/people"
    assert "Small Firms Agency" in page.text


def test_operator_sees_all_institutions(app: Flask, given: Given, agency: Institution) -> None:
    with given():
        operator = official(InstitutionFactory(kind="operator", country=None), InstitutionRole.ADMINISTRATOR)
    client = visitor(app).sign_in(operator)

    assert "Small Firms Agency" in client.get("/institutions").text
    assert client.get(f"/institutions/{agency.id}/people").status_code == 200


def test_other_institutions_are_not_known(administrator: Client, given: Given) -> None:
    with given():
        other = InstitutionFactory(country="RU")
        person = official(other, InstitutionRole.STAFF)

    for path in ("people", "invitations/new", f"people/{person.id}"):
        assert administrator.get(f"/institutions/{other.id}/{path}").status_code == 404
    assert administrator.send(f"/institutions/{other.id}/people/{person.id}/disable").status_code == 404


def test_invited_person_makes_an_account_and_must_set_up_the_second_factor(
    app: Flask, administrator: Client, agency: Institution
) -> None:
    guest = visitor(app)
    link = invite(administrator, agency)
    answer = guest.submit(link, {"name": "Ivan Petrov", "password": "a long enough sentence"})
    assert answer.location == "/settings/second-factor"

    for path in (
        "/settings",
        "/notices",
        "/settings/sessions",
        "/institutions",
        f"/institutions/{agency.id}/people",
    ):
        assert guest.get(path).location == "/settings/second-factor", path

    secret = re.search(r"secret=([A-Z2-7]+)", guest.get("/settings/second-factor").text)
    assert secret
    guest.submit("/settings/second-factor", {"code": pyotp.TOTP(secret[1]).at(clock.now())})
    assert guest.get("/settings").status_code == 200
    assert "Ivan Petrov" in administrator.get(f"/institutions/{agency.id}/people").text
    assert guest.get(link).status_code == 404


def test_person_of_an_institution_cannot_turn_the_second_factor_off(administrator: Client) -> None:
    assert administrator.get("/settings/second-factor/turn-off").status_code == 404


def test_known_address_signs_in_first_and_then_accepts(
    app: Flask, given: Given, administrator: Client, agency: Institution
) -> None:
    with given():
        person = PersonFactory(email="new@example.com")
    link = invite(administrator, agency)
    guest = visitor(app)

    assert guest.get(link).location == f"/sign-in?next={link}"
    guest.sign_in(person)
    assert guest.submit(link, {}, form=link).status_code == 303
    assert person.name in administrator.get(f"/institutions/{agency.id}/people").text


def test_invitation_for_another_address_is_explained(
    app: Flask, given: Given, administrator: Client, agency: Institution
) -> None:
    with given():
        person = PersonFactory(email="other@example.com")
    link = invite(administrator, agency)
    guest = visitor(app).sign_in(person)

    assert "another address" in guest.get(link).text
    assert guest.send(link).status_code == 403


def test_invitation_is_revoked(app: Flask, administrator: Client, agency: Institution) -> None:
    link = invite(administrator, agency)
    administrator.submit(f"/institutions/{agency.id}/people", form="/revoke")

    assert visitor(app).get(link).status_code == 404


def test_refused_invitation_shows_the_reason_as_page_and_as_fragment(
    administrator: Client, agency: Institution
) -> None:
    invite(administrator, agency)
    url = f"/institutions/{agency.id}/invitations/new"
    data = {"email": "new@example.com", "role": "coordinator", "language": "en"}
    page, part = administrator.submit(url, data), administrator.submit(url, data, headers=HTMX)

    assert (page.status_code, part.status_code) == (422, 422)
    assert 'id="email-error"' in page.text
    assert part.text.lstrip().startswith('<div id="form"')
    assert 'id="email-error"' in part.text


def test_role_is_ended_and_account_disabled(given: Given, administrator: Client, agency: Institution) -> None:
    with given():
        person = official(agency, InstitutionRole.STAFF)
    one = f"/institutions/{agency.id}/people/{person.id}"

    administrator.submit(one, form="/disable")
    assert "Open the account again" in administrator.get(one).text
    administrator.submit(one, form="/enable")
    assert "Disable the account" in administrator.get(one).text
    people = administrator.get(f"/institutions/{agency.id}/people").text
    number = re.findall(r"/institution-members/(\d+)/end", people)[-1]
    administrator.send(f"/institution-members/{number}/end")
    assert person.email not in administrator.get(f"/institutions/{agency.id}/people").text
