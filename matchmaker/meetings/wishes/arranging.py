"""Meetings that staff arrange themselves: of two firms or more, within one side where the day allows it, in an order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.engines.fit.facts import Fit
from matchmaker.firms.names import reader_name
from matchmaker.meetings import places
from matchmaker.meetings.enums import MeetingOrigin, MeetingState, MeetingVerb, StepVerb
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingEvent, MeetingOrder
from matchmaker.meetings.setup.frame_services import to_change
from matchmaker.meetings.wishes import arranging_queries, asking_queries, queries, rules
from matchmaker.meetings.wishes.choosing import new_meeting

ENTITY = "meeting"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What staff say of a meeting: firms by number of the participant, what narrows its time, what it comes after."""

    firms: Sequence[int]
    topic: str = ""
    must: bool = False
    block_id: int | None = None
    fixed_slot_id: int | None = None
    earlier_id: int | None = None


def arrange(actor: Actor, day: B2bDay, wanted: Arrangement) -> Meeting:
    """Have firms meet that did not ask for it; the engine or staff find the time.

    Raises NotAllowed, Conflict once the day is over, DomainError at the field: fewer than two firms or too many, firms
    that may not meet or of which one said no, firms of one side only where the day does not allow it, a meeting that is
    there already, an order that leads back to itself.
    """
    arranging = Arranging(actor, day, [wanted.firms])
    meeting = arranging.add(wanted)
    db.session.flush()
    if wanted.earlier_id is not None:
        _follow(arranging.day, meeting, wanted.earlier_id)
    arranging.write()
    return meeting


class Arranging:
    """One meeting or a list of them, behind the lock of the day: what judging them needs is read once.

    `groups` are the firms of the meetings by number of the participant. Raises NotAllowed, Conflict once the day is over.
    """

    def __init__(self, actor: Actor, day: B2bDay, groups: Iterable[Sequence[int]]) -> None:
        self.actor, self.day = actor, to_change(actor, day)
        wanted = [tuple(dict.fromkeys(one)) for one in groups]
        numbers = {number for group in wanted for number in group}
        self._firms = {one.id: one for one in queries.expected(self.day) if one.id in numbers}
        self._shut = queries.apart([one.firm_id for one in self._firms.values()])
        self._refused = asking_queries.refusals(self._firms)
        self._keys = arranging_queries.living_keys(self.day.id, [rules.living_key(one) for one in wanted])
        there = [[self._firms[one].firm_id for one in group if one in self._firms] for group in wanted]
        self._fits = queries.fits(pair for group in there for pair in combinations(group, 2))
        self._added: list[Meeting] = []

    def add(self, wanted: Arrangement) -> Meeting:
        """Add a meeting to be written; raises DomainError as `arrange` does, and has done nothing then."""
        firms = self._judged(wanted.firms)
        key = rules.living_key([one.id for one in firms])
        if key in self._keys:
            raise DomainError(_("These firms have a meeting already."), "firms")
        meeting = new_meeting(self.day, firms, self._fit(firms))
        meeting.origin, meeting.living_key, meeting.must = MeetingOrigin.STAFF, key, wanted.must
        meeting.topic, meeting.block_id, meeting.fixed_slot_id = (
            wanted.topic,
            wanted.block_id,
            wanted.fixed_slot_id,
        )
        meeting.language, meeting.pair = rules.spoken_by_all([one.languages for one in firms])
        db.session.add(meeting)
        self._keys.add(key)
        self._added.append(meeting)
        return meeting

    def write(self) -> None:
        """Store what was added, and who did it."""
        db.session.flush()
        for meeting in self._added:
            _note(self.actor, meeting, MeetingVerb.CHOOSE)
        self._added.clear()
        db.session.flush()

    def _judged(self, numbers: Sequence[int]) -> list[DayParticipant]:
        firms = [self._firms[number] for number in dict.fromkeys(numbers) if number in self._firms]
        if len(firms) != len(set(numbers)) or not 2 <= len(firms) <= rules.MOST_PARTIES:
            raise DomainError(_("Choose two to %(most)s firms.", most=rules.MOST_PARTIES), "firms")
        if not self.day.same_side and len({one.firm.country for one in firms}) < 2:
            raise DomainError(_("Firms of one side do not meet each other on this day."), "firms")
        for one, other in combinations(firms, 2):
            refused = frozenset((one.id, other.id)) in self._refused
            if refused or self._shut.keeps(one.firm_id, other.firm_id):
                names = (reader_name(one.firm), reader_name(other.firm))
                told = _(
                    "%(one)s and %(other)s may not meet, or one of them said no.",
                    one=names[0],
                    other=names[1],
                )
                raise DomainError(told, "firms")
        return firms

    def _fit(self, firms: Sequence[DayParticipant]) -> Fit | None:
        """The least fit of two of the firms: a meeting is worth as much as it is to those who get least of it."""
        pairs = [(one.firm_id, other.firm_id) for one, other in combinations(firms, 2)]
        found = (self._fits[pair] for pair in pairs if pair in self._fits)
        return min(found, key=lambda fit: fit.total, default=None)


def _follow(day: B2bDay, meeting: Meeting, earlier_id: int) -> None:
    """The meeting is held strictly after another; a new meeting has nothing after it, so no circle can arise."""
    if earlier_id not in {one.id for one in arranging_queries.living(day.id)} - {meeting.id}:
        raise DomainError(_("This meeting does not stand any more."), "earlier_id")
    db.session.add(MeetingOrder(meeting_id=meeting.id, earlier_id=earlier_id))


def call_off(actor: Actor, day: B2bDay, meeting_id: int) -> Meeting:
    """End a meeting that staff arranged; its time and table are free again.

    Raises NotAllowed, NotFound, Conflict where it was held or is locked.
    """
    day = to_change(actor, day)
    meeting = arranging_queries.arranged(day.id, meeting_id)
    if meeting.state is MeetingState.PLACED:
        places.change(actor, day, StepVerb.UNPLACE, {meeting.id: None})
        meeting = arranging_queries.arranged(day.id, meeting_id)
    if meeting.state is not MeetingState.WISHED:
        raise Conflict(_("This meeting does not stand any more."))
    meeting.state, meeting.living_key, meeting.ended_at = MeetingState.CANCELLED, None, clock.now()
    _note(actor, meeting, MeetingVerb.CANCEL)
    db.session.flush()
    return meeting


def _note(actor: Actor, meeting: Meeting, verb: MeetingVerb) -> None:
    db.session.add(
        MeetingEvent(meeting_id=meeting.id, verb=verb, state=meeting.state, person_id=actor.person_id)
    )
    after = {"state": meeting.state, "firms": meeting.living_key, "origin": meeting.origin}
    audit.record(
        actor, "arrange" if verb is MeetingVerb.CHOOSE else "call_off", ENTITY, meeting.id, after=after
    )
