"""From slots and tables of the engine to seats: who of each firm goes, and which interpreter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from flask_babel import gettext as _

from matchmaker.core.errors import Conflict
from matchmaker.engines.timetable.crew import assign
from matchmaker.engines.timetable.day import Placement
from matchmaker.meetings.places import Seat, seat_of
from matchmaker.meetings.plan.problem import Problem, present

if TYPE_CHECKING:
    from matchmaker.meetings.models import DayInterpreter
    from matchmaker.meetings.plan.rows import MeetingRow, ParticipantRow

ANOTHER: Final = 1000
"""Cost of sending somebody else than before, beside which the language does not count: a person was chosen for a reason."""
NO_LANGUAGE: Final = 100
"""Cost of sending somebody who does not speak the language of the meeting."""


def seats_of(
    problem: Problem, placements: Iterable[Placement], slots: Collection[int] | None = None
) -> dict[int, Seat | None]:
    """The seats of a plan by meeting, None for a meeting that loses its place; fixed meetings are left out.

    `slots` are the positions that the placements are about, all where they are the whole plan.

    In each slot as many meetings as possible get people and interpreters, those who were there before first, then those
    who speak the language; the same plan gives the same seats. Raises Conflict where somebody is missing.
    """
    by_slot: dict[int, list[Placement]] = defaultdict(list)
    for one in placements:
        by_slot[one.slot].append(one)
    found: dict[int, Seat | None] = {
        one.meeting: None
        for one in problem.placements
        if one.meeting not in problem.fixed and (slots is None or one.slot in slots)
    }
    rows = {slot.position: slot.id for slot in problem.rows.day.slots}
    meetings = problem.meetings
    for position in sorted(by_slot):
        held = sorted(by_slot[position], key=lambda one: one.meeting)
        crew = _Crew(problem, [meetings[one.meeting] for one in held], position)
        for one in held:
            if one.meeting not in problem.fixed:
                people, interpreter = crew.people[one.meeting], crew.interpreter.get(one.meeting)
                found[one.meeting] = Seat(rows[position], one.table, tuple(sorted(people)), interpreter)
    return found


def seats_after(problem: Problem, moves: Mapping[int, Placement]) -> dict[int, Seat | None]:
    """The seats that some moves, by meeting, change; raises Conflict as seats_of does.

    Besides the moved ones only meetings in the slots that the moves touch can get others to go there.
    """
    after = {one.meeting: one for one in problem.placements} | dict(moves)
    touched = {one.slot for one in moves.values()}
    touched |= {one.slot for one in problem.placements if one.meeting in moves}
    seats = seats_of(problem, [one for one in after.values() if one.slot in touched], touched)
    return {number: seat for number, seat in seats.items() if seat != seat_of(problem.meetings[number])}


class _Crew:
    """Who is in which meeting of one slot."""

    def __init__(self, problem: Problem, meetings: list[MeetingRow], position: int) -> None:
        self.problem = problem
        self.before = {one.id: seat_of(one) for one in meetings}
        settled = [one for one in meetings if one.id in problem.fixed]
        self.busy = {person for one in settled for person in self._kept(one.id)}
        self.open = [one for one in meetings if one.id not in problem.fixed]
        self.people: dict[int, list[int]] = {one.id: [] for one in self.open}
        self._send_people()
        taken = {seat.interpreter for one in settled if (seat := self.before[one.id])}
        free = [
            one for one in problem.rows.day.interpreters if one.id not in taken and position not in one.closed
        ]
        self.interpreter = interpreters_for(self.open, free, self.before)

    def _kept(self, meeting: int) -> tuple[int, ...]:
        seat = self.before[meeting]
        return seat.people if seat else ()

    def _send_people(self) -> None:
        """One person of each firm, then those who came along before and are needed nowhere else."""
        wanted: dict[int, list[MeetingRow]] = defaultdict(list)
        for one in self.open:
            for party in one.parties:
                wanted[party.participant_id].append(one)
        sending = [one for one in self.problem.rows.participants if one.id in wanted]
        for participant in sending:
            self._send(participant, wanted[participant.id])
        there = {person for row in sending for person in present(row)}
        for one in self.open:
            extra = [person for person in self._kept(one.id) if person in there - self.busy]
            self.people[one.id] += extra
            self.busy.update(extra)

    def _send(self, participant: ParticipantRow, mine: list[MeetingRow]) -> None:
        free = [person for person in present(participant) if person not in self.busy]
        speaks = {one.id: one.languages or participant.languages for one in participant.people}
        ours = set(free)
        costs: list[list[int | None]] = []
        for meeting in mine:
            kept = ours & set(self._kept(meeting.id))
            costs.append(
                [
                    rank
                    + (ANOTHER if kept and person not in kept else 0)
                    + (NO_LANGUAGE if meeting.language and meeting.language not in speaks[person] else 0)
                    for rank, person in enumerate(free)
                ]
            )
        for meeting, chosen in zip(mine, assign(costs), strict=True):
            if chosen is None:
                raise Conflict(
                    _("%(firm)s has nobody left to send at this time.", firm=participant.firm.name)
                )
            self.people[meeting.id].append(free[chosen])
            self.busy.add(free[chosen])


def interpreters_for(
    meetings: Iterable[MeetingRow], free: list[DayInterpreter], before: Mapping[int, Seat | None]
) -> dict[int, int]:
    """An interpreter for each meeting of a slot that needs one, who had it before if possible; raises Conflict.

    All pairs of an interpreter count; of several the one for whom it is the first pair, so that who speaks more
    languages stays free for the others.
    """
    wanting = [one for one in meetings if one.pair]
    costs: list[list[int | None]] = []
    for meeting in wanting:
        seat = before.get(meeting.id)
        costs.append(
            [
                None
                if meeting.pair not in one.pairs
                else rank
                + (0 if seat is None or seat.interpreter in (None, one.id) else ANOTHER)
                + NO_LANGUAGE * one.pairs.index(meeting.pair)
                for rank, one in enumerate(free)
            ]
        )
    found: dict[int, int] = {}
    for meeting, chosen in zip(wanting, assign(costs), strict=True):
        if chosen is None:
            raise Conflict(
                _("All interpreters of %(pair)s are taken at this time.", pair=meeting.pair.upper())
            )
        found[meeting.id] = free[chosen].id
    return found
