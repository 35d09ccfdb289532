"""The registry page: dots and figures of the whole, filters as addresses, and an institution's list read in."""

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.institutions.models import Institution
from matchmaker.matching.enums import MatchState
from matchmaker.mous import queries, rules
from matchmaker.mous.enums import ScopeArea
from matchmaker.mous.models import Mou
from matchmaker.reference import countries, world_regions
from tests.clients import HTMX, Client
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.matching import MatchFactory
from tests.factories.mous import draft_between, mou_between

Given = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def registry(given: Given) -> dict[str, int]:
    """One agency's memorandums with Kenya, Kazakhstan, an international body, and a draft with Chile."""
    with given():
        own = InstitutionFactory(country="TR", short_name="Own agency", name_en="Own agency")
        made = {}
        for code in ("KE", "KZ", None, "CL"):
            other = InstitutionFactory(country=code, short_name=f"Body {code}", name_en=f"Body {code}")
            made[str(code)] = (draft_between if code == "CL" else mou_between)(own, other).id
        kenya, body = (queries.mou(made[name]) for name in ("KE", "None"))
        kenya.signed_on = kenya.in_force_from = date(2010, 5, 1)
        kenya.areas[:] = [item for item in kenya.areas if item.area is ScopeArea.TRAININGS]
        body.in_force_from, body.term_months = rules.add_months(clock.today(), -10), 12
        firms = [FirmFactory(country=code).id for code in ("TR", "KZ")]
        MatchFactory(
            asker_id=firms[0],
            answerer_id=firms[1],
            state=MatchState.INTRODUCED,
            mou_id=made["KZ"],
            introduced_at=clock.now() - timedelta(days=20),
        )
        return made


def listed(page: str) -> list[str]:
    """The main party of each row."""
    return re.findall(r'<th scope="row"><a href="/mous/\d+">([^<,]+)', page)


def test_shows_the_whole_by_region_with_figures(client: Client, registry: dict[str, int]) -> None:
    page = client.get("/mous").text

    assert sorted(listed(page)) == ["Body KE", "Body KZ", "Body None"]
    for label in (
        "0 active, 1 without activity, 0 ending soon",
        "1 active, 0 without activity, 0 ending soon",
    ):
        assert label in page
    assert "0 active, 0 without activity, 1 ending soon, 0 ended" in page
    assert re.findall(r'<div class="stat"><b>(\d+)</b>', page) == ["3", "2", "2", "1"]
    assert 'data-label="Firms met">2</td>' in page


FILTERS = {
    "region=africa": ["Body KE"],
    "region=international": ["Body None"],
    "country=KZ": ["Body KZ"],
    "country=TR&area=business_trips": ["Body KZ", "Body None"],
    "area=trainings&year=2010": ["Body KE"],
    "status=expiring": ["Body None"],
    "status=quiet": ["Body KE", "Body None"],
    "q=Казах": ["Body KZ"],
    "q=kenya+own": ["Body KE"],
    "q=body+ke": ["Body KE"],
    "status=expired": [],
    "year=abc&page=-3&status=nonsense": [],
    "year=abc&page=-3": ["Body KE", "Body KZ", "Body None"],
}


def test_each_filter_is_an_address_and_works_as_a_fragment(client: Client, registry: dict[str, int]) -> None:
    for query, found in FILTERS.items():
        whole, part = client.get(f"/mous?{query}").text, client.get(f"/mous?{query}", headers=HTMX).text

        assert (sorted(listed(whole)), sorted(listed(part))) == (found, found), query
        assert part.strip().startswith('<div id="results"')


def test_filter_by_organisation(app: Flask, client: Client, registry: dict[str, int]) -> None:
    with app.app_context():
        number = db.session.scalar(select(Institution.id).where(Institution.short_name == "Body KZ"))

    assert listed(client.get(f"/mous?organisation={number}").text) == ["Body KZ"]


def test_a_change_shows_at_once(client: Client, registry: dict[str, int], given: Given) -> None:
    assert "Body KE" in listed(client.get("/mous").text)
    with given():
        db.session.get_one(Mou, registry["KE"]).ended_on = date(2020, 1, 1)

    assert listed(client.get("/mous?status=terminated").text) == ["Body KE"]


