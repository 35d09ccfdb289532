"""Travellers' papers: locked at rest, read by named officers only, refused when too short, destroyed in time."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select, text

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.retention import DestructionRecord, Due
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.enums import FirmState
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips import (
    frame_queries,
    paper_services,
    purge,
    readiness_queries,
    travel_consents,
    travel_secrets,
)
from matchmaker.programmes.trips.enums import EntryPath, Light, TravelPurpose, VisaState
from matchmaker.programmes.trips.models import (
    PassportOfficer,
    TravelConsent,
    TravelPapers,
)
from matchmaker.programmes.trips.travel_secrets import Emergency, Needs, Passport
from tests.clients import Client
from tests.factories.firms import FirmFactory
from tests.factories.trips import EntryRuleFactory, TripFactory, staff_of, traveller_of
from tests.matching.world import actor_of

Given = Callable[..., Any]
NUMBER = "U12345678"
PASSPORT = Passport("YILMAZ", "AYSE NUR", "TR", NUMBER, date(2031, 5, 1), date(1985, 3, 7))
TYPED = {
    "surname": "YILMAZ",
    "given_names": "AYSE NUR",
    "nationality": "TR",
    "number": "u 1234 5678",
    "expires_on": "01.05.2031",
    "born_on": "07.03.1985",
}


@pytest.fixture
def trip(given: Given) -> Programme:
    """A trip from 19 to 22 January 2027."""
    with given():
        start = datetime(2027, 1, 19, 6, tzinfo=UTC)
        made: Programme = TripFactory(starts_at=start, ends_at=start + timedelta(days=3))
    return made


@pytest.mark.data
def test_the_database_holds_nothing_of_a_passport_in_clear(
    client: Client, given: Given, trip: Programme
) -> None:
    with given():
        delegate = traveller_of(trip)
    mine = client.sign_in(delegate.person_id or 0)
    address = f"/trip-delegates/{delegate.id}"

    assert mine.submit(f"{address}/papers", TYPED, form=f"{address}/passport").status_code == 303

    with given():
        row = db.session.execute(text("SELECT * FROM travel_papers")).mappings().one()
        trail = [str(line.after) for line in db.session.scalars(select(AuditEntry))]
        kept = db.session.scalars(select(TravelPapers)).one()
        assert travel_secrets.open_passport(kept.passport_locked) == PASSPORT
    stored = " ".join(str(value) for value in row.values()) + " ".join(trail)
    assert [word for word in (NUMBER, "YILMAZ", "2031-05-01", "1985-03-07") if word in stored] == []
    page = mine.get(f"{address}/papers").text
    assert (NUMBER in page, "YILMAZ" in page, "Kept locked" in page) == (False, False, True)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"expires_on": "01.01.2026"}, "expires_on", "This passport has expired."),
        ({"expires_on": "21.01.2027"}, "expires_on", "ends before the trip does (22 January 2027)"),
        ({"expires_on": "some day"}, "expires_on", "Enter a date"),
        ({"born_on": "01.01.2030"}, "born_on", "in the past"),
        ({"nationality": ""}, "nationality", "Choose a country"),
        ({"number": " "}, "number", "Enter the number"),
    ],
)
def test_a_passport_that_will_not_do_is_refused_beside_its_field(
    client: Client, given: Given, trip: Programme, changed: dict[str, str], field: str, words: str
) -> None:
    with given():
        delegate = traveller_of(trip)
    address = f"/trip-delegates/{delegate.id}"

    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC)):
        mine = client.sign_in(delegate.person_id or 0)
        answer = mine.submit(f"{address}/papers", TYPED | changed, form=f"{address}/passport")

    assert answer.status_code == 422
    assert words in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
    with given():
        assert db.session.scalars(select(TravelPapers)).all() == []


class TestReading:
    @pytest.fixture
    def delegate(self, given: Given, trip: Programme) -> Any:
        with given():
            delegate = traveller_of(trip, FirmFactory(country="TR", trade_name="Pompa Ltd"))
            stored = frame_queries.delegate(delegate.id)
            stored.name = "Ayşe Nur Yılmaz"
            paper_services.save_passport(actor_of(delegate.person_id or 0), stored, PASSPORT)
            self.officer, self.other = staff_of(trip), staff_of(trip)
            db.session.add(
                PassportOfficer(programme_id=trip.id, person_id=self.officer.id, named_by_id=self.other.id)
            )
        return delegate

    @pytest.mark.data
    def test_a_named_officer_reads_the_list_and_it_is_logged(
        self, client: Client, given: Given, trip: Programme, delegate: Any
    ) -> None:
        page = client.sign_in(self.officer).get(f"/programmes/{trip.id}/trip/delegation")

        assert "YILMAZ AYSE NUR" in page.text
        assert "Ayşe Nur Yılmaz" in page.text
        assert NUMBER in page.text
        with given():
            lines = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "read")).all()
            assert [(one.actor_id, one.entity, one.entity_id) for one in lines] == [
                (self.officer.id, "trip", trip.id)
            ]

    def test_nobody_else_does(self, client: Client, trip: Programme, delegate: Any) -> None:
        address = f"/programmes/{trip.id}/trip/delegation"
        for person in (self.other.id, delegate.person_id):
            assert client.sign_in(person).get(address).status_code == 404
            assert client.get(f"{address}/xlsx").status_code == 404

    def test_the_list_comes_as_workbook_csv_and_paper(
        self, client: Client, given: Given, trip: Programme, delegate: Any
    ) -> None:
        officer = client.sign_in(self.officer)
        address = f"/programmes/{trip.id}/trip/delegation"

        book = load_workbook(io.BytesIO(officer.get(f"{address}/xlsx").data))
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        paper = PdfReader(io.BytesIO(officer.get(f"{address}/pdf?lang=tr").data))

        assert rows[1][1:4] == ("YILMAZ AYSE NUR", "Ayşe Nur Yılmaz", "Pompa Ltd")
        assert "YILMAZ AYSE NUR" in officer.get(f"{address}/csv").text
        assert "Ayşe Nur Yılmaz" in paper.pages[0].extract_text()
        with given():
            lines = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "export")).all()
            told = ("delegation", trip.id, {"filters": {}, "rows": 1})
            assert [(one.entity, one.entity_id, one.after) for one in lines] == [told] * 3

    def test_an_officer_is_named_and_removed_by_the_organiser(
        self, client: Client, given: Given, trip: Programme, delegate: Any
    ) -> None:
        staff = client.sign_in(self.other)
        page, address = f"/programmes/{trip.id}/trip/readiness", f"/programmes/{trip.id}/trip/officers"

        assert staff.submit(page, {"person_id": str(self.other.id)}, form="officers").status_code == 303
        assert staff.get(f"/programmes/{trip.id}/trip/delegation").status_code == 200
        assert staff.send(f"{address}/remove", {"person_id": str(self.other.id)}).status_code == 303
        assert staff.get(f"/programmes/{trip.id}/trip/delegation").status_code == 404
        again = staff.submit(page, {"person_id": str(self.officer.id)}, form="officers")
        assert (again.status_code, "named already" in again.text) == (422, True)


def test_health_data_need_their_own_consent(client: Client, given: Given, trip: Programme) -> None:
    with given():
        delegate = traveller_of(trip)
    mine, address = client.sign_in(delegate.person_id or 0), f"/trip-delegates/{delegate.id}"

    refused = mine.submit(f"{address}/papers", {"diet": "No nuts"}, form=f"{address}/needs")
    kept = mine.submit(
        f"{address}/papers", {"diet": "No nuts", "needs_consent": "y"}, form=f"{address}/needs"
    )

    assert (refused.status_code, kept.status_code) == (422, 303)
    assert "needs_consent-error" in refused.text
    with given():
        papers = db.session.scalars(select(TravelPapers)).one()
        assert travel_secrets.open_needs(papers.needs_locked) == Needs("No nuts")
        assert kept_consents() == [(TravelPurpose.NEEDS, True)]

    emptied = mine.submit(f"{address}/papers", {"diet": "", "access": ""}, form=f"{address}/needs")

    assert emptied.status_code == 303
    with given():
        assert kept_consents() == [(TravelPurpose.NEEDS, False)]


def test_only_the_delegate_consents_and_withdrawing_destroys(
    client: Client, given: Given, trip: Programme
) -> None:
    with given():
        delegate = traveller_of(trip)
        paper_services.save_passport(None, frame_queries.delegate(delegate.id), PASSPORT)
    address = f"/trip-delegates/{delegate.id}"
    assert client.sign_in(staff_id(given, trip)).send(f"{address}/consent").status_code == 404
    mine = client.sign_in(delegate.person_id or 0)

    assert mine.send(f"{address}/consent").status_code == 303
    assert mine.send(f"{address}/consent/withdraw").status_code == 303

    with given():
        papers = db.session.scalars(select(TravelPapers)).one()
        consent = db.session.scalars(select(TravelConsent)).one()
        assert papers.passport_locked == ""
        assert consent.withdrawn_at is not None
        assert delegate.name in consent.text
        assert (consent.text_version, consent.language) == (travel_consents.VERSION, "en")


@pytest.mark.data
def test_a_consent_given_twice_at_once_is_kept_once(concurrently: Any, given: Given, trip: Programme) -> None:
    with given():
        number = traveller_of(trip).id

    def give() -> None:
        with unit_of_work():
            delegate = frame_queries.delegate(number)
            paper_services.give_consent(None, delegate, travel_consents.needs_text("ru"))

    assert concurrently(give, give) == [None, None]
    with given():
        assert kept_consents() == [(TravelPurpose.PASSPORT, True)]


def kept_consents() -> list[tuple[TravelPurpose, bool]]:
    """The consents of everybody, and whether each stands."""
    found = db.session.scalars(select(TravelConsent).order_by(TravelConsent.id))
    return [(one.purpose, one.withdrawn_at is None) for one in found]


def staff_id(given: Given, trip: Programme) -> int:
    """The number of somebody of the organiser's staff."""
    with given():
        return staff_of(trip).id


