"""What the page of a firm's outcomes shows: its meetings with their buttons."""

from dataclasses import dataclass

from matchmaker.core import clock
from matchmaker.core.i18n import language
from matchmaker.firms.names import ShownName, shown_name
from matchmaker.meetings.enums import DayState, Outcome
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingOutcome
from matchmaker.meetings.outcomes import queries, rules


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting as one of its firms sees it."""

    id: int
    participant_id: int
    at: str
    table: int
    others: list[ShownName]
    person: str
    open: bool
    said: MeetingOutcome | None
    missing: bool
    can_miss: bool
    absentees: list[tuple[int, ShownName]]


def line(day: B2bDay, meeting: Meeting, participant_id: int) -> MeetingLine:
    """One meeting for one of its firms."""
    mine = next(one for one in meeting.parties if one.participant_id == participant_id)
    slot, table = meeting.slot, meeting.table
    starts_at = slot.starts_at if slot else None
    others = [
        (one.participant_id, shown_name(one.participant.firm, language()))
        for one in meeting.parties
        if one.participant_id != participant_id
    ]
    is_open = rules.is_open(day.state, meeting.state, starts_at, clock.now())
    return MeetingLine(
        id=meeting.id,
        participant_id=participant_id,
        at=day.time_of(starts_at) if starts_at else "",
        table=table.number if table else 0,
        others=[name for _number, name in others],
        person=mine.person.name if mine.person else "",
        open=is_open,
        said=next((one for one in meeting.outcomes if one.participant_id == participant_id), None),
        missing=meeting.absent_id is not None,
        can_miss=is_open and day.state is DayState.RUNNING and meeting.absent_id is None,
        absentees=others,
    )


def lines(participant: DayParticipant) -> list[MeetingLine]:
    """All meetings of a firm at its day."""
    return [line(participant.day, one, participant.id) for one in queries.meetings_of(participant)]


def said_of(meeting: Meeting) -> list[Outcome]:
    """What the sides of a meeting said."""
    return [one.outcome for one in meeting.outcomes]
