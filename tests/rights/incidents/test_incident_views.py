"""The pages of the register as officers use them, and the short form as everybody does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.home import inbox
from matchmaker.home.enums import TaskKind
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution
from matchmaker.rights.incidents import queries
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.incidents import incident_of, report_by
from tests.factories.institutions import InstitutionFactory, official
from tests.matching.world import actor_of

LIST, REPORT = "/incidents", "/incident-reports/new"


@pytest.fixture
def turkish(given: Callable[[], Any]) -> Institution:
    with given():
        made: Institution = InstitutionFactory()
    return made


@pytest.fixture
def officer(given: Callable[[], Any], turkish: Institution) -> Person:
    with given():
        return official(turkish, InstitutionRole.COMPLIANCE)


def typed(institution: Institution, **more: str) -> dict[str, Any]:
    """What an officer types."""
    return {
        "title": "Lost list",
        "what": "A list was lost.",
        "discovered_at": "2026-03-28T12:00",
        "zone": "Europe/Istanbul",
        "persons-0-country": "DE",
        "persons-0-people": "1 200",
        "institution_ids": str(institution.id),
    } | more


def test_an_incident_is_recorded_and_listed_with_its_clocks(
    client: Client, officer: Person, turkish: Institution
) -> None:
    client.sign_in(officer)
    assert "No incidents" in client.get(LIST).text

    answer = client.submit(f"{LIST}/new", typed(turkish), form=f"{LIST}/new")

    page = client.get(answer.location).text
    assert "European Union: First notice to the authority" in page
    assert "31 March 2026 12:00 (UTC+3)" in page
    assert "about 1,200" in page
    assert "The product sends nothing to an authority by itself." in page
    assert "Late" in client.get(f"{LIST}?area=EU&late=1").text
    assert "Lost list" not in client.get(f"{LIST}?area=RU").text
    assert "Lost list" not in client.get(f"{LIST}?state=closed").text


def test_what_was_typed_is_kept_beside_its_error(
    client: Client, officer: Person, turkish: Institution
) -> None:
    client.sign_in(officer)
    wrong = typed(turkish, zone="Europe/Istanbul", discovered_at="2030-01-01T12:00", title="")
    page = client.send(f"{LIST}/new", wrong)
    assert page.status_code == 422
    assert "Give the incident a name." in page.text
    assert "A list was lost.</textarea>" in page.text
    future = client.send(f"{LIST}/new", typed(turkish, discovered_at="2030-01-01T12:00"))
    assert "This moment has not come yet." in future.text
    assert 'value="2030-01-01T12:00"' in future.text


def test_the_list_of_a_notice_is_kept_and_the_step_recorded(
    client: Client, officer: Person, turkish: Institution, given: Callable[[], Any]
) -> None:
    with given():
        made = incident_of(turkish, officer)
        number, one = made.id, next(item.id for item in made.clocks if item.rule == "ru_first_notice")
    client.sign_in(officer)
    address = f"{LIST}/{number}/clocks/{one}"

    kept = client.send(address, {"done_what": "y", "note_what": "A list", "version": "1", "keep": "1"})
    stale = client.send(address, {"note_what": "Another", "version": "1", "keep": "1"})
    assert (stale.status_code, 'value="Another"' in stale.text) == (422, True)
    assert kept.location.endswith(address)
    assert "1 of 5 points ready" in client.get(f"{LIST}/{number}").text
    refused = client.submit(address, {"outcome": "not_required", "note_causes": "By hand"}, form=address)
    assert refused.status_code == 422
    assert "Write why it is not required." in refused.text
    assert 'value="By hand"' in refused.text
    client.submit(address, {"reference": "RKN 17"}, form=address)
    page = client.get(f"{LIST}/{number}").text
    assert "Number of the notice: RKN 17" in page
    assert "Done in time" in page
    late = client.send(address, {"outcome": "done", "at": "2026-11-01T10:00"})
    assert late.status_code == 422
    assert "Somebody else has recorded this step meanwhile." in late.text


def test_an_entry_is_corrected_measures_follow_and_the_papers_come(
    client: Client, officer: Person, turkish: Institution, given: Callable[[], Any]
) -> None:
    with given():
        made = incident_of(turkish, officer)
        number, entry = made.id, queries.locked(made.id).entries[-1].id
    client.sign_in(officer)
    address = f"{LIST}/{number}"
    correction = f"{address}/entries/{entry}/correction"
    assert client.submit(correction, {"reason": "Typing error"}, form=correction).status_code == 303
    new = f"{address}/measures/new"
    assert client.submit(new, {"text": "Password changed"}, form=new).status_code == 303
    again = client.send(
        correction, {"wrong": "void", "outcome": "done", "at": "2026-01-02T10:00", "reason": "Mine"}
    )
    assert (again.status_code, "Mine</textarea>" in again.text) == (422, True)
    page = client.get(address).text
    assert "Corrected by no. 3" in page
    assert "Password changed" in page
    assert client.get(f"{address}/summary.pdf").data.startswith(b"%PDF")
    file = client.get(f"{LIST}/file/csv").get_data(as_text=True)
    assert "List sent to the wrong firm" in file
    assert client.get(f"{LIST}/file/xlsx").data.startswith(b"PK")


def test_facts_are_corrected_and_the_incident_closed_and_opened(
    client: Client, officer: Person, turkish: Institution, given: Callable[[], Any]
) -> None:
    with given():
        number = incident_of(turkish, officer, persons={"KZ": 3}, zone="UTC").id
    client.sign_in(officer)
    address = f"{LIST}/{number}"
    assert "No law is recorded here for: Kazakhstan." in client.get(address).text
    facts = f"{address}/facts"
    same = client.submit(facts, {"reason": "No"}, form=facts)
    assert same.status_code == 422
    assert "Nothing is different" in same.text
    client.submit(facts, {"reason": "Counted", "persons-0-people": "5"}, form=facts)
    assert "about 5" in client.get(address).text
    closing = f"{address}/closing"
    assert "A clock is still open." in client.submit(closing, {"text": "Done"}, form=closing).text


def test_others_learn_nothing_of_it(
    client: Client, officer: Person, turkish: Institution, given: Callable[[], Any]
) -> None:
    with given():
        number = incident_of(turkish, officer).id
        others = [
            official(InstitutionFactory(country="TR"), InstitutionRole.COMPLIANCE),
            official(turkish, InstitutionRole.STAFF),
        ]
    for person in others:
        client.sign_in(person)
        found = [client.get(f"{LIST}/{number}{part}").status_code for part in ("", "/facts", "/summary.pdf")]
        assert found == [404] * 3


def test_anybody_reports_and_an_officer_makes_an_incident_of_it(
    client: Client, officer: Person, turkish: Institution, given: Callable[[], Any]
) -> None:
    with given():
        person, other = PersonFactory(country="TR"), PersonFactory(country="TR")
        report_by(other.id)
    client.sign_in(person)
    assert client.submit(REPORT, {"text": ""}, form=REPORT).status_code == 422
    assert client.submit(REPORT, {"text": "A phone number"}, form=REPORT).status_code == 303
    page = client.get(REPORT).text
    assert "A phone number" in page
    assert "that is not mine" not in page
    assert client.get("/incident-reports").status_code == 404

    client.sign_in(officer)
    reports = client.get("/incident-reports").text
    assert "A phone number" in reports
    number = 2
    form = client.get(f"{LIST}/new?report={number}").text
    assert "A phone number</textarea>" in form
    made = client.send(f"{LIST}/new?report={number}", typed(turkish))
    assert made.status_code == 303
    assert client.get(f"{LIST}/new?report={number}").status_code == 404
    case = "/incident-reports/1"
    assert client.submit(case, {"text": "It was meant for you"}, form=case).status_code == 303
    client.sign_in(other)
    assert "It was meant for you" in client.get(REPORT).text


def test_the_operator_sets_hours_and_officers_read_them(
    client: Client, officer: Person, given: Callable[[], Any]
) -> None:
    with given():
        operator = official(
            InstitutionFactory(kind=InstitutionKind.OPERATOR, country=None), InstitutionRole.ADMINISTRATOR
        )
    client.sign_in(operator)
    address = "/incident-clocks/ru_inquiry"
    said = {"hours": "48", "valid_from": clock.today().isoformat(), "reason": "Order 12"}
    assert client.submit(address, said, form=address).status_code == 303
    assert "Order 12" in client.get(address).text
    client.sign_in(officer)
    assert "48 hours" in client.get("/incident-clocks").text
    assert client.get(address).status_code == 404


def test_open_incidents_and_reports_are_tasks_of_the_officers(
    session: Any,
) -> None:
    institution = InstitutionFactory()
    officer = official(institution, InstitutionRole.COMPLIANCE)
    incident_of(institution, officer, discovered_at=clock.now() - timedelta(hours=1))
    report_by(PersonFactory().id)
    found = inbox.tasks(actor_of(officer))
    assert [one.kind for one in found] == [TaskKind.INCIDENT, TaskKind.INCIDENT_REPORT]
    assert found[0].due_on is not None
    assert inbox.tasks(actor_of(official(institution, InstitutionRole.STAFF))) == []