@pytest.mark.data
class TestReadiness:
    def test_a_delegate_becomes_ready_step_by_step(self, given: Given, trip: Programme) -> None:
        with given(), time_machine.travel(datetime(2026, 11, 26, tzinfo=UTC)):
            EntryRuleFactory(path=EntryPath.LETTER)
            delegate = frame_queries.delegate(traveller_of(trip).id)
            actor = actor_of(delegate.person_id or 0)
            lacks = missing(trip)
            paper_services.save_passport(actor, delegate, PASSPORT)
            paper_services.give_consent(actor, delegate, travel_consents.needs_text("tr"))
            paper_services.save_journey(
                actor,
                delegate,
                insurer="Insurer",
                insured_until=date(2027, 2, 1),
                arrival="",
                departure="",
                hotel="",
                emergency=Emergency("Ali", "+90"),
            )
            nearly = missing(trip)
            paper_services.set_visa(actor_of(staff_of(trip)), delegate, VisaState.GRANTED)
            ready = readiness_queries.of_trip(frame_queries.trip(trip.id))[0]

        assert lacks == ["no_passport", "visa_not_started", "no_insurance", "no_consent"]
        assert nearly == ["visa_not_started"]
        assert ready.light is Light.READY

    def test_a_firm_that_lost_its_verification_stops_its_delegates(
        self, given: Given, trip: Programme
    ) -> None:
        with given():
            traveller_of(trip, FirmFactory(country="TR", state=FirmState.SUSPENDED))
            assert readiness_queries.of_trip(frame_queries.trip(trip.id))[0].light is Light.BLOCKED

    def test_the_statements_do_not_grow_with_the_delegates(
        self, given: Given, trip: Programme, count_statements: Any
    ) -> None:
        def counted() -> int:
            with given(), count_statements() as sent:
                readiness_queries.of_trip(frame_queries.trip(trip.id))
            return len(sent)

        with given():
            traveller_of(trip)
        one = counted()
        with given():
            for _ in range(5):
                traveller_of(trip)
        assert counted() == one


