"""Repairs of a running B2B day through the services, with database, seats, versions and notices.

`make bench-repairs` runs it: a trip of 100 firms of each side with 20 slots and 60 tables. Ten firms cancel and ten come
a quarter of the day late, each alone on the same day: the proposal is worked out, then applied, then undone; once where
no wish waits, and once with more wishes (`--waiting`) of which those fill the gaps that can. Times are CPU milliseconds,
median and worst, of a process that has answered one such click before; the size and what is counted come from the day
that `make bench-day` measures.
"""

import argparse
import statistics
from collections.abc import Callable
from typing import Any

import click

from bench.day import timed
from bench.generated_day import BACKENDS, Made, forget_making, hours_before
from matchmaker.core.db import begin_write, db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.engines.timetable.generate import trip
from matchmaker.meetings import queries
from matchmaker.meetings.enums import RepairKind
from matchmaker.meetings.live import queries as live_queries
from matchmaker.meetings.live import repairs


def main() -> None:
    """Measure and print two lines for each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=100)
    parser.add_argument("--waiting", type=float, default=0.6, help="wishes that wait, for each meeting held")
    parser.add_argument("--backends", nargs="+", default=BACKENDS)
    asked = parser.parse_args()
    problem = trip(asked.firms, 20, round(asked.firms * 0.6), asked.firms * 10)
    for backend in asked.backends:
        with hours_before(8, backend) as (app, _folder), app.app_context():
            with unit_of_work():
                made = Made(problem)
            forget_making()
            alone(made, made.participants[0], RepairKind.CANCELLATION)
            measure(backend, made, 0)
            with unit_of_work():
                waiting = made.wait(round(asked.waiting * made.held))
            forget_making()
            measure(backend, made, waiting)


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
