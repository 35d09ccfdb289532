"""Repairs of a running B2B day through the services, with database, seats, versions and notices.

`make bench-repairs` runs it: a trip of 100 firms of each side with 20 slots and 60 tables. Ten firms cancel and ten come
a quarter of the day late, each alone on the same day: the proposal is worked out, then applied, then undone; once where
no wish waits, and once with more wishes (`--waiting`) of which those fill the gaps that can. Times are CPU milliseconds,
median and worst, of a process that has answered one such click before; the size and what is counted come from the day
that `make bench-day` measures.
"""

import argparse
import gc
import random
import statistics
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import time_machine

from bench.day import timed
from bench.places import application
from matchmaker.core.db import begin_write, db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.engines.timetable.day import Day
from matchmaker.engines.timetable.generate import trip
from matchmaker.engines.timetable.live import Live
from matchmaker.engines.timetable.place import Effort
from matchmaker.engines.timetable.planning import plan_day
from matchmaker.engines.timetable.repair import refill
from matchmaker.meetings import places, queries
from matchmaker.meetings.enums import DayState, RepairKind, StepVerb
from matchmaker.meetings.live import queries as live_queries
from matchmaker.meetings.live import repairs
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


def main() -> None:
    """Measure and print two lines for each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=100)
    parser.add_argument("--waiting", type=float, default=0.6, help="wishes that wait, for each meeting held")
    parser.add_argument("--backends", nargs="+", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    problem = trip(asked.firms, 20, round(asked.firms * 0.6), asked.firms * 10)
    for backend in asked.backends:
        with (
            tempfile.TemporaryDirectory() as folder,
            application(backend, Path(folder)) as app,
            time_machine.travel(HELD_ON - timedelta(hours=8), tick=False),
            app.app_context(),
        ):
            with unit_of_work():
                made = Made(problem)
            # A worker that serves a click does not hold the objects of planning the day; the collector shall not count them.
            gc.collect()
            gc.freeze()
            alone(made, made.participants[0], RepairKind.CANCELLATION)
            measure(backend, made, 0)
            with unit_of_work():
                waiting = made.wait(round(asked.waiting * made.held))
            gc.collect()
            gc.freeze()
            measure(backend, made, waiting)


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


def measure(backend: str, made: Made, waiting: int) -> None:
    """Both kinds, ten firms each."""
    some = made.participants[:: max(1, len(made.participants) // 10)][:10]
    click.echo(f"{backend}: {len(made.participants)} firms, {made.held} meetings, {waiting} wishes that wait")
    for kind in (RepairKind.CANCELLATION, RepairKind.LATE):
        proposing, applying, moved = [], [], 0
        for firm in some:
            first, second, found = alone(made, firm, kind)
            proposing.append(first)
            applying.append(second)
            moved += found
        click.echo(f"  {kind}: proposed in {_shown(proposing)}, applied in {_shown(applying)}; moved {moved}")


def alone(made: Made, firm: int, kind: RepairKind) -> tuple[float, float, int]:
    """One repair, undone at the end: CPU seconds of the proposal and of applying it, meetings moved."""
    moment = made.late_at if kind is RepairKind.LATE else None
    begin_write()
    participant = queries.participant(firm)
    row, first = timed(lambda: repairs.propose(made.actor, participant, kind, moment))
    number, moved = row.id, row.proposal["moved"]
    db.session.flush()
    db.session.expire_all()
    _applied, second = timed(_apply(made, number))
    db.session.rollback()
    return first, second, moved


def _apply(made: Made, number: int) -> Callable[[], Any]:
    return lambda: repairs.apply(made.actor, live_queries.repair(number))


def _shown(seconds: list[float]) -> str:
    return f"{1000 * statistics.median(seconds):.0f} ms (worst {1000 * max(seconds):.0f})"


if __name__ == "__main__":
    main()
