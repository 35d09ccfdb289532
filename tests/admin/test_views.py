"""The page of the audit log: who sees which entries, filters, fields in words, the file."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core import audit
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.audit_chain import seal
from matchmaker.core.db import db
from matchmaker.firms.enums import FirmState
from matchmaker.institutions.enums import InstitutionKind
from tests.clients import HTMX, Client
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.matching import MatchFactory

PAGE = "/audit-log"


@pytest.fixture
def heads(given: Callable[[], Any]) -> dict[str, Any]:
    """The heads of two institutions and of the installation, and entries of each."""
    with given():
        here, there = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        operator = InstitutionFactory(kind=InstitutionKind.OPERATOR, country=None)
        people = {
            name: official(institution, InstitutionRole.ADMINISTRATOR)
            for name, institution in (("here", here), ("there", there), ("operator", operator))
        }
        officer = official(here, InstitutionRole.STAFF)
        firm = FirmFactory(country="RU", state=FirmState.VERIFIED, legal_name="Volga")
        audit.record(Actor(person_id=officer.id), "verify", "person", 77, {"note": "old"}, {"note": "HERE"})
        audit.record(None, "change_size", "firm", firm.id, {"staff_band": 1}, {"by": {"name": "THERE"}})
        audit.record(None, "record", "institution", there.id, after={"name": "THERE TOO"})
        audit.record(None, "refused_word", "nothing_known", None, after={"list": ["a", None, True]})
        people["officer"], people["firm"] = officer, firm
    return people


@pytest.mark.data
def test_each_head_sees_what_concerns_its_institution(client: Client, heads: dict[str, Any]) -> None:
    client.sign_in(heads["here"])
    page = client.get(PAGE).text
    assert ("HERE" in page, "THERE" in page) == (True, False)
    client.sign_in(heads["there"])
    page = client.get(PAGE).text
    assert ("THERE" in page, "THERE TOO" in page, ">HERE" in page) == (True, True, False)
    assert f'href="/firms/{heads["firm"].id}"' in page
    client.sign_in(heads["operator"])
    page = client.get(PAGE).text
    assert all(word in page for word in ("HERE", "THERE", "Refused word", "a, yes", "not sealed yet"))


def test_staff_do_not_know_of_it(client: Client, heads: dict[str, Any]) -> None:
    client.sign_in(heads["officer"])
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}/file.csv").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=firm", {"THERE"}),
        ("verb=verify", {"HERE"}),
        ("kind=person&number=77", {"HERE"}),
        ("kind=person&number=78", set()),
        ("since=2999-01-01", set()),
        ("until=2001-01-01", set()),
        ("since=2001-01-01&until=9999-12-31", {"HERE", "THERE"}),
        ("since=x&until=&number=x&verb=x&kind=x", {"HERE", "THERE"}),
        ("who=nobody+of+this+name", set()),
    ],
)
def test_filters(client: Client, heads: dict[str, Any], query: str, found: set[str]) -> None:
    client.sign_in(heads["operator"])
    part = client.get(f"{PAGE}?{query}", headers=HTMX).text
    assert {word for word in ("HERE", "THERE") if re.search(rf"\b{word}\b(?! TOO)", part)} == found


def test_the_person_is_found_by_name_and_by_address(client: Client, heads: dict[str, Any]) -> None:
    client.sign_in(heads["operator"])
    for who in (heads["officer"].email.upper(), heads["officer"].name[1:-1]):
        page = client.get(PAGE, query_string={"who": who}, headers=HTMX).text
        assert "HERE" in page


def test_the_file_holds_the_same_and_is_logged_as_is_reading(
    client: Client, app: Flask, heads: dict[str, Any]
) -> None:
    client.sign_in(heads["there"])
    client.get(PAGE)
    file = client.get(f"{PAGE}/file.csv?kind=firm")

    text = file.data.decode("utf-8-sig")
    assert "THERE" in text
    assert "THERE TOO" not in text
    assert file.headers["Content-Type"].startswith("text/csv")
    with app.app_context():
        told = select(AuditEntry.action, AuditEntry.after).where(AuditEntry.entity == "audit_log")
        assert db.session.execute(told.order_by(AuditEntry.id)).all() == [
            ("read", {"fields": ["before", "after"]}),
            ("export", {"filters": {"kind": "firm"}, "rows": 1}),
        ]


def test_matches_of_a_firm_of_the_country_are_within_reach(
    client: Client, given: Callable[[], Any], heads: dict[str, Any]
) -> None:
    with given():
        match = MatchFactory()
        audit.record(None, "approve", "match", match.id, after={"note": "OURS"})
        audit.record_refusal(None, "approve", "match", match.id, "TOO EARLY")
        db.session.flush()
        seal(100)
    for head in ("here", "there"):
        client.sign_in(heads[head])
        page = client.get(f"{PAGE}?kind=match&verb=approve").text
        assert ("OURS" in page, "TOO EARLY" in page, "refused" in page) == (True, True, True)
        assert "not sealed yet" not in page
