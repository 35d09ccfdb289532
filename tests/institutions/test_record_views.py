"""Recording an institution, its page and its logo, as the operator and administrators see them."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from flask import Flask
from PIL import Image

from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.institutions.models import Institution
from tests.clients import HTMX, Client, find_form
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import mou_between

Given = Callable[[], Any]
TYPED = {
    "kind": "sme_agency",
    "country": "KZ",
    "code": "fund",
    "name_original": "Қор",
    "name_tr": "Fon",
    "name_ru": "Фонд",
    "name_en": "Fund of Almaty",
    "short_name": "FUND",
    "website": "fund.example",
    "language": "kk",
    "languages": ["ru", "en"],
    "letter_lines": "Abay 1\n050000 Almaty",
}


@pytest.fixture
def operator(given: Given, client: Client) -> Client:
    with given():
        person = official(InstitutionFactory(kind="operator", country=None), InstitutionRole.ADMINISTRATOR)
    return client.sign_in(person)


def someone(app: Flask, given: Given, institution: Institution, role: InstitutionRole) -> Client:
    with given():
        person = official(institution, role)
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(person)


def picture() -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", (600, 300), "teal").save(out, "JPEG")
    out.seek(0)
    return out, "mark.jpg"


def test_operator_records_an_institution_and_is_led_to_invite_its_administrator(operator: Client) -> None:
    answer = operator.submit("/institutions/new", TYPED)

    assert answer.status_code == 303
    page = operator.get(answer.location)
    assert "Fund of Almaty" in page.text
    assert find_form(page.text, "", {"role"}).values["role"] == ["administrator"]
    number = answer.location.split("/")[2]
    shown = operator.get(f"/institutions/{number}").text
    assert "Kazakh, Russian, English" in shown
    assert "https://fund.example" in shown
    assert "1 of 5 done" in shown


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"code": "TAKEN"}, "Another institution has this code."),
        ({"code": ""}, "Enter a code."),
        ({"country": "QQ"}, "Choose a country of the list."),
        ({"country": ""}, "Choose the country."),
        ({"kind": "international"}, "An international body has no country."),
        ({"kind": "operator"}, "Not a valid choice"),
        ({"website": "no address"}, "Enter an address such as"),
    ],
)
def test_what_will_not_do_is_said_beside_the_field_and_kept(
    operator: Client, given: Given, changed: dict[str, str], message: str
) -> None:
    with given():
        InstitutionFactory(code="TAKEN")

    page = operator.send("/institutions/new", TYPED | changed)
    part = operator.send("/institutions/new", TYPED | changed, headers=HTMX)

    assert (page.status_code, part.status_code) == (422, 422)
    assert message in page.text
    assert 'class="error"' in page.text
    assert "Fund of Almaty" in page.text
    assert "<html" not in part.text


def test_only_the_operator_records(app: Flask, given: Given) -> None:
    with given():
        agency = InstitutionFactory()
    administrator = someone(app, given, agency, InstitutionRole.ADMINISTRATOR)

    assert administrator.get("/institutions/new").status_code == 404
    assert administrator.send("/institutions/new", TYPED).status_code == 404


def test_administrator_edits_the_own_page_with_a_logo_that_memorandums_show(
    app: Flask, given: Given, client: Client
) -> None:
    with given():
        agency, other = InstitutionFactory(languages="ru"), InstitutionFactory(country="RU")
        mou = mou_between(agency, other)
    administrator = someone(app, given, agency, InstitutionRole.ADMINISTRATOR)
    edit, logo = f"/institutions/{agency.id}/edit", f"/institutions/{agency.id}/logo"

    assert client.get(logo).status_code == 404
    assert administrator.submit(edit, {"name_en": "Renamed", "logo": picture()}).status_code == 303

    drawn = client.get(logo)
    assert Image.open(io.BytesIO(drawn.data)).size == (256, 128)
    assert logo in administrator.get(f"/institutions/{agency.id}").text
    page = client.get(f"/mous/{mou.id}").text
    assert logo in page
    assert f'href="/institutions/{agency.id}"' not in page
    with app.app_context():
        assert db.session.get_one(Institution, agency.id).languages == "ru"
    administrator.submit(edit, {"remove": "y"})
    assert client.get(logo).status_code == 404


def test_a_file_that_is_no_picture_is_refused_and_nothing_is_changed(app: Flask, given: Given) -> None:
    with given():
        agency = InstitutionFactory(name_en="Kept")
    administrator = someone(app, given, agency, InstitutionRole.ADMINISTRATOR)

    page = administrator.submit(
        f"/institutions/{agency.id}/edit", {"name_en": "Typed", "logo": (io.BytesIO(b"x"), "a.png")}
    )

    assert page.status_code == 422
    assert "Choose a PNG, JPEG or WebP image." in page.text
    assert "Kept" in administrator.get(f"/institutions/{agency.id}").text


@time_machine.travel("2027-01-19 09:00", tick=False)
def test_page_shows_the_holidays_of_its_country_or_of_the_chosen_one(app: Flask, given: Given) -> None:
    with given():
        agency = InstitutionFactory()
        body = InstitutionFactory(kind="international", country=None)
    staff = someone(app, given, agency, InstitutionRole.STAFF)

    own, chosen = (staff.get(f"/institutions/{one.id}").text for one in (agency, body))

    assert "Republic Day" in own
    assert "Before work can begin" not in own
    assert "holidays of no country" in chosen
    administrator = someone(app, given, body, InstitutionRole.ADMINISTRATOR)
    administrator.submit(f"/institutions/{body.id}/edit", {"rest_country": "RU"})
    assert "Victory Day" in staff.get(f"/institutions/{body.id}").text


def test_page_is_for_people_of_institutions_and_the_operators_own_for_the_operator(
    app: Flask, given: Given, operator: Client, client: Client
) -> None:
    with given():
        agency = InstitutionFactory()
        runner = InstitutionFactory(kind="operator", country=None)
    staff = someone(app, given, agency, InstitutionRole.STAFF)

    assert staff.get(f"/institutions/{runner.id}").status_code == 404
    assert operator.get(f"/institutions/{runner.id}").status_code == 200
    assert staff.get(f"/institutions/{agency.id}/edit").status_code == 404
