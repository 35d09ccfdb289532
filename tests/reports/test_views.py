"""The pages of the funnel: what staff and experts see, lists of the own side, files that are logged."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from tests.clients import Client
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import mou_between
from tests.reports.world import firm_of


@pytest.fixture
def people(given: Any) -> dict[str, Person]:
    """Staff and an expert of Türkiye; six Turkish firms are registered, two of them and three Russian ones verified."""
    with given():
        agencies = {country: InstitutionFactory(country=country) for country in ("TR", "RU")}
        mou_between(*agencies.values())
        at = clock.now() - timedelta(days=40)
        for count in range(6):
            firm_of("TR", "TR-42", ["28.14"], at, at if count < 2 else None)
        for _count in range(3):
            firm_of("RU", "RU-TA", ["13.10"], at, at)
        roles = {"staff": InstitutionRole.STAFF, "expert": InstitutionRole.EXPERT}
        return {name: official(agencies["TR"], role) for name, role in roles.items()}


def cells(html: str) -> list[str]:
    """The texts of the cells with figures."""
    found = re.findall(r'<td class="n"[^>]*>(.*?)</td>', html, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in found]


def test_every_figure_of_staff_opens_the_list_that_adds_up_to_it(
    client: Client, people: dict[str, Person]
) -> None:
    client.sign_in(people["staff"])
    page = client.get("/reports/funnel?by=region").text

    assert cells(page)[:4] == ["9", "100%", "5", "56%"]
    links = re.findall(r'<a href="(/reports/funnel/(?:registered|verified)[^"]*)">(\d+)</a>', page)
    assert len(links) == 8
    for url, figure in links:
        listed = client.get(url.replace("&amp;", "&")).text
        assert re.search(rf"<h1>[^<]*: {figure} firms?</h1>", listed)


def test_firms_of_the_other_side_are_counted_but_not_named(client: Client, people: dict[str, Person]) -> None:
    client.sign_in(people["staff"])
    both = client.get("/reports/funnel/verified").text
    theirs = client.get("/reports/funnel/verified?country=RU").text

    assert both.count('<th scope="row">') == 2
    assert "listed to the institutions of that country" in both
    assert "3 firms" in theirs
    assert "No firm of your side" in theirs


def test_small_figures_are_hidden_from_experts_and_open_no_list(
    client: Client, people: dict[str, Person]
) -> None:
    client.sign_in(people["expert"])
    page = client.get("/reports/funnel").text

    assert cells(page)[:4] == ["9", "100%", "5", "56%"]
    assert "/reports/funnel/verified" not in page
    assert cells(page)[14:21] == ["not shown"] * 7
    assert client.get("/reports/funnel/verified").status_code == 404
    assert ";" not in client.get("/reports/funnel/figures/csv?by=region").text.splitlines()[0]
    assert "not shown" in client.get("/reports/funnel/figures/csv?by=region").text


def test_a_past_day_and_its_files_stay_what_they_were(client: Client, people: dict[str, Person]) -> None:
    client.sign_in(people["staff"])
    day = (clock.today() - timedelta(days=60)).isoformat()
    page = client.get(f"/reports/funnel?as_of={day}")
    csv = client.get("/reports/funnel/registered/csv?sector=28&by=month")
    xlsx = client.get(f"/reports/funnel/registered/xlsx?as_of={day}")

    assert page.text.count("No firm counts here") == 1
    assert (csv.status_code, len(csv.text.splitlines()), xlsx.status_code) == (200, 7, 200)
    with client.application.app_context():
        logged = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "export").order_by(AuditEntry.id)
        ).all()
        assert [(one.entity, one.after) for one in logged] == [
            ("funnel", {"filters": {"stage": "registered", "by": "month", "sector": "28"}, "rows": 6}),
            ("funnel", {"filters": {"stage": "registered", "as_of": day}, "rows": 0}),
        ]


def test_unknown_stages_and_memorandums_are_not_found(client: Client, people: dict[str, Person]) -> None:
    client.sign_in(people["staff"])
    for path in ("/reports/funnel/dreamt", "/reports/funnel?mou=999", "/reports/funnel/dreamt/csv"):
        assert client.get(path).status_code == 404
