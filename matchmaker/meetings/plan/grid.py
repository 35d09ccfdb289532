"""The timetable as a grid of tables and times, with what has no place beside it, for one reader.

A large hall is shown in parts, and what has no place page by page: nothing here grows with the day but reading it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, order_countries
from matchmaker.core.paging import Paging
from matchmaker.engines.timetable.check import count_breaks
from matchmaker.engines.timetable.day import Cause, Placement
from matchmaker.firms.names import place_name
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import BlockKind, MeetingState
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.plan import queries, rules
from matchmaker.meetings.plan.causes import causes_of, in_words
from matchmaker.meetings.plan.clashes import clashes_of
from matchmaker.meetings.plan.finding import Found, found
from matchmaker.meetings.plan.hand import Chosen, chosen
from matchmaker.meetings.plan.labels import Labels
from matchmaker.meetings.plan.parts import Part, View, parts_of
from matchmaker.meetings.plan.problem import Problem, positions
from matchmaker.meetings.plan.rows import MeetingRow
from matchmaker.meetings.words import block_name
from matchmaker.reference import countries

ON_PAGE: Final = 40
"""Meetings without a place that are listed at once."""
MOST_NAMED: Final = 2
"""Meetings that a message names one by one: a swap."""
NOTHING: Final = View()
"""The first part of the hall, and no meeting in hand."""


@dataclass(frozen=True, slots=True)
class Column:
    """A time, or a break with its name."""

    label: str
    position: int | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A meeting in the grid or in the list of those without a place."""

    id: int
    firms: list[str]
    weight: int
    notes: list[str]
    clash: str = ""
    locked: bool = False
    movable: bool = True
    over: bool = False
    within: str = ""
    """The mark of the side to which all firms belong, a or b; empty where both sides meet."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One table at one time; no card where it is free."""

    slot: int
    table: int
    label: str
    card: Card | None
    closed: bool

    @property
    def key(self) -> str:
        """As forms and scripts name it."""
        return f"{self.slot}-{self.table}"


@dataclass(frozen=True, slots=True)
class Row:
    """One table through the day; None stands for a break."""

    number: int
    note: str
    cells: list[Cell | None]


