"""What the page of versions shows: each with its changes, and two of them compared."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import zones
from matchmaker.core.actor import Actor
from matchmaker.meetings.models import B2bDay, DayVersion
from matchmaker.meetings.places import seat_of
from matchmaker.meetings.plan import queries, rules
from matchmaker.meetings.plan.labels import Labels
from matchmaker.meetings.plan.rows import MeetingRow, Rows
from matchmaker.meetings.plan.versions import SEATED, agendas_of, changes_between


@dataclass(frozen=True, slots=True)
class Change:
    """One meeting and its place in two versions."""

    meeting: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of the list."""

    number: int
    moment: str
    by: str
    told: int
    note: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """What is not released yet, all versions, and two of them compared where the address names them."""

    day: B2bDay
    may_release: bool
    waiting: list[Change]
    people: int
    rows: list[VersionRow]
    compared: tuple[int, int] | None
    differences: list[Change]

    @property
    def first(self) -> bool:
        """Whether nothing has been released so far."""
        return not self.rows


class _Words:
    def __init__(self, day: B2bDay) -> None:
        self.day = day
        rows = queries.every_row(day)
        self.labels = Labels(rows)
        self.meetings: dict[int, MeetingRow] = {one.id: one for one in rows.meetings}
        self.times = {one.id: f"{day.clock(one.starts_at):%H:%M}" for one in day.slots}
        self.rows: Rows = rows

    def place(self, seat: dict[str, Any] | None) -> str:
        if seat is None:
            return str(_("no place"))
        time = self.times.get(seat["slot"], "–")
        table = self.labels.tables.get(seat["table"], "–")
        return str(_("%(time)s, table %(table)s", time=time, table=table))

    def changes(self, found: list[dict[str, Any]]) -> list[Change]:
        return [
            Change(self.labels.meeting(one["meeting"]), self.place(one["before"]), self.place(one["after"]))
            for one in found
            if one["meeting"] in self.meetings
        ]


def versions_page(actor: Actor, day: B2bDay, first: int, second: int) -> VersionsPage:
    """The versions of a day; `first` and `second` are numbers to compare, 0 for none."""
    words, versions = _Words(day), queries.versions(day.id)
    by_number = {one.number: one for one in versions}
    last = versions[0].places if versions else {}
    now = {
        str(one.id): seat.told()
        for one in words.rows.meetings
        if one.state in SEATED and (seat := seat_of(one))
    }
    old, new = agendas_of(last), agendas_of(now)
    pair = (first, second) if first in by_number and second in by_number else None
    found = changes_between(by_number[first].places, by_number[second].places) if pair else []
    return VersionsPage(
        day=day,
        may_release=rules.may_release(actor, day),
        waiting=words.changes(changes_between(last, now)),
        people=sum(old.get(person) != new.get(person) for person in {*old, *new}),
        rows=[_row(day, words, one) for one in versions],
        compared=pair,
        differences=words.changes(found),
    )


def _row(day: B2bDay, words: _Words, version: DayVersion) -> VersionRow:
    by = version.released_by.name if version.released_by else ""
    return VersionRow(
        version.number,
        zones.show_at(version.released_at, day.zone),
        by,
        version.told,
        version.note,
        words.changes(version.changes) if version.number > 1 else [],
    )
