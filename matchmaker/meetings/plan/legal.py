"""Where a meeting may go as the timetable stands, and what is in the way elsewhere, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from matchmaker.core.errors import Conflict, DomainError
from matchmaker.engines.timetable.board import host_table
from matchmaker.engines.timetable.day import Meeting, Placement, Table
from matchmaker.engines.timetable.live import Live
from matchmaker.meetings.plan.labels import Labels, joined
from matchmaker.meetings.plan.seats import interpreters_for

if TYPE_CHECKING:
    from matchmaker.meetings.plan.problem import Problem


@dataclass(slots=True)
class Ways:
    """Where a chosen meeting may go: free places by slot and table, meetings to change places with, refusals by slot."""

    free: list[tuple[int, int]] = field(default_factory=list)
    swaps: list[int] = field(default_factory=list)
    refusals: dict[int, str] = field(default_factory=dict)


class Desk:
    """A timetable under somebody's hands; moves are tried on it and taken back."""

    def __init__(self, problem: Problem, labels: Labels) -> None:
        self.problem = problem
        self.labels = labels
        self.live = Live(problem.day, problem.placements)
        self.tables = {one.id: one for one in problem.day.tables}

    def ways(self, number: int) -> Ways:
        """Everywhere a meeting may go."""
        meeting, found = self._chosen(number), Ways()
        old = self.live.take(number) if number in self.live.placed else None
        for slot in range(len(self.problem.day.slots)):
            refusal = self._slot_refusal(meeting, slot)
            tables = [] if refusal else self._open_tables(meeting, slot)
            found.free += [
                (slot, one) for one in tables if old is None or (slot, one) != (old.slot, old.table)
            ]
            if refusal or not tables:
                found.refusals[slot] = refusal or str(_("No table is free that takes this meeting."))
        if old is not None:
            found.swaps = [one for one in self._partners(meeting, old) if self._can_swap(meeting, old, one)]
            self.live.put(old)
        return found

    def moves(self, number: int, slot: int, table: int) -> dict[int, Placement]:
        """The placements that change when a meeting goes to a place, the one it changes places with included.

        Raises DomainError (field `to`) that says what is in the way.
        """
        if table not in self.tables or not 0 <= slot < len(self.problem.day.slots):
            raise DomainError(_("There is no such place."), field="to")
        meeting = self._chosen(number)
        other = self.live.at_table.get((table, slot))
        old = self.live.take(number) if number in self.live.placed else None
        wanted = {number: Placement(number, slot, table)}
        if other is None or other == number:
            self._demand(self._refusal(meeting, slot, table))
            return wanted
        if old is None or other in self.problem.fixed:
            raise DomainError(
                _("The place is taken by %(meeting)s.", meeting=self.labels.meeting(other)), field="to"
            )
        self.live.take(other)
        self._demand(self._refusal(meeting, slot, table))
        self.live.put(wanted[number])
        back = self._refusal(self.live.meetings[other], old.slot, old.table)
        self._demand(
            back
            and str(
                _("%(meeting)s cannot change places: %(why)s", meeting=self.labels.meeting(other), why=back)
            )
        )
        return {**wanted, other: Placement(other, old.slot, old.table)}

    @staticmethod
    def _demand(refusal: str) -> None:
        if refusal:
            raise DomainError(refusal, field="to")

    def _chosen(self, number: int) -> Meeting:
        meeting = self.live.meetings.get(number)
        if meeting is None:
            raise DomainError(_("This meeting cannot be placed."), field="to")
        if number in self.problem.fixed:
            raise DomainError(_("This meeting is locked or over. It keeps its place."), field="to")
        if meeting.declined:
            raise DomainError(_("One of the firms said no."), field="to")
        return meeting

    def _partners(self, meeting: Meeting, old: Placement) -> Iterator[int]:
        """Meetings whose firms are free where the chosen one was, in times when its firms are free but for them.

        A cheap look that leaves out most of a large day; whether the two may really change places is asked of each.
        """
        live = self.live
        busy = [set(live.in_the_way(meeting, slot)) for slot in range(len(self.problem.day.slots))]
        for other in sorted(live.placed):
            slot = live.placed[other].slot
            here_free = slot == old.slot or not live.in_the_way(live.meetings[other], old.slot)
            if here_free and busy[slot] <= {other}:
                yield other

    def _can_swap(self, meeting: Meeting, old: Placement, other: int) -> bool:
        """Whether two meetings may change places; the chosen one is in nobody's hands while this is asked."""
        if other in self.problem.fixed:
            return False
        there = self.live.take(other)
        fits = not self._refusal(meeting, there.slot, there.table)
        if fits:
            self.live.put(Placement(meeting.id, there.slot, there.table))
            fits = not self._refusal(self.live.meetings[other], old.slot, old.table)
            self.live.take(meeting.id)
        self.live.put(there)
        return fits

    def _refusal(self, meeting: Meeting, slot: int, table: int) -> str:
        """What is in the way at one place; empty where nothing is."""
        return self._slot_refusal(meeting, slot) or self._table_refusal(meeting, slot, self.tables[table])

    def _slot_refusal(self, meeting: Meeting, slot: int) -> str:
        live, labels = self.live, self.labels
        away = [firm for firm in meeting.firms if slot in live.firms[firm].blocked]
        if away:
            return str(_("Not there at this time: %(firms)s.", firms=joined(map(labels.firm, away))))
        if not live.allowed(meeting, slot):
            return self._own_refusal(meeting, slot)
        if not live.wants_more(meeting):
            full = [
                f
                for f in meeting.firms
                if live.held[f] >= (live.firms[f].most or 0) and live.firms[f].most is not None
            ]
            return str(
                _("Already as many meetings as wanted: %(firms)s.", firms=joined(map(labels.firm, full)))
            )
        for number in live.in_the_way(meeting, slot):
            busy = set(meeting.firms) & set(live.meetings[number].firms)
            table = labels.tables[live.placed[number].table]
            firms = joined(labels.firm(one) for one in sorted(busy))
            return str(_("At table %(table)s then: %(firms)s.", table=table, firms=firms))
        return self._interpreter_refusal(meeting, slot)

    def _own_refusal(self, meeting: Meeting, slot: int) -> str:
        if meeting.fixed is not None and meeting.fixed != slot:
            return str(_("The meeting is set for %(time)s.", time=self.labels.slots[meeting.fixed]))
        if meeting.session and self.problem.day.slots[slot].session != meeting.session:
            return str(_("The wish is for another part of the day."))
        return str(_("The order of the meetings forbids it."))

    def _interpreter_refusal(self, meeting: Meeting, slot: int) -> str:
        """Named interpreters with all their pairs are matched to the meetings of the slot."""
        if not meeting.pools:
            return ""
        rows, fixed = self.problem.meetings, self.problem.fixed
        held = [rows[number] for (_table, at), number in self.live.at_table.items() if at == slot]
        taken = {
            one.interpreter_id
            for row in held
            if row.id in fixed
            for one in row.bookings
            if one.interpreter_id
        }
        free = [
            one
            for one in self.problem.rows.day.interpreters
            if slot not in one.closed and one.id not in taken
        ]
        try:
            interpreters_for([*(row for row in held if row.id not in fixed), rows[meeting.id]], free, {})
        except Conflict:
            pair = self.labels.pair(rows[meeting.id].pair)
            return str(_("All interpreters of %(pair)s are taken at this time.", pair=pair))
        return ""

    def _open_tables(self, meeting: Meeting, slot: int) -> list[int]:
        return [
            table.id
            for table in self.problem.day.tables
            if (table.id, slot) not in self.live.at_table and not self._table_refusal(meeting, slot, table)
        ]

    def _table_refusal(self, meeting: Meeting, slot: int, table: Table) -> str:
        home = host_table(meeting, self.live.hosts)
        if slot in table.blocked:
            return str(_("The table is not open at this time."))
        if home is not None and home.id != table.id:
            number = self.labels.tables[home.id]
            return str(_("The host keeps table %(table)s.", table=number))
        if home is None and table.host is not None:
            return str(_("The table belongs to %(firm)s.", firm=self.labels.firm(table.host)))
        if home is None and meeting.language and table.languages and meeting.language not in table.languages:
            return str(_("The table is for meetings in another language."))
        return ""
