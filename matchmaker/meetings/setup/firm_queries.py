"""Reads of who takes part in a day: firms that could be added, people, what the trip's records say of them."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.firms.enums import ConsentPurpose, FirmState
from matchmaker.firms.models import ContactPerson, Firm, FirmLanguage, FirmMember
from matchmaker.matching import finding
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.models import B2bDay, DayParticipant, DayPerson, Meeting, MeetingBooking
from matchmaker.meetings.setup.rules import PersonOf
from matchmaker.programmes.models import Delegate
from matchmaker.programmes.trips import frame_queries
from matchmaker.programmes.trips.models import TravelPapers


def person(day_person_id: int) -> PersonOf:
    """Somebody at a day with the firm and the day; raises NotFound."""
    found = existing(db.session.get(DayPerson, day_person_id))
    return PersonOf(day_queries.participant(found.participant_id), found)


def travelling(day: B2bDay) -> dict[int, list[Delegate]]:
    """The delegates who travel by sign-up, firms only, in order of arrival."""
    found: dict[int, list[Delegate]] = {}
    for one in frame_queries.delegates(day.programme_id):
        if one.sign_up.firm_id is not None:
            found.setdefault(one.sign_up_id, []).append(one)
    return found


def languages_of_contacts(numbers: list[int]) -> dict[int, list[str]]:
    """The languages of contact persons by number."""
    rows = db.session.execute(
        select(ContactPerson.id, ContactPerson.languages).where(ContactPerson.id.in_(numbers))
    )
    return {row[0]: list(row[1] or []) for row in rows}


def languages_of_firm(firm_id: int) -> list[str]:
    """The languages that the profile of a firm names."""
    rows = select(FirmLanguage.language).where(FirmLanguage.firm_id == firm_id).order_by(FirmLanguage.id)
    return list(db.session.scalars(rows))


def accounts(firm_id: int) -> list[tuple[int, str]]:
    """The people of a firm who have an account, by name."""
    rows = db.session.execute(
        select(Person.id, Person.name)
        .join(FirmMember, FirmMember.person_id == Person.id)
        .where(FirmMember.firm_id == firm_id)
        .order_by(Person.name, Person.id)
    )
    return [(row[0], row[1]) for row in rows]


def named_contacts(firms: Collection[int]) -> dict[int, list[ContactPerson]]:
    """The contact persons of firms who agreed to be disclosed to partners, by firm in the order of their naming."""
    rows = db.session.scalars(
        select(ContactPerson)
        .where(ContactPerson.firm_id.in_(firms))
        .options(selectinload(ContactPerson.consents))
        .order_by(ContactPerson.id)
    )
    found: dict[int, list[ContactPerson]] = {}
    for one in rows:
        if one.consented(ConsentPurpose.DISCLOSURE):
            found.setdefault(one.firm_id, []).append(one)
    return found


def firms_to_add(day: B2bDay, text: str) -> list[Firm]:
    """Verified firms of the countries of the memorandum that staff may mean and that do not take part yet."""
    return _addable(day, finding.meant(text[:200])) if text.strip() else []


def firms_of_numbers(day: B2bDay, numbers: Collection[int]) -> dict[int, Firm]:
    """Those of some firms that can be added, with their languages, by number."""
    found = select(Firm).where(Firm.id.in_(numbers)).options(selectinload(Firm.languages))
    return {one.id: one for one in _addable(day, db.session.scalars(found))}


def _addable(day: B2bDay, meant: Iterable[Firm]) -> list[Firm]:
    countries = {party.institution.country for party in day.programme.mou.parties}
    there = set(db.session.scalars(select(DayParticipant.firm_id).where(DayParticipant.day_id == day.id)))
    return [
        one
        for one in meant
        if one.state is FirmState.VERIFIED and one.country in countries and one.id not in there
    ]


def journeys(participant: DayParticipant) -> list[tuple[str, str, str]]:
    """Name, arrival and departure of the firm's people, as the records of the trip say them."""
    numbers = [one.delegate_id for one in participant.people if one.delegate_id and one.left_at is None]
    rows = db.session.scalars(
        select(TravelPapers)
        .where(TravelPapers.delegate_id.in_(numbers))
        .options(joinedload(TravelPapers.delegate))
        .order_by(TravelPapers.delegate_id)
    )
    return [(one.delegate.name, one.arrival, one.departure) for one in rows if one.arrival or one.departure]


def told_meetings_of(day_person_id: int) -> list[Meeting]:
    """The meetings of somebody at the day that calendars were told of."""
    booked = select(MeetingBooking.meeting_id).where(MeetingBooking.person_id == day_person_id)
    found = select(Meeting).where(Meeting.id.in_(booked), Meeting.sequence > 0).order_by(Meeting.id)
    return list(db.session.scalars(found))


def slots_of_firms(participants: Collection[int]) -> dict[int, set[int]]:
    """The slots at which somebody of a firm is at a meeting, by number of the participant."""
    rows = (
        select(DayPerson.participant_id, MeetingBooking.slot_id)
        .join(MeetingBooking, MeetingBooking.person_id == DayPerson.id)
        .where(DayPerson.participant_id.in_(participants))
    )
    found: dict[int, set[int]] = {}
    for number, slot in db.session.execute(rows):
        found.setdefault(number, set()).add(slot)
    return found
