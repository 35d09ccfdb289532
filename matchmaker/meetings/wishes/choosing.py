"""From wishes to meetings: who could meet, what each guaranteed minimum costs, and the choice that staff make."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.engines.fit.facts import Fit
from matchmaker.engines.timetable import choose
from matchmaker.engines.timetable.board import make_board
from matchmaker.engines.timetable.choose import Price
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.enums import MeetingOrigin, MeetingState, MeetingVerb
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingEvent, MeetingParty
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.plan.problem import Problem, problem_of
from matchmaker.meetings.plan.rows import MeetingRow, Rows
from matchmaker.meetings.wishes import queries, rules

LEAST_WEIGHT = 1
NOT_CHOSEN = "not chosen"
"""The end note of a meeting that a later choice left out; it lives again when it is chosen again."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """What can be chosen from: the engine's day with all candidates, and the rows behind it.

    Candidates that are no meeting yet have negative numbers; `kept` are meetings that stay whatever is chosen.
    """

    problem: Problem
    candidates: tuple[Meeting, ...]
    kept: frozenset[int]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a choice came to: meetings in all, new, left out, and firms that lack something of the minimum."""

    meetings: int
    new: int
    left_out: int
    short: dict[int, int]


def choosing(day: B2bDay) -> Choosing:
    """All pairs that want each other, beside the meetings that stay: placed, locked, asked for or arranged by staff."""
    rows = plan_queries.rows(day)
    kept = [one for one in rows.meetings if stays(one)]
    open_pairs = {frozenset(party.participant_id for party in one.parties) for one in kept}
    candidates = tuple(
        one
        for one in candidate_meetings(day, rows)
        if frozenset(party.participant_id for party in one.parties) not in open_pairs
    )
    everything = rows.with_meetings([*kept, *(MeetingRow.of(one) for one in candidates)])
    # What stays is not weighed against the rest: it counts in the places that it takes and is among what is chosen.
    problem = problem_of(everything, keep_all=True)
    return Choosing(problem, candidates, frozenset(one.id for one in kept))


def stays(meeting: Meeting | MeetingRow) -> bool:
    """Whether a meeting is there whatever is chosen from the wishes."""
    chosen_only = meeting.origin is MeetingOrigin.WISHES and meeting.state is MeetingState.WISHED
    return not chosen_only or meeting.locked


def candidate_meetings(day: B2bDay, rows: Rows) -> Iterator[Meeting]:
    """A meeting for each pair whose wishes make one, not stored, with a negative number."""
    firms = {one.id: one for one in queries.expected(day)}
    shut = queries.apart([one.firm_id for one in firms.values()])
    said = {(one.from_id, one.to_id): one.kind for one in rows.wishes}
    topics = {(one.from_id, one.to_id): one.topic for one in rows.wishes}
    pairs = sorted({tuple(sorted(pair)) for pair in said if firms.keys() >= set(pair)})
    # Firms of one side may have wished each other before staff took that back.
    meeting = [
        (one, other)
        for one, other in pairs
        if queries.crosses(firms[one], firms[other])
        and not shut.keeps(firms[one].firm_id, firms[other].firm_id)
    ]
    fits = queries.fits((firms[one].firm_id, firms[other].firm_id) for one, other in meeting)
    number = 0
    for one, other in meeting:
        both = rules.together(said.get((one, other)), said.get((other, one)))
        if not both.meets:
            continue
        number -= 1
        fit = fits.get((firms[one].firm_id, firms[other].firm_id))
        made = new_meeting(day, (firms[one], firms[other]), fit)
        made.id, made.must = number, both.must
        made.topic = rules.topic(topics.get((one, other)), topics.get((other, one)))
        yield made


def new_meeting(day: B2bDay, firms: Sequence[DayParticipant], fit: Fit | None) -> Meeting:
    """A meeting of these firms that may be placed, not stored; of two, with the language that they share or need.

    Where the profiles say nothing the wish itself still counts: a weight of nothing would never be chosen.
    """
    language, pair = rules.spoken(firms[0].languages, firms[1].languages) if len(firms) == 2 else ("", "")
    made = Meeting(
        day_id=day.id,
        state=MeetingState.WISHED,
        origin=MeetingOrigin.WISHES,
        weight=max(fit.total if fit else 0, LEAST_WEIGHT),
        points_set=fit.weights if fit else "",
        must=False,
        locked=False,
        language=language,
        pair=pair,
        cause={},
    )
    made.parties = [MeetingParty(participant_id=one.id) for one in firms]
    made.bookings = []
    return made


