"""Released versions: numbered, with their changes, and only those whose own agenda changed are told."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.institutions.models import Institution
from matchmaker.meetings.enums import DayState, MeetingState
from matchmaker.meetings.models import DayPerson
from matchmaker.meetings.plan import agenda_calendar, queries, services, takeover, versions
from matchmaker.notifications.models import Notice
from matchmaker.programmes.models import Programme
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import official
from tests.matching.world import actor_of
from tests.meetings.plan.hall import Hall

pytestmark = pytest.mark.data


class Office:
    """A hall run by a coordinator, in which each firm sends one person with an account."""

    def __init__(self, people: int = 1) -> None:
        self.hall = Hall(slots=3, people=people)
        programme = db.session.get_one(Programme, self.hall.day.programme_id)
        institution = db.session.get_one(Institution, programme.institution_id)
        person = official(institution, InstitutionRole.COORDINATOR)
        self.actor = actor_of(person.id)
        self.accounts = {}
        for one in (*self.hall.own, *self.hall.foreign):
            self.accounts[one.id] = PersonFactory().id
            self.hall.people(one)[0].person_id = self.accounts[one.id]
        self.hall.refresh()

    def release(self) -> list[int]:
        """Release a version; who was told."""
        before = set(db.session.scalars(select(Notice.id)))
        versions.release(self.actor, self.hall.day)
        self.hall.refresh()
        told = select(Notice.person_id).where(Notice.id.not_in(before or {0}))
        return sorted(db.session.scalars(told))


def test_the_first_version_publishes_the_day(session: Any) -> None:
    office = Office()
    office.hall.put(0, 0, 0, 0)

    told = office.release()

    hall = office.hall
    assert hall.day.state is DayState.PUBLISHED
    assert hall.wish(0, 0).told_slot_id == hall.slots[0].id
    assert told == sorted(office.accounts[one.id] for one in (hall.own[0], hall.foreign[0]))


def test_changes_that_nobody_saw_on_the_page_are_not_released(session: Any) -> None:
    office = Office()
    office.hall.put(0, 0, 0, 0)
    seen = office.hall.day.plan_step
    office.hall.put(1, 1, 0, 1)

    with pytest.raises(DomainError, match="changed after you opened this page"):
        versions.release(office.actor, office.hall.day, seen=seen)

    assert queries.last_version(office.hall.day.id) is None
    assert versions.release(office.actor, office.hall.day, seen=office.hall.day.plan_step).number == 1


def test_only_those_whose_own_agenda_changed_are_told(session: Any) -> None:
    office = Office()
    hall = office.hall
    hall.put(0, 0, 0, 0)
    hall.put(1, 1, 0, 1)
    office.release()

    services.place(office.actor, hall.day, hall.wish(0, 0).id, 2, hall.tables[0].id)
    told = office.release()

    assert told == sorted(office.accounts[one.id] for one in (hall.own[0], hall.foreign[0]))
    last = queries.last_version(hall.day.id)
    assert last is not None
    assert (last.number, last.told) == (2, 2)
    assert [one["meeting"] for one in last.changes] == [hall.wish(0, 0).id]
    moved, stayed = hall.wish(0, 0), hall.wish(1, 1)
    assert (moved.told_before_id, moved.sequence) == (hall.slots[0].id, 2)
    assert (stayed.told_before_id, stayed.sequence) == (None, 1)


def test_a_version_without_a_change_is_refused(session: Any) -> None:
    office = Office()
    office.hall.put(0, 0, 0, 0)
    office.release()

    with pytest.raises(Conflict):
        office.release()


def test_a_moved_meeting_stays_the_same_entry_and_a_lost_one_is_struck_out(session: Any) -> None:
    office = Office()
    hall = office.hall
    hall.put(0, 0, 0, 0)
    office.release()
    person = office.accounts[hall.own[0].id]
    first = agenda_calendar.of_person(person)

    services.place(office.actor, hall.day, hall.wish(0, 0).id, 1, hall.tables[1].id)
    office.release()
    second = agenda_calendar.of_person(person)

    assert [one.key for one in first] == [one.key for one in second]
    assert (first[0].version, second[0].version) == (1, 2)
    assert second[0].starts == hall.slots[1].starts_at
    assert not second[0].cancelled
    assert agenda_calendar.of_person(office.accounts[hall.own[1].id]) == []


def test_a_colleague_takes_over_but_is_in_one_place_at_a_time(session: Any) -> None:
    office = Office(people=2)
    hall = office.hall
    hall.put(0, 0, 0, 0)
    office.release()
    colleague = hall.people(hall.own[0])[1].id
    before = agenda_calendar.of_person(office.accounts[hall.own[0].id])[0]
    hall.wish(0, 0).locked = True
    meeting = queries.meeting_to_take_over(hall.wish(0, 0).id)

    takeover.take_over(office.actor, meeting, colleague)

    hall.refresh()
    meeting = queries.meeting_to_take_over(hall.wish(0, 0).id)
    assert colleague in {one.person_id for one in meeting.bookings}
    assert (meeting.state, meeting.sequence, meeting.locked) == (MeetingState.PLACED, 2, True)
    after = agenda_calendar.of_person(office.accounts[hall.own[0].id])[0]
    assert (after.key, after.version, after.cancelled) == (before.key, before.version + 1, True)
    assert not before.cancelled
    services.place(office.actor, hall.day, hall.wish(0, 1).id, 0, hall.tables[1].id)
    hall.refresh()
    with pytest.raises(DomainError) as caught:
        takeover.take_over(office.actor, queries.meeting_to_take_over(hall.wish(0, 1).id), colleague)
    assert caught.value.field == "person"
    stranger = db.session.scalars(
        select(DayPerson.id).where(DayPerson.participant_id == hall.own[1].id)
    ).first()
    with pytest.raises(DomainError):
        takeover.take_over(office.actor, queries.meeting_to_take_over(meeting.id), stranger or 0)