class Grid:
    """Each part is put together when a template asks for it: a change of one cell needs few of them."""

    def __init__(self, actor: Actor, problem: Problem, view: View) -> None:
        day = problem.rows.day
        self.actor = actor
        self.day = day
        self.may_plan = rules.may_plan(actor, day)
        self._view = view
        self.problem = problem
        self.labels = Labels.of(problem)
        self.positions = positions(day)

    @cached_property
    def at(self) -> dict[int, Placement]:
        """Where each meeting is that has a place."""
        return {one.meeting: one for one in self.problem.placements}

    @cached_property
    def _at(self) -> dict[tuple[int, int], Placement]:
        return {(one.slot, one.table): one for one in self.problem.placements}

    @cached_property
    def _clashes(self) -> dict[int, str]:
        return clashes_of(self.problem, self.labels)

    @cached_property
    def columns(self) -> list[Column]:
        """Times and breaks in order."""
        slots = {block.id: [s for s in self.day.slots if s.block_id == block.id] for block in self.day.blocks}
        found: list[Column] = []
        for block in self.day.blocks:
            if block.kind is BlockKind.BREAK:
                found.append(Column(self.day.time_of(block.starts_at), None, block_name(block, language())))
            found += [Column(self.labels.slots[one.position], one.position) for one in slots[block.id]]
        return found

    @cached_property
    def parts(self) -> list[Part]:
        """The parts of the hall; one where it is small."""
        return parts_of(self.day.tables)

    @cached_property
    def part(self) -> Part:
        """The part that is shown."""
        asked = self._view.part
        if not 0 < asked <= len(self.parts):
            at = self.at.get(self._view.chosen or 0)
            inside = (
                one.number for one in self.parts if at and at.table in {table.id for table in one.tables}
            )
            asked = next(inside, 1)
        return self.parts[asked - 1]

    @cached_property
    def asked(self) -> dict[str, int | str | None]:
        """What an address names that leads to what is shown now; None where it needs none."""
        return {
            "part": self.part.number if len(self.parts) > 1 else None,
            "page": self._view.page if self._view.page > 1 else None,
            "firm": self._view.firm or None,
        }

    @property
    def is_large(self) -> bool:
        """Whether a firm has to be searched for."""
        return len(self.parts) > 1 or self.unplaced > ON_PAGE

    @cached_property
    def found(self) -> list[Found]:
        """The meetings of the firm that was typed."""
        return found(self, self._view.firm)

    @cached_property
    def rows(self) -> list[Row]:
        """The tables of the part."""
        return [
            Row(
                table.number,
                self._table_note(table.languages, table.host_id, table.room),
                [
                    None if column.position is None else self.cell(column.position, table.id)
                    for column in self.columns
                ],
            )
            for table in self.part.tables
        ]

    def _table_note(self, languages: Iterable[str], host: int | None, room: str) -> str:
        spoken = "–".join(code.upper() for code in languages)
        home = self.labels.firm(host) if host is not None else ""
        return " · ".join(part for part in (spoken, home, place_name(room)) if part)

    def cell(self, slot: int, table: int) -> Cell:
        """One place."""
        one = self._at.get((slot, table))
        label = self.place_name(slot, table)
        closed = slot in self._closed[table]
        return Cell(slot, table, label, None if one is None else self.card(one.meeting), closed)

    def place_name(self, slot: int, table: int) -> str:
        """A time and a table in words."""
        time, number = self.labels.slots[slot], self.labels.tables[table]
        return str(_("%(time)s, table %(table)s", time=time, table=number))

    @cached_property
    def _closed(self) -> dict[int, frozenset[int]]:
        return {table.id: table.blocked for table in self.problem.day.tables}

    def card(self, number: int) -> Card:
        """One meeting."""
        return replace(self.plain_card(number), clash=self._clashes.get(number, ""))

    def plain_card(self, number: int) -> Card:
        """One meeting, whatever clashes it has: to find those the whole timetable is examined."""
        meeting = self.problem.meetings[number]
        numbers = self.labels.firms_of(meeting)
        firms = [self.labels.firm(one) for one in numbers]
        sides = {self.labels.side(one) for one in numbers}
        within = "ab"[sides.pop()] if len(sides) == 1 else ""
        movable = self.may_plan and meeting.state in (MeetingState.WISHED, MeetingState.PLACED)
        over = meeting.state in (MeetingState.HELD, MeetingState.NOT_HELD)
        return Card(number, firms, meeting.weight, _notes(meeting), "", meeting.locked, movable, over, within)

    @cached_property
    def _causes(self) -> dict[int, Cause]:
        return causes_of(self.problem)

    @property
    def unplaced(self) -> int:
        """How many meetings have no place."""
        return len(self._causes)

    @cached_property
    def paging(self) -> Paging:
        """The page of those without a place that is shown."""
        return Paging.near(self._view.page, ON_PAGE, self.unplaced)

    @cached_property
    def waiting(self) -> list[tuple[Card, str]]:
        """Meetings without a place, what must be held and what weighs most first, each with its cause; one page."""
        meetings = self.problem.meetings
        order = sorted(self._causes, key=lambda one: (not meetings[one].must, -meetings[one].weight, one))
        return [(self.card(one), self.cause(one)) for one in self.paging.of(order)]

    def cause(self, number: int) -> str:
        """Why a meeting has no place; empty for one that has."""
        cause = self._causes.get(number)
        return "" if cause is None else in_words(self.problem, self.labels, cause)

    def where(self, number: int) -> str:
        """The place of a meeting, or why it has none."""
        at = self.at.get(number)
        return self.cause(number) if at is None else self.place_name(at.slot, at.table)

    @cached_property
    def counters(self) -> list[tuple[str, str, str]]:
        """What the timetable amounts to: number, word, kind."""
        held, waiting, clashes = len(self._at), self.unplaced, len(self._clashes)
        return [
            (str(held), ngettext("meeting", "meetings", held), ""),
            (str(waiting), ngettext("not placed", "not placed", waiting), ""),
            (str(clashes), ngettext("clash", "clashes", clashes), "danger" if clashes else ""),
        ]

    @cached_property
    def spread(self) -> str:
        """How many meetings the firms have, and how often they wait between two."""
        held = Counter(firm for one in self.problem.placements for firm in self._parts[one.meeting])
        firms = [one.id for one in self.problem.day.firms if one.id not in self.problem.nobody]
        if not firms:
            return ""
        least, most = min(held[one] for one in firms), max(held[one] for one in firms)
        breaks = sum(count_breaks(self.problem.day, self.problem.placements).values())
        every = (
            _("Every firm has %(least)s to %(most)s meetings", least=least, most=most)
            if least != most
            else ngettext("Every firm has %(num)s meeting", "Every firm has %(num)s meetings", least)
        )
        waits = ngettext("%(num)s break", "%(num)s breaks", breaks)
        return f"{every} · {waits}"

    @cached_property
    def _parts(self) -> dict[int, tuple[int, ...]]:
        return {one.id: one.firms for one in self.problem.day.meetings}

    @cached_property
    def sides(self) -> list[tuple[str, str]]:
        """The countries of the two sides as the marks of the cards show them."""
        codes = order_countries(sorted({one.side for one in self.problem.day.firms}))
        if len(codes) != 2:
            return []
        return [("a", countries.label(codes[0], language())), ("b", countries.label(codes[1], language()))]

    @cached_property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self.may_plan and queries.can_undo(self.day.id)

    @cached_property
    def chosen(self) -> Chosen | None:
        """The meeting in hand, if the address names one of the day."""
        wanted = self._view.chosen
        if wanted is None or wanted not in self.problem.meetings or not self.may_plan:
            return None
        return chosen(self, wanted)

    def touched(self, changes: Iterable[dict[str, Any]]) -> list[Cell]:
        """The cells that a step changed, as far as they are shown."""
        shown = {table.id for table in self.part.tables}
        seats = [seat for one in changes for seat in (one["before"], one["after"]) if seat]
        keys = {(self.positions[seat["slot"]], seat["table"]) for seat in seats if seat["table"] in shown}
        return [self.cell(slot, table) for slot, table in sorted(keys)]

    def in_words(self, changes: Iterable[dict[str, Any]]) -> str:
        """Where the meetings are now that a step moved or took back; only how many where they are more than two."""
        numbers = [one["meeting"] for one in changes if _place(one["before"]) != _place(one["after"])]
        if len(numbers) > MOST_NAMED:
            if not any(one in self.at for one in numbers):
                return str(
                    ngettext("%(num)s meeting: no place.", "%(num)s meetings: no place.", len(numbers))
                )
            told = ngettext(
                "%(num)s meeting has another place.", "%(num)s meetings have another place.", len(numbers)
            )
            return str(told)
        return " ".join(self._moved(number) for number in numbers)

    def _moved(self, number: int) -> str:
        meeting, at = self.labels.meeting(number), self.at.get(number)
        if at is None:
            return str(_("%(meeting)s: without a place.", meeting=meeting))
        return str(_("%(meeting)s: %(place)s.", meeting=meeting, place=self.place_name(at.slot, at.table)))


def grid(actor: Actor, day: B2bDay, view: View = NOTHING) -> Grid:
    """The grid of a day, read afresh."""
    return Grid(actor, queries.problem(day_queries.day(day.id)), view)


def _place(seat: dict[str, Any] | None) -> tuple[int, int] | None:
    return (seat["slot"], seat["table"]) if seat else None


def _notes(meeting: MeetingRow) -> list[str]:
    found = []
    if meeting.must:
        found.append(str(_("must meet")))
    if meeting.pair:
        found.append(str(_("interpreter")))
    if meeting.state is MeetingState.HELD:
        found.append(str(_("held")))
    elif meeting.state is MeetingState.NOT_HELD:
        found.append(str(pgettext("meeting", "not held")))
    elif meeting.locked:
        found.append(str(_("locked")))
    return found