def prices(found: Choosing) -> tuple[Price, ...]:
    """What each guaranteed minimum from none upwards costs in total fit, up to what some firm could have.

    Below a minimum is every firm that has fewer meetings, also one that too few firms want to meet.
    """
    day = found.problem.day
    wishes: Counter[int] = Counter(firm for one in day.meetings for firm in one.firms)
    most = min(rules.MOST_LEAST, len(day.slots), max(wishes.values(), default=0))
    board = make_board(day)
    lines: list[Price] = []
    for least in range(most + 1):
        choice = choose.choose(day, least, board)
        best = lines[0].weight if lines else choice.weight
        below = choice.short.keys() | {firm for firm, count in wishes.items() if count < least}
        lines.append(Price(least, choice.weight, best - choice.weight, len(choice.meetings), len(below)))
    return tuple(lines)


def choose_meetings(actor: Actor, day: B2bDay, least: int) -> Chosen:
    """Make the best choice with a minimum for every firm the wishes that are to be placed.

    Meetings that have a place, are locked, were asked for or arranged stay; the others of an earlier choice end unless
    they are chosen again. Raises NotAllowed, Conflict before wishes are closed and once the day runs, DomainError where
    there is nothing to choose from.
    """
    if not day_rules.may_run(actor, day):
        raise NotAllowed(_("You do not have permission for this."))
    day = day_queries.locked_day(day.id)
    if day.state not in rules.CHOOSABLE:
        raise Conflict(_("Meetings are chosen after the wishes are closed and before the day runs."))
    found = choosing(day)
    if not found.candidates and not found.kept:
        raise DomainError(_("No two firms want to meet each other yet."), "least")
    choice = choose.choose(found.problem.day, least)
    day.least = least
    new, left_out = _store(actor, day, found, set(choice.meetings))
    audit.record(
        actor,
        "choose",
        "b2b_day",
        day.id,
        after={"least": least, "meetings": len(choice.meetings), "new": new, "left_out": left_out},
    )
    db.session.flush()
    return Chosen(len(choice.meetings), new, left_out, choice.short)


def _store(actor: Actor, day: B2bDay, found: Choosing, chosen: set[int]) -> tuple[int, int]:
    """The rows of a choice: what is chosen lives, what an earlier choice had and this one has not ends."""
    there = _of_wishes(day.id)
    wanted = {_key(one): one for one in found.candidates if one.id in chosen}
    new = 0
    for key, candidate in wanted.items():
        row = there.get(key)
        if row is None:
            # Its number stood for it among the candidates only; the database gives it another, though by its type a meeting
            # always has one.
            candidate.id, row = None, candidate  # type: ignore[assignment]
            db.session.add(row)
        elif row.state is MeetingState.WISHED:
            _refresh(row, candidate)
            continue
        else:
            _refresh(row, candidate)
            row.state, row.ended_at, row.end_note = MeetingState.WISHED, None, ""
        row.living_key = key
        db.session.flush()
        db.session.add(_event(actor, row, MeetingVerb.CHOOSE))
        new += 1
    left_out = [one for key, one in there.items() if one.state is MeetingState.WISHED and key not in wanted]
    for row in left_out:
        row.state, row.living_key, row.ended_at = MeetingState.CANCELLED, None, clock.now()
        row.end_note, row.cause = NOT_CHOSEN, {}
        db.session.add(_event(actor, row, MeetingVerb.CANCEL))
    return new, len(left_out)


def _of_wishes(day_id: int) -> dict[str, Meeting]:
    """The meetings of earlier choices that have no place, living or left out, by their firms."""
    rows = db.session.scalars(
        select(Meeting)
        .where(
            Meeting.day_id == day_id,
            Meeting.origin == MeetingOrigin.WISHES,
            Meeting.locked.is_(False),
            (Meeting.state == MeetingState.WISHED)
            | ((Meeting.state == MeetingState.CANCELLED) & (Meeting.end_note == NOT_CHOSEN)),
        )
        .options(selectinload(Meeting.parties))
        .order_by(Meeting.id)
    )
    return {_key(one): one for one in rows}


def _key(meeting: Meeting) -> str:
    return rules.living_key([one.participant_id for one in meeting.parties])


def _refresh(row: Meeting, candidate: Meeting) -> None:
    row.weight, row.points_set, row.must = candidate.weight, candidate.points_set, candidate.must
    row.language, row.pair, row.topic = candidate.language, candidate.pair, candidate.topic


def _event(actor: Actor, row: Meeting, verb: MeetingVerb) -> MeetingEvent:
    return MeetingEvent(meeting_id=row.id, verb=verb, state=row.state, person_id=actor.person_id)
