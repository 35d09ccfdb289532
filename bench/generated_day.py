"""A generated B2B day with its plan in a database of its own: what the benches of its repairs, files and pages begin with."""

import gc
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine
from flask import Flask

from bench.places import application
from matchmaker.core.db import db
from matchmaker.engines.timetable.day import Day
from matchmaker.engines.timetable.generate import trip
from matchmaker.engines.timetable.live import Live
from matchmaker.engines.timetable.place import Effort
from matchmaker.engines.timetable.planning import plan_day
from matchmaker.engines.timetable.repair import refill
from matchmaker.meetings import places, queries
from matchmaker.meetings.enums import DayState, StepVerb
from matchmaker.meetings.live import queries as live_queries
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.places import Seat
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.plan.seats import seats_of
from tests.factories.accounts import PersonFactory
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.matching.world import actor_of

HELD_ON = datetime(2027, 1, 20, 9, 30, tzinfo=UTC)
MOVES = 400_000
COUNTRY = {"a": "TR", "b": "RU"}
BACKENDS = ("sqlite", "postgresql")
SIZES = {100: (20, 60), 200: (24, 100), 500: (24, 250)}
"""Slots and tables by firms of a side, as `make bench-day` has them."""


def trip_of(firms: int) -> Day:
    """The trip that `make bench-day` measures with so many firms of a side."""
    return trip(firms, *SIZES[firms], firms * 10)


@contextmanager
def hours_before(hours: int, backend: str, *, tick: bool = False) -> Iterator[tuple[Flask, Path]]:
    """An application with an empty database, and its folder, at a moment before the day."""
    moment = HELD_ON - timedelta(hours=hours)
    with (
        tempfile.TemporaryDirectory() as folder,
        application(backend, Path(folder)) as app,
        time_machine.travel(moment, tick=tick),
    ):
        yield app, Path(folder)


def forget_making() -> None:
    """A process that serves a click does not hold the objects of making the day; the collector shall not count them."""
    gc.collect()
    gc.freeze()


class Made:
    """The rows of a generated day with a plan of it; participants in the order of the firms."""

    def __init__(self, problem: Day) -> None:
        plan = plan_day(problem, effort=Effort(MOVES))
        self.day: B2bDay = B2bDayFactory(state=DayState.RUNNING, held_on=HELD_ON.date(), fairness=2)
        slots, tables = room(self.day, slots=len(problem.slots), tables=len(problem.tables))
        self.actor = actor_of(PersonFactory().id)
        firms = {one.id: participant_of(self.day, country=COUNTRY[one.side]) for one in problem.firms}
        for one in problem.firms:
            firms[one.id].closed = sorted(one.blocked)
        self.participants = [one.id for one in firms.values()]
        people = {one.id: one.people[0].id for one in queries.participants(self.day.id)}
        meetings = {
            one.id: meeting_of(self.day, [firms[number] for number in one.firms], weight=one.weight)
            for one in problem.meetings
        }
        number = {table.id: tables[at].id for at, table in enumerate(problem.tables)}
        sides = {one.id: [people[firms[firm].id] for firm in one.firms] for one in problem.meetings}
        seats = {
            meetings[one.meeting].id: Seat(
                slots[one.slot].id, number[one.table], tuple(sorted(sides[one.meeting]))
            )
            for one in plan.placements
        }
        places.change(self.actor, self.day, StepVerb.PLAN, seats)
        for one in meetings.values():
            one.told_slot_id, one.told_table_id = one.slot_id, one.table_id
        self.late_at = slots[len(slots) // 4].starts_at
        self.held = len(seats)
        db.session.flush()

    def wait(self, number: int) -> int:
        """Add so many wishes, fill the gaps with them, and answer how many have no place; firms of the two sides, by chance."""
        chance = random.Random(1)
        half = len(self.participants) // 2
        met = {
            tuple(sorted(party.participant_id for party in one.parties))
            for one in live_queries.placed(self.day.id)
        }
        pairs = {
            (chance.choice(self.participants[:half]), chance.choice(self.participants[half:]))
            for _ in range(number)
        }
        rows = {one.id: one for one in queries.participants(self.day.id)}
        for one in sorted(pairs - met):
            meeting_of(self.day, [rows[number] for number in one], weight=chance.randint(1, 5))
        problem = plan_queries.problem(queries.locked_day(self.day.id))
        live = Live(problem.day, problem.placements)
        refill(live, 0)
        places.change(self.actor, self.day, StepVerb.FILL, seats_of(problem, live.placed.values()))
        self.held = len(live.placed)
        return len(problem.day.meetings) - self.held
