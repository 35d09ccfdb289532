"""Staff pages of the dated tables: rules of entry and schemes of co-financing."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.core.actor import FirmRole, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.programmes.trips.models import EntryRule, SupportRate, SupportScheme
from tests.clients import Client
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.trips import EntryRuleFactory, SupportRateFactory, SupportSchemeFactory

Given = Callable[..., Any]
RULE = {
    "nationality": "TR",
    "destination": "RU",
    "path": "e_visa",
    "lead_days": "4",
    "longest_stay_days": "16",
    "valid_from": "01.02.2026",
    "source_note": "Consular page, 15 January 2026",
}
SCHEME = {
    "name_tr": "Yurt dışı iş gezisi desteği",
    "name_ru": "Поддержка деловых поездок",
    "name_en": "Support for business trips",
    "currency": "TRY",
    "cost_kinds": ["travel", "lodging"],
    "paper_kinds": ["invoice"],
    "valid_from": "01.01.2026",
    "valid_to": "31.12.2026",
    "source_note": "Notice of 2026",
}


@pytest.fixture
def staff(client: Client, given: Given) -> Client:
    """A member of staff of a Turkish institution, signed in."""
    with given():
        person = official(InstitutionFactory(country="TR"), InstitutionRole.STAFF)
    return client.sign_in(person)


def only(given: Given, model: type) -> Any:
    """The one row of a table."""
    with given():
        return db.session.scalars(select(model)).one()


@pytest.mark.data
def test_a_rule_is_recorded_with_its_audit_line(staff: Client, given: Given) -> None:
    answer = staff.submit("/entry-rules/new", RULE)

    assert answer.status_code == 303
    kept = only(given, EntryRule)
    assert (kept.lead_days, kept.longest_stay_days, kept.path) == (4, 16, "e_visa")
    with given():
        line = db.session.scalars(select(AuditEntry).where(AuditEntry.entity == "entry_rule")).one()
    assert (line.action, line.after["valid_from"]) == ("record", "2026-02-01")
    assert "Consular page" in staff.get("/entry-rules").text


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"destination": "TR"}, "destination", "another country"),
        ({"lead_days": "-1"}, "lead_days", "whole number"),
        ({"lead_days": ""}, "lead_days", "0 where nothing"),
        ({"longest_stay_days": "0"}, "longest_stay_days", "between 1"),
        ({"valid_from": "31.02.2026"}, "valid_from", "day, month and year"),
        ({"source_note": " "}, "source_note", "where the rule was read"),
    ],
)
def test_what_cannot_be_is_named_beside_its_field(
    staff: Client, changed: dict[str, str], field: str, words: str
) -> None:
    answer = staff.submit("/entry-rules/new", RULE | changed)

    assert answer.status_code == 422
    error = answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert words in error


def test_two_rules_may_not_begin_on_the_same_day(staff: Client) -> None:
    staff.submit("/entry-rules/new", RULE)
    answer = staff.submit("/entry-rules/new", RULE)

    assert answer.status_code == 422
    assert "There is a rule for these countries from this day already." in answer.text


def test_a_newer_rule_replaces_the_older_on_the_page(staff: Client, given: Given) -> None:
    with given():
        EntryRuleFactory(source_note="the older one")
    staff.submit("/entry-rules/new", RULE)

    page = staff.get("/entry-rules").text

    assert (
        page.index("in force")
        < page.index("Consular page")
        < page.index("replaced")
        < page.index("the older one")
    )


def test_staff_of_two_other_countries_change_nothing(client: Client, given: Given) -> None:
    with given():
        person = official(InstitutionFactory(country="KZ"), InstitutionRole.STAFF)
        rule = EntryRuleFactory()
    client.sign_in(person)

    assert client.get(f"/entry-rules/{rule.id}").status_code == 404
    assert client.submit("/entry-rules/new", RULE).status_code == 422


@pytest.mark.data
def test_a_scheme_gets_its_rates_by_region(staff: Client, given: Given) -> None:
    made = staff.submit("/support-schemes/new", SCHEME)
    page = made.headers["Location"]
    staff.submit(page, {"region_code": "", "percent": "50", "cap": "200 000"}, form="rates")
    staff.submit(page, {"region_code": "TR-42", "percent": "70", "cap": "300000"}, form="rates")
    again = staff.submit(page, {"region_code": "TR-42", "percent": "60", "cap": "300000"}, form="rates")

    assert again.status_code == 303
    with given():
        rates = db.session.scalars(select(SupportRate).order_by(SupportRate.region_code)).all()
    assert [(rate.region_code, int(rate.percent), int(rate.cap)) for rate in rates] == [
        ("", 50, 200_000),
        ("TR-42", 60, 300_000),
    ]
    assert only(given, SupportScheme).cost_kinds == ["travel", "lodging"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"percent": "0"}, "percent"),
        ({"percent": "101"}, "percent"),
        ({"cap": "0"}, "cap"),
        ({"region_code": "RU-TA"}, "region_code"),
    ],
)
def test_a_rate_that_cannot_be_is_named_beside_its_field(
    client: Client, given: Given, changed: dict[str, str], field: str
) -> None:
    with given():
        scheme = SupportSchemeFactory()
        person = official(scheme_institution(scheme), InstitutionRole.STAFF)
    client.sign_in(person)

    answer = client.send(
        f"/support-schemes/{scheme.id}/rates", {"region_code": "", "percent": "50", "cap": "1000"} | changed
    )

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def scheme_institution(scheme: SupportScheme) -> Any:
    """The institution whose scheme it is."""
    return db.session.get(type(InstitutionFactory.build()), scheme.institution_id)


def test_a_firm_reads_schemes_and_changes_none(client: Client, given: Given) -> None:
    with given():
        scheme = SupportRateFactory(region_code="TR-42").scheme_id
        person = member_of(FirmFactory(country="TR"), FirmRole.ADMINISTRATOR)
    client.sign_in(person)

    page = client.get(f"/support-schemes/{scheme}")

    assert page.status_code == 200
    assert "Konya" in page.text
    assert "Set a rate" not in page.text
    assert client.send(f"/support-schemes/{scheme}/rates").status_code == 404


def test_a_rate_is_removed_and_the_rest_stays(client: Client, given: Given) -> None:
    with given():
        scheme = SupportSchemeFactory()
        SupportRateFactory(scheme_id=scheme.id, region_code="TR-42")
        SupportRateFactory(scheme_id=scheme.id)
        person = official(scheme_institution(scheme), InstitutionRole.COORDINATOR)
    client.sign_in(person)

    address = f"/support-schemes/{scheme.id}/rates/remove"
    assert client.send(address, {"region_code": "TR-42"}).status_code == 303
    assert client.send(address, {"region_code": "TR-42"}).status_code == 409
    assert only(given, SupportRate).region_code == ""