def test_statements_do_not_grow_with_the_registry(
    client: Client, registry: dict[str, int], given: Given, count_statements: Any
) -> None:
    client.get("/mous")
    with count_statements() as few:
        client.get("/mous?region=africa")
    with given():
        own = InstitutionFactory(country="TR")
        for _ in range(5):
            mou_between(own, InstitutionFactory(country="GE"))
    client.get("/mous")
    with count_statements() as many:
        client.get("/mous?region=africa")

    assert len(many) == len(few)


def test_every_country_has_a_region() -> None:
    homeless = {
        code
        for code in countries.names("en")
        if world_regions.of_country(code) == world_regions.INTERNATIONAL
    }
    assert homeless == {"AQ"}


# ---------------------------------------------------------------- import

HEAD = "Number;Title;Organisation;Country;Signed on;Term;Areas\n"


@pytest.fixture
def importer(app: Flask, given: Given) -> Client:
    with given():
        person = official(InstitutionFactory(country="TR", short_name="Own"), InstitutionRole.COORDINATOR).id
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(person)


def upload(client: Client, text: str | bytes, name: str = "list.csv") -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.send("/mous/import", {"file": (io.BytesIO(content), name)})


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Mou.id))) or 0


def apply(client: Client, page: str) -> Any:
    token = re.search(r'name="token"[^>]*value="([0-9a-f]+)"', page)
    assert token
    return client.send("/mous/import/apply", {"token": token[1]}, follow_redirects=True)


def test_dry_run_writes_nothing_and_the_second_step_writes_once(app: Flask, importer: Client) -> None:
    text = (
        HEAD + "A-1;;SME fund;Kenya;4.10.2011;36;trainings, business trips\nA-2;;World body;;2012-01-02;;\n"
    )

    page = upload(importer, text).text
    assert count(app) == 0
    told = apply(importer, page).text

    assert "2 memorandums were imported." in told
    assert sorted(listed(told)) == ["SME fund", "World body"]
    again = upload(importer, text).text
    assert "The registry has all of these already." in again
    with app.app_context():
        mou = db.session.scalars(select(Mou).where(Mou.number == "A-1")).one()
        assert (mou.signed_on, mou.term_months) == (date(2011, 10, 4), 36)
        kinds = {
            row.short_name: (str(row.kind), row.country) for row in db.session.scalars(select(Institution))
        }
        assert (kinds["SME fund"], kinds["World body"]) == (("sme_agency", "KE"), ("international", None))


WRONG = {
    ";;F;KE;4.10.2011;;": "The number is missing.",
    "A;;;KE;4.10.2011;;": "The organisation is missing.",
    "A;;F;Atlantis;4.10.2011;;": "“Atlantis” is not known",
    "A;;F;KE;31.2.2011;;": "“31.2.2011” is no date",
    "A;;F;KE;;;": "The day of the signature is missing.",
    "A;;F;KE;4.10.2011;ten;": "“ten” is no number of months.",
    "A;;F;KE;4.10.2011;;dancing": "The area “dancing” is not known.",
    "A;;F;KE;4.10.2011;;\nA;;G;KE;4.10.2011;;": "stands twice",
}


def test_a_wrong_row_is_named_and_nothing_can_be_written(app: Flask, importer: Client) -> None:
    for row, error in WRONG.items():
        page = upload(importer, HEAD + "B;;F;KE;4.10.2011;;\n" + row + "\n").text

        assert error in page
        assert 'name="token"' not in page
    assert count(app) == 0


def test_workbook_with_turkish_headings(app: Flask, importer: Client) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Numara", "Kuruluş", "Ülke", "İmza tarihi"])
    sheet.append(["K-1", "KOBİ fonu", "Kazakistan", "2019-05-06"])
    content = io.BytesIO()
    book.save(content)

    told = apply(importer, upload(importer, content.getvalue(), "list.xlsx").text).text

    assert listed(told) == ["KOBİ fonu"]


def test_what_is_no_list_is_refused_beside_the_field(importer: Client) -> None:
    for content in (b"", b"\xd0\xcf\x11\xe0old", b"only,words\n1,2\n"):
        answer = upload(importer, content)

        assert answer.status_code == 422
        assert 'id="file-error"' in answer.text


def test_a_list_of_somebody_else_is_not_there(app: Flask, importer: Client, given: Given) -> None:
    page = upload(importer, HEAD + "A-1;;F;KE;4.10.2011;;\n").text
    with given():
        other = official(InstitutionFactory(country="RU"), InstitutionRole.COORDINATOR).id
    stranger = app.test_client()
    assert isinstance(stranger, Client)

    assert apply(stranger.sign_in(other), page).status_code == 404
    assert count(app) == 0
