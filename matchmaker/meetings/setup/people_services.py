"""Writes of the people whom firms send to a day, with the tokens of their badges."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.firms.models import ContactPerson
from matchmaker.meetings import leavers
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.models import DayParticipant, DayPerson, MeetingBooking, MeetingParty
from matchmaker.meetings.setup import firm_queries, rules
from matchmaker.meetings.setup.rules import PersonOf
from matchmaker.programmes.models import Delegate

ENTITY = "day_person"
MOST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Name:
    """What is said of somebody who comes; account_id is that of a member of the firm, if any."""

    name: str
    name_romanised: str = ""
    position: str = ""
    languages: Sequence[str] = ()
    account_id: int | None = None


def new_token() -> str:
    """The text of a badge's QR code: random, so that it tells nothing and cannot be guessed."""
    return secrets.token_urlsafe(24)


def person_of_contact(contact: ContactPerson) -> DayPerson:
    """A contact person of a firm as one who comes."""
    return DayPerson(
        person_id=contact.person_id,
        name=contact.name,
        name_romanised=contact.name_romanised,
        position=contact.position,
        languages=list(contact.languages or []),
        badge_token=new_token(),
    )


def add_delegates(participant: DayParticipant, delegates: Sequence[Delegate]) -> None:
    """Bring the firm's people in step with the delegates who travel; a delegate who was replaced has left."""
    known = {one.delegate_id for one in participant.people}
    participant.people.extend(_people_of([one for one in delegates if one.id not in known]))
    travelling = {one.id for one in delegates}
    for person in participant.people:
        if person.delegate_id is not None and person.delegate_id not in travelling and person.left_at is None:
            person.left_at = clock.now()
    db.session.flush()


def _people_of(delegates: Sequence[Delegate]) -> list[DayPerson]:
    contacts = firm_queries.languages_of_contacts([one.contact_id for one in delegates if one.contact_id])
    return [
        DayPerson(
            person_id=one.person_id,
            delegate_id=one.id,
            name=one.name,
            name_romanised=one.name_romanised,
            position=one.position,
            languages=rules.joined([[one.language], contacts.get(one.contact_id or 0, [])]),
            badge_token=new_token(),
        )
        for one in delegates
    ]


def add_person(actor: Actor, participant: DayParticipant, who: Name) -> DayPerson:
    """Let somebody more of a firm come; each is one more meeting that it can hold at the same time.

    Raises NotAllowed, Conflict once the day is over, DomainError at `name` where too many come.
    """
    return add_person_behind(actor, _to_change(actor, participant), who)


def add_person_behind(actor: Actor, participant: DayParticipant, who: Name) -> DayPerson:
    """The same for whoever has locked the day of the firm already."""
    if sum(one.left_at is None for one in participant.people) >= MOST_PEOPLE:
        raise DomainError(_("At most %(most)s people of a firm come.", most=MOST_PEOPLE), "name")
    row = DayPerson(badge_token=new_token())
    _write(participant, row, who)
    participant.people.append(row)
    db.session.flush()
    audit.record(actor, "add", ENTITY, row.id, after=_told(participant, row))
    db.session.flush()
    return row


def change_person(actor: Actor, person: PersonOf, who: Name) -> DayPerson:
    """Put right what is written of somebody; raises NotAllowed, Conflict."""
    return change_person_behind(actor, PersonOf(*_person(actor, person)), who)


def change_person_behind(actor: Actor, person: PersonOf, who: Name) -> DayPerson:
    """The same for whoever has locked the day of the firm already; what stands already is no news."""
    participant, row = person.participant, person.row
    before = _told(participant, row)
    _write(participant, row, who)
    if not db.session.is_modified(row):
        return row
    audit.record(actor, "change", ENTITY, row.id, before, _told(participant, row))
    db.session.flush()
    return row


def take_over(actor: Actor, person: PersonOf, who: Name) -> DayPerson:
    """Let somebody else come instead, for good: all meetings go over, the old badge opens nothing any more.

    Raises NotAllowed, Conflict once the day is over or where the person has left already.
    """
    participant, row = _person(actor, person)
    new = DayPerson(badge_token=new_token())
    _write(participant, new, who)
    return _hand_over(actor, participant, row, new)


def swap_delegate(actor: Actor, participant: DayParticipant, row: DayPerson, entering: Delegate) -> DayPerson:
    """The same where the firm sends another delegate to the whole programme; for whoever has locked the day."""
    (new,) = _people_of([entering])
    return _hand_over(actor, participant, row, new)


def _hand_over(actor: Actor, participant: DayParticipant, row: DayPerson, new: DayPerson) -> DayPerson:
    new.participant_id = participant.id
    db.session.add(new)
    db.session.flush()
    for meeting in firm_queries.told_meetings_of(row.id):
        meeting.sequence += 1
        leavers.note_one(meeting.id, gone=[row.id], come=[])
    for model in (MeetingBooking, MeetingParty):
        db.session.execute(update(model).where(model.person_id == row.id).values(person_id=new.id))
    row.left_at = clock.now()
    audit.record(actor, "take_over", ENTITY, new.id, _told(participant, row), _told(participant, new))
    db.session.flush()
    return new


def remove_person(actor: Actor, person: PersonOf) -> None:
    """Somebody does not come; raises NotAllowed, Conflict, DomainError where meetings count on the person."""
    remove_person_behind(actor, PersonOf(*_person(actor, person)))


def remove_person_behind(actor: Actor, person: PersonOf) -> None:
    """The same for whoever has locked the day of the firm already."""
    participant, row = person.participant, person.row
    booked = select(func.count()).select_from(MeetingBooking).where(MeetingBooking.person_id == row.id)
    if db.session.scalar(booked):
        raise DomainError(_("%(name)s has meetings. Say who takes over instead.", name=row.name))
    row.left_at = clock.now()
    audit.record(actor, "remove", ENTITY, row.id, _told(participant, row))
    db.session.flush()


def _to_change(actor: Actor, participant: DayParticipant) -> DayParticipant:
    if not rules.may_say_who_comes(actor, participant):
        raise NotAllowed(_("You do not have permission for this."))
    participant = day_queries.locked_participant(participant.id)
    if participant.day.state in day_rules.ENDED:
        raise Conflict(_("This B2B day is over and is not changed any more."))
    return participant


def _person(actor: Actor, person: PersonOf) -> tuple[DayParticipant, DayPerson]:
    participant = _to_change(actor, person.participant)
    row = next((one for one in participant.people if one.id == person.row.id and one.left_at is None), None)
    if row is None:
        raise Conflict(_("This person does not come any more."))
    return participant, row


def _write(participant: DayParticipant, row: DayPerson, who: Name) -> None:
    for name, value in asdict(who).items():
        if name != "account_id":
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
    if who.account_id is None:
        return
    if who.account_id in {number for number, _name in firm_queries.accounts(participant.firm_id)}:
        row.person_id = who.account_id


def _told(participant: DayParticipant, row: DayPerson) -> dict[str, Any]:
    return {
        "participant": participant.id,
        "person": row.person_id,
        "languages": row.languages,
        "number": row.id,
    }
