"""The lists of a large installation on disk: built by one process of the machine, mapped by all.

Beside the arrays stands up to where of the outbox they hold, so whoever opens them lays only what came later over them.
"""

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from matchmaker.core.garbage import collecting_only_new_objects
from matchmaker.engines.fit.columns import Columns, Vocabularies
from matchmaker.engines.fit.index import FitIndex
from matchmaker.engines.fit.snapshot import Builder, SnapshotOutdated, current, new_folder, publish
from matchmaker.firms.columns import AT_ONCE
from matchmaker.matching.outbox import Line, Place, present_end
from matchmaker.matching.profiles import load_profiles, matchable_ids

_MARK: Final = "mark.json"
Report = Callable[[int, int], None]


class ListsBusy(Exception):
    """Another process of this machine is building the lists."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Lists from disk, the folder they are in, and up to where they hold."""

    name: str
    index: FitIndex
    place: Place
    day: date


def kept_name(home: Path) -> str:
    """The name of the current lists, to see whether they have been replaced; empty where there are none."""
    found = current(home)
    return found.parent.name if found is not None else ""


def open_kept(home: Path) -> Kept | None:
    """The current lists; None where there are none that this program can read."""
    found = current(home)
    if found is None:
        return None
    try:
        place, day = _mark_of((found / _MARK).read_text(encoding="utf-8"))
        return Kept(found.parent.name, FitIndex.load(found), place, day)
    except (FileNotFoundError, SnapshotOutdated):
        return None


def build_kept(session: Session, home: Path, today: date, report: Report = lambda _done, _all: None) -> int:
    """Write the lists of all matchable firms and make them the current ones; answers how many firms.

    Reads firms in steps, so memory does not grow with their number. Raises ListsBusy while another process builds.
    """
    with only_one(home), collecting_only_new_objects():
        # The place comes first: a firm that changes in between is read again, never missed.
        place = present_end(session)
        ids, vocabularies, folder = matchable_ids(session), Vocabularies(), new_folder(home)
        builder = Builder(folder, vocabularies)
        written = 0
        for start in range(0, len(ids), AT_ONCE):
            profiles = load_profiles(session, ids[start : start + AT_ONCE], today)
            if profiles:
                builder.add(Columns.of(profiles, vocabularies))
            written += len(profiles)
            report(start + AT_ONCE, len(ids))
        builder.finish()
        (folder / _MARK).write_text(_mark(place, today), encoding="utf-8")
        publish(home, folder)
    return written


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the election of the machine inside the block; raises ListsBusy where another process holds it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ListsBusy from error
        yield


def _mark(place: Place, day: date) -> str:
    first, last = place.first_firm, place.last
    return json.dumps(
        {
            "day": day.isoformat(),
            "first_firm": [first[0], first[1].isoformat()] if first else None,
            "last": [last.seq, last.at.isoformat(), last.firm_id] if last else None,
            "floor": place.floor,
            "seen": sorted(place.seen),
        }
    )


def _mark_of(text: str) -> tuple[Place, date]:
    found = json.loads(text)
    first, last = found["first_firm"], found["last"]
    place = Place(
        first_firm=(first[0], datetime.fromisoformat(first[1])) if first else None,
        last=Line(last[0], datetime.fromisoformat(last[1]), last[2]) if last else None,
        floor=found["floor"],
        seen=frozenset(found["seen"]),
    )
    return place, date.fromisoformat(found["day"])
