"""The lists of a large B2B day out of a file and back in: processor time of each list, tried and not written.

`.venv-test/bin/python -m bench.day_files 500` runs it: a trip of 500 firms of each side with 24 slots and 250 tables, or
100 with 20 and 60, with a person of each firm, thirty interpreters and a timetable. Each list of the day's own document
is read twice: by the day itself, where it changes nothing, and by another day of the trip that has only what the lists
before it bring. CPU milliseconds, of a process that has read one such list before.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import click

from bench.day import timed
from bench.day_pages import officer_of
from bench.generated_day import BACKENDS, SIZES, Made, forget_making, hours_before, trip_of
from matchmaker.core.actor import Actor
from matchmaker.core.db import begin_write, db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.meetings import queries
from matchmaker.meetings.enums import DayState
from matchmaker.meetings.files.document import FORM, document
from matchmaker.meetings.files.importing import Report, import_day
from matchmaker.meetings.files.lists import ListKind
from matchmaker.meetings.models import DayInterpreter
from tests.factories.meetings import B2bDayFactory
from tests.matching.world import actor_of

INTERPRETERS = 30


def main() -> None:
    """Measure and print two lines for each list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("firms", type=int, nargs="?", default=100, choices=SIZES)
    parser.add_argument("--backends", nargs="+", default=BACKENDS)
    asked = parser.parse_args()
    problem = trip_of(asked.firms)
    for backend in asked.backends:
        with hours_before(8, backend) as (app, folder), app.app_context():
            with unit_of_work():
                made = Made(problem)
                _interpreters(made.day.id)
                own, other = made.day.id, _beside(made)
                actor = actor_of(officer_of(made.day))
            told = document(queries.day(own))
            db.session.rollback()
            forget_making()
            click.echo(f"{backend}: {2 * asked.firms} firms, {made.held} meetings")
            _lists(actor, own, other, told, folder / "list.json")


def _lists(actor: Actor, own: int, other: int, told: dict[str, Any], file: Path) -> None:
    brought = [kind for kind in ListKind if told[kind]]
    _read(actor, own, {ListKind.TABLES: told[ListKind.TABLES]}, file, write=False)
    for kind in brought:
        one = {kind: told[kind]}
        again = _read(actor, own, one, file, write=False)
        first = _read(actor, other, one, file, write=True)
        click.echo(f"  {kind:<13} {_shown(again)} itself, {_shown(first)} of an empty day")
    report, seconds = _read(actor, own, {kind: told[kind] for kind in brought}, file, write=False)
    click.echo(f"  {'all':<13} {_shown((report, seconds))} itself")


def _read(
    actor: Actor, day: int, lists: dict[ListKind, Any], file: Path, *, write: bool
) -> tuple[Report, float]:
    file.write_text(json.dumps({"form": FORM, **lists}), encoding="utf-8")
    with unit_of_work():
        begin_write()
        found = queries.day(day)
        return timed(lambda: import_day(actor, found, file, write=write))


def _shown(read: tuple[Report, float]) -> str:
    report, seconds = read
    if report.errors:
        raise SystemExit(f"{len(report.errors)} errors, the first: {report.errors[0]}")
    new, changed, same = (
        sum(getattr(one, name) for one in report.changes) for name in ("new", "changed", "same")
    )
    return f"{1000 * seconds:6.0f} ms ({new} new, {changed} changed, {same} the same)"


def _interpreters(day_id: int) -> None:
    db.session.add_all(
        DayInterpreter(day_id=day_id, name=f"Interpreter {at + 1}", pairs=["ru-tr"], closed=[])
        for at in range(INTERPRETERS)
    )
    db.session.flush()


def _beside(made: Made) -> int:
    """Another day of the trip with nothing in it."""
    day = made.day
    return B2bDayFactory(programme_id=day.programme_id, held_on=day.held_on, state=DayState.PLANNING).id


if __name__ == "__main__":
    main()
