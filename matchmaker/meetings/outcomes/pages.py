"""What the pages of outcomes show: a firm's meetings with its buttons, and a day's results for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.i18n import language, order_countries, show_number, show_percent
from matchmaker.firms.names import ShownName, reader_name, shown_name
from matchmaker.meetings import parties
from matchmaker.meetings.enums import DayState, MeetingState, Outcome
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingOutcome
from matchmaker.meetings.outcomes import benchmarks, queries, rules
from matchmaker.meetings.outcomes.benchmarks import Band, Counts, Judged, Measured
from matchmaker.meetings.outcomes.words import FIGURES, LESSONS, OUTCOMES, STANDINGS
from matchmaker.reference import countries

TOLD_ONCE = (*queries.WITH_PLACE, MeetingState.CANCELLED)


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


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure beside its benchmark."""

    label: str
    value: str
    counted: str
    usual: str
    standing: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A meeting of which its sides say different things."""

    meeting: Meeting
    at: str
    said: list[tuple[ShownName, str]]


@dataclass(frozen=True, slots=True)
class FirmLine:
    """What a firm's meetings came to; said counts the outcomes it gave, missed its own no-shows."""

    participant_id: int
    name: ShownName
    country: str
    held: int
    not_held: int
    missed: int
    said: int
    second: int
    unsaid: int
    """Meetings that the firm came to and has not spoken of."""


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """A day's results."""

    day: B2bDay
    figures: list[FigureLine]
    outcomes: list[dict[str, Any]]
    unsaid: int
    contradictions: list[Contradiction]
    firms: list[FirmLine]
    bands: list[Band]
    points_sets: list[str]
    lesson: str


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
        at=f"{day.clock(starts_at):%H:%M}" if starts_at else "",
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


def results_page(day: B2bDay) -> ResultsPage:
    """Put the results of a day together."""
    meetings = queries.meetings_of_day(day.id, TOLD_ONCE)
    held = [one for one in meetings if one.state is MeetingState.HELD]
    judged = [Judged(min(one.weight, 100), tuple(said_of(one))) for one in held]
    found = benchmarks.lesson(judged)
    return ResultsPage(
        day=day,
        figures=[_figure(one) for one in benchmarks.measured(counts(day, meetings))],
        outcomes=_outcomes(meetings),
        unsaid=sum(len(one.parties) - len(one.outcomes) for one in held),
        contradictions=[_contradiction(day, one) for one in meetings if rules.disagree(said_of(one))],
        firms=_firms(meetings),
        bands=benchmarks.bands(judged),
        points_sets=sorted({one.points_set for one in held if one.points_set}),
        lesson=str(LESSONS[found]),
    )


def counts(day: B2bDay, meetings: Sequence[Meeting]) -> Counts:
    """What happened at a day, for its four figures."""
    asked, accepted = queries.asked_and_accepted(day.id)
    held = [one for one in meetings if one.state is MeetingState.HELD]
    lost = [one for one in meetings if _was_lost(one)]
    firms = {party.participant_id for one in (*held, *lost) for party in one.parties}
    return Counts(
        asked=asked,
        accepted=accepted,
        firms=len(firms),
        promised=len(held) + len(lost),
        held=len(held),
        seats_held=sum(len(one.parties) for one in held),
        second=sum(rules.leads_on(said_of(one)) for one in held),
    )


def said_of(meeting: Meeting) -> list[Outcome]:
    """What the sides of a meeting said."""
    return [one.outcome for one in meeting.outcomes]


def _was_lost(meeting: Meeting) -> bool:
    """Not held although its firms had been told of it."""
    if meeting.state is MeetingState.NOT_HELD:
        return True
    told = meeting.told_slot_id or meeting.told_before_id
    return meeting.state is MeetingState.CANCELLED and told is not None


def _figure(one: Measured) -> FigureLine:
    label, usual = FIGURES[one.figure]
    word, kind = STANDINGS[one.standing]
    per_firm = one.figure is benchmarks.Figure.PER_FIRM
    value = "–"
    if one.value is not None:
        value = show_number(round(one.value, 1)) if per_firm else show_percent(one.value)
    counted = _("%(part)s of %(whole)s", part=one.part, whole=one.whole)
    if per_firm:
        counted = _("%(part)s seats, %(whole)s firms", part=one.part, whole=one.whole)
    return FigureLine(str(label), value, str(counted), str(usual), (str(word), kind))


def _outcomes(meetings: Sequence[Meeting]) -> list[dict[str, Any]]:
    """How often each outcome was said, as bars."""
    said = [one for meeting in meetings for one in said_of(meeting)]
    most = max((said.count(one) for one in OUTCOMES), default=0)
    return [
        {"label": word, "value": 100 * said.count(one) / most if most else 0, "text": said.count(one)}
        for one, (word, _kind) in OUTCOMES.items()
    ]


def _contradiction(day: B2bDay, meeting: Meeting) -> Contradiction:
    by_side = {one.participant_id: str(OUTCOMES[one.outcome][0]) for one in meeting.outcomes}
    said = [
        (shown_name(one.participant.firm, language()), by_side[one.participant_id])
        for one in parties.in_order(meeting)
        if one.participant_id in by_side
    ]
    at = f"{day.clock(meeting.slot.starts_at):%H:%M}" if meeting.slot else ""
    return Contradiction(meeting, at, said)


def _firms(meetings: Sequence[Meeting]) -> list[FirmLine]:
    """Each firm's meetings; both sides in the usual order, by name within a side."""
    by_firm: dict[int, list[Meeting]] = {}
    rows: dict[int, DayParticipant] = {}
    for meeting in meetings:
        for party in meeting.parties:
            by_firm.setdefault(party.participant_id, []).append(meeting)
            rows[party.participant_id] = party.participant
    sides = order_countries(sorted({one.firm.country for one in rows.values()}))
    order = sorted(
        rows.values(),
        key=lambda one: (sides.index(one.firm.country), reader_name(one.firm).casefold(), one.id),
    )
    return [_firm(one, by_firm[one.id]) for one in order]


def _firm(participant: DayParticipant, meetings: list[Meeting]) -> FirmLine:
    held = [one for one in meetings if one.state is MeetingState.HELD]
    own = [said for one in meetings for said in one.outcomes if said.participant_id == participant.id]
    return FirmLine(
        participant_id=participant.id,
        name=shown_name(participant.firm, language()),
        country=countries.label(participant.firm.country, language()),
        held=len(held),
        not_held=sum(_was_lost(one) for one in meetings),
        missed=sum(one.absent_id == participant.id for one in meetings),
        said=len(own),
        second=sum(rules.leads_on(said_of(one)) for one in held),
        unsaid=sum(all(said.participant_id != participant.id for said in one.outcomes) for one in held),
    )
