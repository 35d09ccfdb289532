"""Writes of which firms take part in a day, when they are there and how many meetings they take."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.firms.models import ContactPerson, Firm
from matchmaker.meetings import queries
from matchmaker.meetings.enums import MeetingState, MeetingVerb, ParticipantState
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingEvent, MeetingParty
from matchmaker.meetings.setup import firm_queries, rules
from matchmaker.meetings.setup.frame_services import to_change
from matchmaker.meetings.setup.people_services import add_delegates, person_of_contact
from matchmaker.programmes.models import Delegate

ENTITY = "day_participant"
UNPLACED = (MeetingState.PENDING, MeetingState.WISHED)


@dataclass(frozen=True, slots=True)
class Presence:
    """What staff say of a firm at the day; closed holds positions of slots."""

    languages: Sequence[str]
    least: int | None
    most: int | None
    arrives_at: datetime | None
    leaves_at: datetime | None
    closed: Sequence[int]


def take_from_trip(actor: Actor, day: B2bDay) -> int:
    """Bring the firms of the day in step with the trip: firms that travel, their delegates, those who left.

    Answers how many firms are new. Raises NotAllowed, Conflict once the day is over.
    """
    day = to_change(actor, day)
    there = {one.firm_id: one for one in queries.participants(day.id)}
    new = 0
    for sign_up_id, delegates in firm_queries.travelling(day).items():
        firm_id = delegates[0].sign_up.firm_id or 0
        participant = there.get(firm_id)
        if participant is None:
            participant = _participant(actor, day, firm_id, sign_up_id)
            new += 1
        participant.sign_up_id = sign_up_id
        _take_delegates(participant, delegates)
    audit.record(actor, "take_from_trip", "b2b_day", day.id, after={"new": new})
    db.session.flush()
    return new


def _take_delegates(participant: DayParticipant, delegates: list[Delegate]) -> None:
    add_delegates(participant, delegates)
    if not participant.languages:
        participant.languages = rules.joined(one.languages for one in participant.people)


def add_firm(actor: Actor, day: B2bDay, firm_id: int) -> DayParticipant:
    """Let a verified firm take part without the trip; its disclosed contact persons are its people, the first comes.

    Raises NotAllowed, Conflict once the day is over, DomainError at firm_id where it takes part already or is no
    verified firm of the memorandum's countries.
    """
    day = to_change(actor, day)
    found = firm_queries.firms_of_numbers(day, [firm_id])
    contacts = firm_queries.named_contacts(found)
    return add_firm_behind(actor, day, found.get(firm_id), contacts.get(firm_id, []))


def add_firm_behind(
    actor: Actor, day: B2bDay, firm: Firm | None, contacts: Sequence[ContactPerson]
) -> DayParticipant:
    """The same for whoever has locked the day already and read the firm, None where it can not be added."""
    if firm is None:
        raise DomainError(
            _("Only verified firms of the two sides that do not take part yet can be added."), "firm_id"
        )
    participant = _participant(actor, day, firm.id, None)
    participant.day, participant.firm = day, firm
    participant.people = [person_of_contact(one) for one in contacts[:1]]
    spoken = rules.joined(one.languages for one in contacts[:1])
    participant.languages = spoken or [one.language for one in firm.languages]
    db.session.flush()
    return participant


def _participant(actor: Actor, day: B2bDay, firm_id: int, sign_up_id: int | None) -> DayParticipant:
    made = DayParticipant(
        day_id=day.id, firm_id=firm_id, sign_up_id=sign_up_id, languages=[], closed=[], people=[]
    )
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "add", ENTITY, made.id, after={"day": day.id, "firm": firm_id, "sign_up": sign_up_id})
    return made


def set_presence(actor: Actor, participant: DayParticipant, presence: Presence) -> DayParticipant:
    """Say what languages a firm speaks at the day, when it is there and how many meetings it takes.

    Raises NotAllowed, Conflict once the day is over, DomainError at the field: also where a meeting is placed at a time
    at which it would not be there.
    """
    to_change(actor, participant.day)
    participant = queries.locked_participant(participant.id)
    taken = firm_queries.slots_of_firms([participant.id]).get(participant.id, set())
    return set_presence_behind(actor, participant, presence, taken)


def set_presence_behind(
    actor: Actor, participant: DayParticipant, presence: Presence, taken: Collection[int]
) -> DayParticipant:
    """The same for whoever has locked the day already; `taken` are the slots at which the firm has meetings.

    What stands already is no news, also where a meeting was held before a firm came that was late.
    """
    before, wanted = _said(participant), _said(presence)
    if before == wanted:
        return participant
    day = participant.day
    least = day.least if presence.least is None else presence.least
    if presence.most is not None and presence.most < least:
        raise DomainError(_("The limit lies below the guaranteed minimum."), "most")
    if presence.arrives_at and presence.leaves_at and presence.leaves_at <= presence.arrives_at:
        raise DomainError(_("The firm leaves before it arrives."), "leaves_at")
    _refuse_taken(day, presence, taken)
    for name, value in wanted.items():
        setattr(participant, name, value)
    audit.record(actor, "change", ENTITY, participant.id, _told(before), _told(wanted))
    db.session.flush()
    return participant


def say_when_free(
    actor: Actor, participant: DayParticipant, languages: Sequence[str], free: Sequence[int], most: int | None
) -> DayParticipant:
    """What a firm itself says, while wishes are taken.

    Raises NotAllowed for others, Conflict afterwards, DomainError at `free` where no time is left and at `most` where
    the limit lies above that of the day.
    """
    if not rules.may_say_when_free(actor, participant):
        raise NotAllowed(_("You say this for your own firm."))
    participant = queries.locked_participant(participant.id)
    if not rules.takes_wishes(participant.day, clock.now()):
        raise Conflict(_("Wishes are not taken any more. Ask the staff of the day to change this."))
    if not free:
        raise DomainError(_("Mark at least one time."), "free")
    if most is not None and participant.day.most is not None and most > participant.day.most:
        told = _("A firm has at most %(most)s meetings on this day.", most=participant.day.most)
        raise DomainError(told, "most")
    before = _said(participant)
    participant.closed = [one.position for one in participant.day.slots if one.position not in free]
    participant.languages, participant.most = list(languages), most
    audit.record(actor, "say_when_free", ENTITY, participant.id, _told(before), _told(_said(participant)))
    db.session.flush()
    return participant


def withdraw(actor: Actor, participant: DayParticipant) -> DayParticipant:
    """Take a firm out before the day; its meetings without a place end with it.

    Raises NotAllowed, Conflict once the day is over, and DomainError where meetings of it are placed: a repair of the
    timetable frees them and offers the others something else.
    """
    to_change(actor, participant.day)
    return withdraw_behind(actor, queries.locked_participant(participant.id))


def withdraw_behind(actor: Actor, participant: DayParticipant) -> DayParticipant:
    """The same for whoever has locked the day already."""
    meetings = db.session.scalars(
        select(Meeting).join(MeetingParty).where(MeetingParty.participant_id == participant.id)
    ).all()
    if any(one.state is MeetingState.PLACED for one in meetings):
        raise DomainError(
            _(
                "Meetings of this firm have a time already. Record its cancellation on the page of the running day."
            )
        )
    for one in meetings:
        if one.state in UNPLACED:
            one.state, one.living_key, one.ended_at = MeetingState.CANCELLED, None, clock.now()
            db.session.add(
                MeetingEvent(
                    meeting_id=one.id, verb=MeetingVerb.CANCEL, state=one.state, person_id=actor.person_id
                )
            )
    participant.state = ParticipantState.CANCELLED
    audit.record(actor, "withdraw", ENTITY, participant.id, after={"state": participant.state})
    db.session.flush()
    return participant


def bring_back(actor: Actor, participant: DayParticipant) -> DayParticipant:
    """Let a firm that was taken out take part again; raises NotAllowed, Conflict."""
    to_change(actor, participant.day)
    return bring_back_behind(actor, queries.locked_participant(participant.id))


def bring_back_behind(actor: Actor, participant: DayParticipant) -> DayParticipant:
    """The same for whoever has locked the day already."""
    if participant.state is ParticipantState.EXPECTED:
        raise Conflict(_("This firm takes part already."))
    participant.state = ParticipantState.EXPECTED
    audit.record(actor, "bring_back", ENTITY, participant.id, after={"state": participant.state})
    db.session.flush()
    return participant


def _refuse_taken(day: B2bDay, presence: Presence, taken: Collection[int]) -> None:
    for one in day.slots:
        early = presence.arrives_at is not None and one.starts_at < presence.arrives_at
        late = presence.leaves_at is not None and one.ends_at > presence.leaves_at
        shut = one.position in presence.closed
        if one.id in taken and (early or late or shut):
            told = day.time_of(one.starts_at)
            field = "arrives_at" if early else "leaves_at" if late else "closed"
            raise DomainError(_("Meetings are placed at %(times)s. Move them first.", times=told), field)


def _said(of: DayParticipant | Presence) -> dict[str, Any]:
    kept = {name: getattr(of, name) for name in Presence.__dataclass_fields__}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}


def _told(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in said.items()}
