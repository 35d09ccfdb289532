"""The meetings of one firm as it was told last: for its page, its paper and its calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import pgettext

from matchmaker.core import zones
from matchmaker.core.i18n import language
from matchmaker.firms import queries as firm_queries
from matchmaker.firms.models import Firm
from matchmaker.firms.names import ShownName, in_reader_letters, place_name, shown_name
from matchmaker.matching.fitting import fit_of
from matchmaker.matching.reasons import explain
from matchmaker.meetings.enums import BlockKind, MeetingState
from matchmaker.meetings.models import DayInterpreter, DayParticipant, DayPerson, Meeting
from matchmaker.meetings.plan import queries
from matchmaker.meetings.words import block_name

STATES = {
    MeetingState.PLACED: ("confirmed", "ok"),
    MeetingState.HELD: ("held", "ok"),
    MeetingState.NOT_HELD: ("not held", ""),
}


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A firm that is met, with the people it sends."""

    firm_id: int
    name: ShownName
    city: str
    people: list[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting, or a break, of which only time and name are there."""

    time: str
    starts: datetime
    ends: datetime
    name: str = ""
    meeting: Meeting | None = None
    table: str = ""
    room: str = ""
    others: tuple[Counterpart, ...] = ()
    own: tuple[DayPerson, ...] = ()
    why: str = ""
    interpreter: str = ""
    moved_from: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The day of one firm; version 0 where nothing has been released."""

    participant: DayParticipant
    version: int
    entries: list[Entry]

    @property
    def meetings(self) -> list[Entry]:
        """Those that are no breaks."""
        return [one for one in self.entries if one.meeting is not None]


def agenda_of(participant: DayParticipant, *, with_reasons: bool = True) -> Agenda:
    """The agenda of a firm by the version released last; who goes is as it stands now, since colleagues take over."""
    day, last = participant.day, queries.last_version(participant.day_id)
    meetings = queries.told_meetings(participant.id)
    others = {
        party.participant.firm_id
        for one in meetings
        for party in one.parties
        if party.participant_id != participant.id
    }
    firms = firm_queries.firms({*others, participant.firm_id}) if with_reasons else {}
    interpreters = {one.id: one for one in day.interpreters}
    entries = [_entry(participant, one, firms, interpreters) for one in meetings]
    if entries:
        first, end = entries[0].starts, entries[-1].ends
        entries += [
            Entry(day.time_of(one.starts_at), one.starts_at, one.ends_at, block_name(one, language()))
            for one in day.blocks
            if one.kind is BlockKind.BREAK and first < one.starts_at < end
        ]
    return Agenda(participant, last.number if last else 0, sorted(entries, key=lambda one: one.starts))


def _entry(
    participant: DayParticipant,
    meeting: Meeting,
    firms: dict[int, Firm],
    interpreters: dict[int, DayInterpreter],
) -> Entry:
    slot, table, day = meeting.told_slot, meeting.told_table, participant.day
    if slot is None or table is None:
        raise AssertionError("only meetings that were told are read")
    people = queries.people_in(meeting)
    others = [one.participant for one in meeting.parties if one.participant_id != participant.id]
    taken = next((one.interpreter_id for one in meeting.bookings if one.interpreter_id), None)
    before = meeting.told_before
    return Entry(
        time=day.time_of(slot.starts_at),
        starts=slot.starts_at,
        ends=slot.ends_at,
        meeting=meeting,
        table=str(table.number),
        room=table.room,
        others=tuple(
            Counterpart(
                one.firm_id,
                shown_name(one.firm, language()),
                place_name(one.firm.town),
                [
                    in_reader_letters(person.name, person.name_romanised)
                    for person in people
                    if person.participant_id == one.id
                ],
            )
            for one in others
        ),
        own=tuple(person for person in people if person.participant_id == participant.id),
        why=_why(firms, participant.firm_id, [one.firm_id for one in others]),
        interpreter=in_reader_letters(interpreters[taken].name) if taken in interpreters else "",
        moved_from=day.time_of(before.starts_at) if before and before.id != slot.id else "",
    )


def _why(firms: dict[int, Firm], own: int, others: list[int]) -> str:
    """The strongest reason of the fit for the firm that reads; empty for more than two firms and where none is known."""
    if len(others) != 1 or own not in firms or others[0] not in firms:
        return ""
    rows = explain(fit_of(firms[own], firms[others[0]]), firms[own], firms[others[0]])
    best = max(rows, key=lambda row: max(row.own.points, row.other.points), default=None)
    if best is None or not max(best.own.points, best.other.points):
        return ""
    return best.own.reason if best.own.points >= best.other.points else best.other.reason


def waits(agenda: Agenda) -> dict[int, int]:
    """Minutes of waiting before each meeting, by number; only those longer than changing tables takes."""
    change = timedelta(minutes=agenda.participant.day.change_minutes)
    found: dict[int, int] = {}
    previous: Entry | None = None
    for one in agenda.entries:
        if previous is not None and one.meeting is not None and one.starts - previous.ends > change:
            found[one.meeting.id] = int((one.starts - previous.ends).total_seconds() // 60)
        previous = one
    return found


def state_words(meeting: Meeting) -> tuple[str, str]:
    """The word of a meeting for its firms, with the kind of its badge."""
    words = {
        "confirmed": pgettext("meeting", "Confirmed"),
        "held": pgettext("meeting", "Held"),
        "not held": pgettext("meeting", "Not held"),
    }
    word, kind = STATES.get(meeting.state, ("confirmed", "ok"))
    return str(words[word]), kind


def own_time(entry: Entry, zone: str) -> str:
    """A time with the zone of the venue and the reader's own time where it differs."""
    return zones.show_span(entry.starts, entry.ends, zone)