def missing(trip: Programme) -> list[str]:
    """What the only delegate of a trip lacks."""
    return [
        check.why for check in readiness_queries.of_trip(frame_queries.trip(trip.id))[0].checks if check.why
    ]


@pytest.mark.data
def test_papers_are_destroyed_after_their_time_and_a_record_stays(given: Given, trip: Programme) -> None:
    with given():
        delegate = frame_queries.delegate(traveller_of(trip).id)
        paper_services.save_passport(None, delegate, PASSPORT)
        paper_services.save_needs(None, delegate, Needs("No nuts"), travel_consents.needs_text("en"))
    last_kept = datetime(2027, 1, 22, 12, tzinfo=UTC) + timedelta(days=90)

    with given(), time_machine.travel(last_kept), unit_of_work():
        before = purge.purge_papers(Due(clock.now(), 10)).records
    with given(), time_machine.travel(last_kept + timedelta(days=1)):
        after, again = (purge.purge_papers(Due(clock.now(), 10)).records for _time in range(2))

    assert (before, after, again) == (0, 1, 0)
    with given():
        papers = db.session.scalars(select(TravelPapers)).one()
        record = db.session.scalars(select(DestructionRecord)).one()
    assert (papers.passport_locked, papers.needs_locked) == ("", "")
    assert (record.people, record.programme_id) == (1, trip.id)


def test_the_office_reads_what_was_destroyed(client: Client, given: Given, trip: Programme) -> None:
    with given():
        paper_services.save_passport(None, frame_queries.delegate(traveller_of(trip).id), PASSPORT)
        purge.purge(frame_queries.trip(trip.id), reason="the test")
        officer = staff_of(trip)

    page = client.sign_in(officer).get(f"/programmes/{trip.id}/trip/readiness").text

    line = page.split("Destroyed as planned")[-1]
    assert "Passports, needs, emergency contacts, letters" in line
    assert "Values overwritten in the database" in line
