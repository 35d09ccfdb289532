"""The frame of a trip and its itinerary: planning, seats of visits, the personal version, attendance."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.calendars import personal_events
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips import frame_queries, item_services, itinerary
from matchmaker.programmes.trips.models import TripAssessment, TripFrame, TripItem, TripSeat
from tests.clients import Client
from tests.factories.firms import FirmFactory
from tests.factories.trips import (
    EntryRuleFactory,
    TripFactory,
    TripFrameFactory,
    TripItemFactory,
    staff_of,
    traveller_of,
)
from tests.matching.world import actor_of

Given = Callable[..., Any]


@pytest.mark.data
def test_the_last_seat_of_a_visit_is_given_once(app: Flask, given: Given, concurrently: Any) -> None:
    with given():
        trip = TripFactory()
        item = TripItemFactory(programme_id=trip.id, capacity=3)
        delegates = [traveller_of(trip) for _ in range(8)]
        actors = [actor_of(one.person_id or 0) for one in delegates]

    def joins(place: int) -> Callable[[], int | None]:
        def deed() -> int | None:
            with unit_of_work():
                found = frame_queries.item(item.id)
                return item_services.join(
                    actors[place], found, frame_queries.delegate(delegates[place].id)
                ).seat

        return deed

    results = concurrently(*(joins(place) for place in range(8)))

    seats = sorted(one for one in results if isinstance(one, int))
    refused = [one for one in results if isinstance(one, DomainError)]
    assert seats == [1, 2, 3]
    assert [one.field for one in refused] == ["item"] * 5
    with given():
        assert len(db.session.scalars(select(TripSeat)).all()) == 3


class TestJoining:
    @pytest.fixture
    def trip(self, session: Any) -> Programme:
        return frame_queries.trip(TripFactory().id)

    def test_a_seat_given_back_goes_to_the_next(self, trip: Programme) -> None:
        item = TripItemFactory(programme_id=trip.id, capacity=1)
        one, other = traveller_of(trip), traveller_of(trip)
        one, other = frame_queries.delegate(one.id), frame_queries.delegate(other.id)
        item_services.join(actor_of(one.person_id or 0), item, one)
        with pytest.raises(DomainError, match="taken"):
            item_services.join(actor_of(other.person_id or 0), item, other)

        item_services.leave(actor_of(one.person_id or 0), item, one)

        assert item_services.join(actor_of(other.person_id or 0), item, other).seat == 1

    def test_two_items_at_one_time_are_refused_and_one_after_the_other_not(self, trip: Programme) -> None:
        first = TripItemFactory(programme_id=trip.id)
        at_once = TripItemFactory(programme_id=trip.id, starts_at=first.starts_at + timedelta(hours=1))
        after = TripItemFactory(programme_id=trip.id, starts_at=first.ends_at)
        delegate = frame_queries.delegate(traveller_of(trip).id)
        actor = actor_of(delegate.person_id or 0)
        item_services.join(actor, first, delegate)

        with pytest.raises(DomainError, match="overlaps"):
            item_services.join(actor, at_once, delegate)
        assert item_services.join(actor, after, delegate).seat == 1

    def test_nobody_chooses_for_another_firm(self, trip: Programme) -> None:
        item = TripItemFactory(programme_id=trip.id)
        mine, theirs = traveller_of(trip), traveller_of(trip, FirmFactory(country="TR"))
        with pytest.raises(NotAllowed):
            item_services.join(actor_of(mine.person_id or 0), item, frame_queries.delegate(theirs.id))

    def test_without_a_settled_place_nothing_is_chosen(self, trip: Programme) -> None:
        item = TripItemFactory(programme_id=trip.id)
        waiting = frame_queries.delegate(traveller_of(trip, state="waiting").id)
        with pytest.raises(Conflict):
            item_services.join(actor_of(waiting.person_id or 0), item, waiting)

    def test_attendance_is_recorded_for_all_who_are_expected(self, trip: Programme) -> None:
        item = TripItemFactory(programme_id=trip.id, capacity=None)
        there, absent = traveller_of(trip), traveller_of(trip)
        stranger = traveller_of(TripFactory())
        officer = actor_of(staff_of(trip))
        with pytest.raises(Conflict):
            item_services.record_attendance(officer, frame_queries.item(item.id), [there.id])

        with time_machine.travel(item.ends_at, tick=False):
            found = frame_queries.item(item.id)
            with pytest.raises(DomainError):
                item_services.record_attendance(officer, found, [stranger.id])
            item_services.record_attendance(officer, found, [there.id])

        kept = {seat.delegate_id: seat.attended for seat in db.session.scalars(select(TripSeat))}
        assert kept == {there.id: True, absent.id: False}


class TestPages:
    @pytest.fixture
    def trip(self, given: Given) -> Programme:
        """A trip of four days from 19 January 2027, nine in the morning in Kazan."""
        with given():
            start = datetime(2027, 1, 19, 6, tzinfo=UTC)
            made: Programme = TripFactory(starts_at=start, ends_at=start + timedelta(days=3, hours=9))
            self.officer = staff_of(made)
        return made

    ITEM: dict[str, str] = {
        "kind": "visit",
        "title_en": "Pump works",
        "starts_at": "2027-01-20T09:30",
        "ends_at": "2027-01-20T11:30",
        "zone": "Europe/Moscow",
        "capacity": "12",
        "safety_note": "Closed shoes",
    }

    @pytest.mark.data
    def test_an_item_appears_on_the_page_of_the_trip(
        self, client: Client, given: Given, trip: Programme
    ) -> None:
        officer = client.sign_in(self.officer)

        answer = officer.submit(f"/programmes/{trip.id}/trip/items/new", self.ITEM)

        assert answer.status_code == 303
        with given():
            item = db.session.scalars(select(TripItem)).one()
            assert item.starts_at == datetime(2027, 1, 20, 6, 30, tzinfo=UTC)
        page = client.application.test_client().get(f"/programmes/{trip.id}").text
        assert "Pump works" in page
        assert "Wednesday" in page
        assert "12 places left" in page
        assert "Safety: Closed shoes" in page

    @pytest.mark.parametrize(
        ("changed", "field", "words"),
        [
            ({"ends_at": "2027-01-20T09:30"}, "ends_at", "The end lies before the start"),
            ({"starts_at": "2027-01-18T09:30"}, "starts_at", "outside the days"),
            ({"capacity": "0"}, "capacity", "Enter a number from 1"),
            ({"capacity": "-3"}, "capacity", "Enter a number from 1"),
            ({"title_en": ""}, "title_en", "Give the item a title"),
        ],
    )
    def test_what_cannot_be_is_named_beside_its_field(
        self, client: Client, trip: Programme, changed: dict[str, str], field: str, words: str
    ) -> None:
        answer = client.sign_in(self.officer).submit(
            f"/programmes/{trip.id}/trip/items/new", self.ITEM | changed
        )
        assert answer.status_code == 422
        assert words in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]

    def test_a_capacity_below_the_seats_taken_is_refused(
        self, client: Client, given: Given, trip: Programme
    ) -> None:
        with given():
            item = TripItemFactory(programme_id=trip.id, capacity=3)
            for seat in (1, 3):
                delegate = traveller_of(trip)
                db.session.add(TripSeat(item_id=item.id, delegate_id=delegate.id, seat=seat))
        officer = client.sign_in(self.officer)

        refused = officer.submit(f"/trip-items/{item.id}", {"capacity": "1"})
        kept = officer.submit(f"/trip-items/{item.id}", {"capacity": "2"})

        assert (refused.status_code, kept.status_code) == (422, 303)
        assert "2 places are taken already" in refused.text
        with given():
            assert sorted(one.seat for one in db.session.scalars(select(TripSeat)) if one.seat) == [1, 2]

    def test_a_delegate_chooses_a_visit_and_it_is_in_the_own_version_and_calendar(
        self, client: Client, given: Given, trip: Programme
    ) -> None:
        with given():
            TripItemFactory(programme_id=trip.id, capacity=None, title_en="Welcome", kind="official")
            visit = TripItemFactory(
                programme_id=trip.id, title_en="Foundry", starts_at=trip.starts_at + timedelta(days=1)
            )
            TripItemFactory(
                programme_id=trip.id, title_en="Not mine", starts_at=trip.starts_at + timedelta(days=2)
            )
            delegate = traveller_of(trip)
        mine = client.sign_in(delegate.person_id or 0)
        address = f"/trip-delegates/{delegate.id}"

        assert mine.send(f"{address}/items/{visit.id}/join").status_code == 303

        page = mine.get(f"{address}/itinerary").text
        own, choices = page.split('id="choose"')
        assert ("Welcome" in own, "Foundry" in own, "Not mine" in own) == (True, True, False)
        assert "Not mine" in choices
        calendar = Calendar.from_ical(mine.get(f"{address}/itinerary.ics").data)
        titles = [str(entry["summary"]) for entry in calendar.walk("VEVENT")]
        assert titles == ["Welcome", "Foundry"]

    def test_the_same_entry_moves_when_the_item_does(self, app: Flask, given: Given, trip: Programme) -> None:
        with given():
            item = TripItemFactory(programme_id=trip.id, capacity=None)
            delegate = traveller_of(trip)
        with app.test_request_context():
            before = itinerary.events_of_person(delegate.person_id or 0)
        with given():
            db.session.get_one(TripItem, item.id).ends_at += timedelta(hours=1)
        with app.test_request_context():
            after = itinerary.events_of_person(delegate.person_id or 0)

        assert [one.key for one in before] == [one.key for one in after]
        assert after[0].version == before[0].version + 1

    @pytest.mark.data
    def test_the_frame_is_kept_with_its_weights(self, client: Client, given: Given, trip: Programme) -> None:
        officer = client.sign_in(self.officer)
        address = f"/programmes/{trip.id}/trip"
        weights = {"suitability": "50", "potential": "50", "goals": "0", "experience": "0", "size": "0"}

        wrong = officer.submit(address, weights | {"size": "10"}, form=address)
        right = officer.submit(address, weights | {"hs_codes": "8481.80, 841370"}, form=address)

        assert (wrong.status_code, right.status_code) == (422, 303)
        assert "The weights add up to 100." in wrong.text
        with given():
            frame = db.session.scalars(select(TripFrame)).one()
            assert (frame.from_country, frame.hs_codes) == ("TR", ["848180", "841370"])

    def test_a_trip_is_published_once_its_plan_and_frame_say_all(
        self, client: Client, given: Given, trip: Programme
    ) -> None:
        officer = client.sign_in(self.officer)
        address = f"/programmes/{trip.id}/publish"
        missing = {
            "which country": {"country": "RU"},
            "how many firms": {"minimum": 2},
            "by which day": {"decision_on": date(2027, 1, 5)},
        }
        with given():
            draft = db.session.get_one(Programme, trip.id)
            draft.state, draft.country, draft.minimum = ProgrammeState.DRAFT, "", 0

        for words, change in missing.items():
            refused = officer.send(address)
            assert (refused.status_code, words in refused.text) == (422, True)
            with given():
                draft = db.session.get_one(Programme, trip.id)
                for name, value in change.items():
                    setattr(draft, name, value)
        unframed = officer.send(address)
        with given():
            TripFrameFactory(programme_id=trip.id)

        assert (unframed.status_code, "Save the frame" in unframed.text) == (422, True)
        assert officer.send(address).status_code == 303

    def test_the_weights_stand_once_an_assessment_is_in(
        self, client: Client, given: Given, trip: Programme
    ) -> None:
        with given():
            sign_up = traveller_of(trip, state=SignUpState.APPLIED).sign_up_id
            kept = TripAssessment(sign_up_id=sign_up, slot=1, assessor_id=self.officer.id)
            db.session.add(kept)
        officer = client.sign_in(self.officer)
        address = f"/programmes/{trip.id}/trip"
        weights = {"suitability": "40", "potential": "60", "goals": "0", "experience": "0", "size": "0"}

        before = officer.submit(address, weights, form=address)
        with given():
            db.session.get_one(TripAssessment, kept.id).submitted_at = clock.now()
        changed = officer.submit(
            address, weights | {"suitability": "30", "potential": "70", "cost_note": "Tickets"}, form=address
        )
        alike = officer.submit(address, weights | {"cost_note": "Lodging"}, form=address)

        assert [one.status_code for one in (before, changed, alike)] == [303, 422, 303]
        assert 'id="suitability-error"' in changed.text
        assert 'value="Tickets"' in changed.text
        with given():
            frame = db.session.scalars(select(TripFrame)).one()
            assert (frame.cost_note, frame.weights["suitability"]) == ("Lodging", 40)

    def test_anybody_takes_the_itinerary_into_the_calendar_and_a_delegate_gets_the_own_items_once(
        self, client: Client, given: Given, trip: Programme
    ) -> None:
        with given():
            seminar = TripItemFactory(programme_id=trip.id, capacity=None, title_en="Seminar")
            visit = TripItemFactory(programme_id=trip.id, title_en="Visit of the works")
            delegate = traveller_of(trip)
        address = f"/programmes/{trip.id}/calendar"

        before = Calendar.from_ical(client.get(address).data).walk("VEVENT")
        with given():
            db.session.get_one(TripItem, visit.id).starts_at += timedelta(minutes=30)
        after = Calendar.from_ical(client.get(address).data).walk("VEVENT")
        with client.application.test_request_context():
            mine = [one.key for one in personal_events(delegate.person_id or 0)]

        assert [str(one["SUMMARY"]) for one in before] == ["Seminar", "Visit of the works"]
        assert [one["UID"] for one in before] == [one["UID"] for one in after]
        assert after[1]["SEQUENCE"] == before[1]["SEQUENCE"] + 1
        assert sorted(mine) == [f"programme-{trip.id}", f"trip-item-{seminar.id}-{delegate.id}"]

    def test_a_destination_lies_within_the_days_of_the_trip(self, client: Client, trip: Programme) -> None:
        officer = client.sign_in(self.officer)
        address = f"/programmes/{trip.id}/trip"
        days = {"city": "Kazan", "from_on": "19.01.2027", "to_on": "21.01.2027"}

        outside = officer.submit(address, days | {"to_on": "25.01.2027"}, form="destinations")
        inside = officer.submit(address, days, form="destinations")

        assert (outside.status_code, inside.status_code) == (422, 303)
        assert "Kazan (" in officer.get(f"/programmes/{trip.id}").text

    def test_the_page_warns_of_what_the_rules_of_entry_say(
        self, client: Client, given: Given, trip: Programme
    ) -> None:
        page = f"/programmes/{trip.id}"
        with time_machine.travel(datetime(2027, 1, 17, 9, tzinfo=UTC)):
            assert "No rule of entry is recorded" in client.get(page).text
            with given():
                EntryRuleFactory(lead_days=4, longest_stay_days=2)
            shown = client.get(page).text
        assert "had to be asked for by 15 January 2027" in shown
        assert "may stay 2 days; the trip takes 4" in shown

    def test_an_item_that_is_cancelled_is_struck_out_everywhere(
        self, client: Client, given: Given, trip: Programme
    ) -> None:
        with given():
            item = TripItemFactory(programme_id=trip.id, capacity=None, title_en="Seminar")
            delegate = traveller_of(trip)
        client.sign_in(self.officer).send(f"/trip-items/{item.id}/cancel")

        assert "<s>Seminar</s>" in client.get(f"/programmes/{trip.id}").text
        with client.application.test_request_context():
            assert [one.cancelled for one in itinerary.events_of_person(delegate.person_id or 0)] == [True]
        assert item.starts_at > clock.now()
