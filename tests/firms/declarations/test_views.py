"""The pages of declarations of size: of a firm, of staff who ask, of the rules."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.firms import queries
from matchmaker.firms.declarations.queries import declarations_of
from matchmaker.firms.models import Firm
from tests.clients import Client
from tests.factories.firms import FirmFactory, FirmRole, member_of
from tests.factories.institutions import InstitutionFactory, official

Given = Callable[..., Any]


def officer() -> Any:
    return official(InstitutionFactory(country="TR"), InstitutionRole.STAFF)


def reader(app: Flask, given: Given, who: Callable[[], Any]) -> Client:
    with given():
        person = who()
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(person)


@pytest.fixture
def firm(given: Given) -> Firm:
    """A firm whose declaration ran out yesterday."""
    with given():
        made: Firm = FirmFactory(declared_until=clock.today() - timedelta(days=1), turnover_year=2020)
    return made


def test_the_owner_renews_with_the_last_figures_prefilled(app: Flask, given: Given, firm: Firm) -> None:
    owner = reader(app, given, lambda: member_of(firm))
    path, year = f"/firms/{firm.id}/declaration", clock.today().year - 1

    page = owner.get(path)
    assert "Your declaration ran out on" in page.text
    assert 'value="40"' in page.text
    stale = owner.submit(path, {"headcount": "9", "balance": "700"})
    assert (stale.status_code, "Figures of 2020 counted until" in stale.text) == (422, True)
    assert 'value="9"' in stale.text

    sent = owner.submit(path, {"headcount": "9", "turnover_year": str(year)})
    assert (sent.status_code, sent.headers["Location"]) == (303, path)
    shown = owner.get(path).text
    assert f"April {year + 2}" in shown
    assert "by the rule for Türkiye in force since" in shown
    with given():
        kept = queries.firm(firm.id)
        assert (kept.headcount, kept.founded_year, kept.declared_on) == (9, 2005, clock.today())
        assert len(declarations_of(firm.id)) == 1


def test_a_member_reads_and_does_not_declare(app: Flask, given: Given, firm: Firm) -> None:
    member = reader(app, given, lambda: member_of(firm, FirmRole.MEMBER))
    page = member.get(f"/firms/{firm.id}/declaration")
    assert (page.status_code, "Declare these figures" in page.text) == (200, False)


def test_a_russian_firm_is_asked_for_shares_and_for_no_balance(app: Flask, given: Given) -> None:
    with given():
        firm = FirmFactory(country="RU")
    owner = reader(app, given, lambda: member_of(firm))
    page = owner.get(f"/firms/{firm.id}/declaration").text
    assert "Not made yet" in page
    assert ('name="public"' in page, 'name="balance"' in page) == (True, False)


def test_staff_see_it_on_the_record_and_ask_with_a_reason(app: Flask, given: Given, firm: Firm) -> None:
    staff, owner = reader(app, given, officer), reader(app, given, lambda: member_of(firm))
    record, path = f"/firms/{firm.id}/review", f"/firms/{firm.id}/declaration-request"

    assert "Ran out on" in staff.get(record).text
    assert staff.submit(path, {"reason": " "}).status_code == 422
    assert staff.submit(path, {"reason": "Your report says more"}).status_code == 303
    assert "Your report says more" in staff.get(record).text
    assert "Your report says more" in owner.get(f"/firms/{firm.id}/declaration").text
    assert staff.send(path, {"reason": "Again"}).status_code == 409


def test_staff_record_a_rule_and_read_which_one_is_in_force(app: Flask, given: Given) -> None:
    staff = reader(app, given, officer)
    typed = {"day": "30", "month": "2", "valid_from": "01.01.2027", "source_note": "Gazette 5"}

    refused = staff.submit("/declaration-terms", typed)
    assert (refused.status_code, "This month has no such day." in refused.text) == (422, True)
    assert "Gazette 5" in refused.text
    assert staff.submit("/declaration-terms", typed | {"month": "9"}).status_code == 303
    page = staff.get("/declaration-terms").text
    assert all(words in page for words in ("30 September", "Gazette 5", "Our choice, not confirmed"))
