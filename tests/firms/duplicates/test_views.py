"""The queue of suspected pairs, two firms side by side, putting aside, the comparison of all firms."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from matchmaker.core.actor import InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.firms.duplicates.enums import PairState
from matchmaker.firms.duplicates.finding import renew_keys, renew_pairs
from matchmaker.firms.duplicates.models import SuspectedPair
from matchmaker.firms.models import Firm
from tests.clients import HTMX, Client
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, InstitutionMemberFactory, official

REASON = "Two brothers with a business each"


def officer(app: Flask, given: Any, country: str = "TR") -> Client:
    with given():
        person = official(InstitutionFactory(country=country), InstitutionRole.STAFF)
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(person)


@pytest.fixture
def staff(app: Flask, given: Any) -> Client:
    """Staff of the country of the pairs."""
    return officer(app, given)


@pytest.fixture
def pair(given: Any) -> int:
    """The number of a pair of like names and one domain; its firms have people and a third has nothing in common."""
    with given():
        firms = [
            FirmFactory(legal_name=name, website=website)
            for name, website in (
                ("Selvikent Vana A.Ş.", "https://selvikent.com.tr"),
                ("SELVİKENT VANA LTD. ŞTİ.", "https://www.selvikent.com.tr"),
                ("Konya Pompa", "https://konyapompa.com.tr"),
            )
        ]
        for firm in firms:
            member_of(firm)
        ids = [firm.id for firm in firms]
        renew_keys(ids)
        renew_pairs(ids)
        return int(db.session.scalars(db.select(SuspectedPair.id)).one())


def stored(app: Flask, number: int) -> SuspectedPair:
    with app.app_context():
        return db.session.get_one(SuspectedPair, number)


def test_the_queue_shows_what_two_firms_have_in_common_and_narrows(staff: Client, pair: int) -> None:
    page = staff.get("/duplicates").text
    assert f'href="/duplicates/{pair}"' in page
    assert "Same domain: selvikent.com.tr" in page
    assert "Same name" in page
    assert "Konya Pompa" not in page
    rows = staff.get("/duplicates?q=селвикент&sign=host", headers=HTMX).text
    assert f'href="/duplicates/{pair}"' in rows
    assert rows.strip() in staff.get("/duplicates?q=селвикент&sign=host").text
    for nothing in ("q=konya", "sign=number", "tab=put_aside"):
        assert "No pairs here" in staff.get(f"/duplicates?{nothing}").text
    assert f'href="/duplicates/{pair}"' in staff.get("/duplicates?tab=x&sign=x&page=9").text


def test_the_pair_stands_in_the_inbox_and_one_click_from_the_firms_to_verify(
    staff: Client, pair: int
) -> None:
    assert f'href="/duplicates/{pair}"' in staff.get("/inbox?kind=duplicate").text
    assert 'href="/duplicates"' in staff.get("/firms/to-verify").text


def test_two_firms_side_by_side(app: Flask, staff: Client, pair: int) -> None:
    page = staff.get(f"/duplicates/{pair}").text
    assert "SELVİKENT VANA LTD. ŞTİ." in page
    assert "https://www.selvikent.com.tr" in page
    with app.app_context():
        read = db.session.scalars(db.select(AuditEntry.entity).where(AuditEntry.action == "read"))
        assert list(read) == ["firm", "firm"]


def test_putting_aside_needs_a_reason_and_can_be_taken_back(app: Flask, staff: Client, pair: int) -> None:
    refused = staff.submit(f"/duplicates/{pair}", {"reason": "no"})
    assert refused.status_code == 422
    assert "Write at least 5 letters." in refused.text
    assert staff.submit(f"/duplicates/{pair}", {"reason": REASON}).location == "/duplicates"
    assert stored(app, pair).state is PairState.PUT_ASIDE
    assert REASON in staff.get("/duplicates?tab=put_aside").text
    assert REASON in staff.get(f"/duplicates/{pair}").text
    assert staff.send(f"/duplicates/{pair}", {"reason": REASON}).status_code == 409
    assert staff.send(f"/duplicates/{pair}/take-back").status_code == 303
    assert staff.send(f"/duplicates/{pair}/take-back").status_code == 409
    assert stored(app, pair).state is PairState.OPEN


def test_staff_of_another_country_and_of_one_of_the_firms_do_not_know_the_pair(
    app: Flask, given: Any, pair: int
) -> None:
    for client in (officer(app, given, "RU"), _officer_of_a_firm(app, given, pair)):
        assert "No pairs here" in client.get("/duplicates").text
        assert client.get(f"/duplicates/{pair}").status_code == 404
        assert client.send(f"/duplicates/{pair}", {"reason": REASON}).status_code == 404


def _officer_of_a_firm(app: Flask, given: Any, pair: int) -> Client:
    with given():
        person = member_of(db.session.get_one(Firm, stored(app, pair).first_id))
        InstitutionMemberFactory(
            institution_id=InstitutionFactory(country="TR").id,
            person_id=person.id,
            role=InstitutionRole.STAFF,
        )
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(person)


def test_comparing_all_firms_shows_progress_and_its_end(
    staff: Client, pair: int, work_off: Callable[[], int]
) -> None:
    page = "/duplicates/search"
    assert "Compare all firms" in staff.get(page).text
    assert staff.send(page).location == page
    assert "Waiting for the worker" in staff.get(page, headers=HTMX).text
    work_off()
    assert "0 new pairs" in staff.get(page).text
    assert staff.send(f"{page}/stop").status_code == 409
    staff.send(page)
    assert staff.send(f"{page}/stop").status_code == 303
    assert "The comparison was stopped" in staff.get(page).text
