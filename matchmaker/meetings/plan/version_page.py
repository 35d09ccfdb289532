"""What the page of versions shows: all of them with what they count, and the changes of one or beside another in pages."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _

from matchmaker.core import zones
from matchmaker.core.actor import Actor
from matchmaker.core.paging import Paging
from matchmaker.meetings.models import B2bDay, DayVersion
from matchmaker.meetings.places import seat_of
from matchmaker.meetings.plan import queries, rules
from matchmaker.meetings.plan.labels import Labels
from matchmaker.meetings.plan.versions import SEATED, changed_people, changes_between

CHANGES_ON_PAGE: Final = 50
VERSIONS_ON_PAGE: Final = 20
Changes = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address names: a version whose changes are shown, or two to compare (0 for none); pages of both lists."""

    version: int = 0
    first: int = 0
    second: int = 0
    page: int = 1
    part: int = 1


@dataclass(frozen=True, slots=True)
class Change:
    """One meeting and its place in two versions."""

    meeting: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of changes under their heading; waiting are those that nobody was told of yet."""

    heading: str
    waiting: bool
    changes: list[Change]
    paging: Paging


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of the list; the first has no changes, because there was nothing before."""

    number: int
    moment: str
    by: str
    told: int
    note: str
    changes: int | None


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """What is not released yet and whom it concerns, a page of the versions, and a page of changes."""

    day: B2bDay
    asked: Asked
    may_release: bool
    waiting: int
    people: int
    newest: int
    rows: list[VersionRow]
    paging: Paging
    shown: Shown | None

    def url(self, **changes: int) -> str:
        """The address of this page with something else asked for."""
        values = {name: value or None for name, value in (asdict(self.asked) | changes).items()}
        return url_for("meetings.versions", day_id=self.day.id, **values)


def versions_page(actor: Actor, day: B2bDay, asked: Asked) -> VersionsPage:
    """The versions of a day with the changes that the address asks for, else those that wait to be released."""
    numbers, may_release = queries.version_numbers(day.id), rules.may_release(actor, day)
    paging = Paging.near(asked.page, VERSIONS_ON_PAGE, len(numbers))
    last = queries.last_version(day.id)
    before: dict[str, Any] = last.places if last else {}
    now = _places(day) if may_release else before
    waiting = changes_between(before, now)
    return VersionsPage(
        day=day,
        asked=asked,
        may_release=may_release,
        waiting=len(waiting),
        people=len(changed_people(before, now)),
        newest=numbers[0] if numbers else 0,
        rows=[_row(day, one) for one in queries.some_versions(day.id, paging.of(numbers))],
        paging=paging,
        shown=_shown(day, asked, waiting),
    )


def _places(day: B2bDay) -> dict[str, Any]:
    """The timetable as it stands, as a version keeps it."""
    return {
        str(one.id): seat.told()
        for one in queries.every_row(day).meetings
        if one.state in SEATED and (seat := seat_of(one))
    }


def _row(day: B2bDay, version: DayVersion) -> VersionRow:
    return VersionRow(
        version.number,
        zones.show_at(version.released_at, day.zone),
        version.released_by.name if version.released_by else "",
        version.told,
        version.note,
        len(version.changes) if version.number > 1 else None,
    )


def _shown(day: B2bDay, asked: Asked, waiting: Changes) -> Shown | None:
    """The changes of the version that is asked for, else what two versions differ in, else what waits."""
    wanted = [asked.version] if asked.version > 1 else [asked.first, asked.second]
    found = {one.number: one for one in queries.some_versions(day.id, wanted, whole=True)}
    if asked.version in found:
        heading = _("Changes of version %(number)s", number=asked.version)
        return _page(day, heading, found[asked.version].changes, asked.part)
    if len(found) == len(set(wanted)) == 2:
        heading = _("Version %(first)s beside version %(second)s", first=asked.first, second=asked.second)
        differing = changes_between(found[asked.first].places, found[asked.second].places)
        return _page(day, heading, differing, asked.part)
    return _page(day, _("What changes"), waiting, asked.part, waiting=True) if waiting else None


def _page(day: B2bDay, heading: str, changes: Changes, part: int, *, waiting: bool = False) -> Shown:
    paging = Paging.near(part, CHANGES_ON_PAGE, len(changes))
    some = paging.of(changes)
    rows = queries.some_rows(day, [one["meeting"] for one in some], ())
    labels, known = Labels(rows), {one.id for one in rows.meetings}
    times = {one.id: day.time_of(one.starts_at) for one in day.slots}

    def place(seat: dict[str, Any] | None) -> str:
        if seat is None:
            return str(_("no place"))
        time, table = times.get(seat["slot"], "–"), labels.tables.get(seat["table"], "–")
        return str(_("%(time)s, table %(table)s", time=time, table=table))

    shown = [
        Change(
            labels.meeting(one["meeting"]) if one["meeting"] in known else "–",
            place(one["before"]),
            place(one["after"]),
        )
        for one in some
    ]
    return Shown(heading, waiting, shown, paging)
