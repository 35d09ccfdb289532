"""Meetings out of a list: as staff arrange them, then their order, and at last all places and locks at once.

The numbers of its firms name a meeting. Who goes and who interprets is found anew, as for every plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.engines.timetable.check import check_placements
from matchmaker.engines.timetable.day import Placement
from matchmaker.meetings import places
from matchmaker.meetings.enums import MeetingState, StepVerb
from matchmaker.meetings.files import lines, meeting_changes
from matchmaker.meetings.files.lines import Fault, Line
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingOrder
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.plan import rules as plan_rules
from matchmaker.meetings.plan import services as plan_services
from matchmaker.meetings.plan.clashes import clashes_of
from matchmaker.meetings.plan.labels import Labels
from matchmaker.meetings.plan.problem import Problem
from matchmaker.meetings.plan.seats import seats_after
from matchmaker.meetings.wishes.arranging import Arrangement, Arranging
from matchmaker.meetings.wishes.rules import living_key

BROUGHT = ("", MeetingState.WISHED.value, MeetingState.PLACED.value)
"""Meetings that are only asked for, or over, are not brought in."""
OVER = (MeetingState.HELD, MeetingState.NOT_HELD)
"""Meetings of which a line may tell what is there, and nothing else."""


def bring_meetings(actor: Actor, day: B2bDay, listed: Sequence[Line]) -> list[Fault]:
    """Arrange the meetings of a list that are not there yet and change those that are; order and places come afterwards.

    A line that is refused has written nothing.
    """
    known = _Known(day)
    arranging = Arranging(actor, day, known.groups(listed))
    found = lines.faults_of(listed, lambda line: _bring(arranging, known, line))
    arranging.write()
    return found


def _bring(arranging: Arranging, known: "_Known", line: Line) -> None:
    day, state = arranging.day, line.get("state", "")
    if state not in (*BROUGHT, *OVER):
        return
    firms = known.numbers(line.get("firm_ids", ""), "firm_ids")
    there = known.meetings.get(living_key(firms))
    if there is not None:
        meeting_changes.change(arranging.actor, day, there, line)
    elif state in BROUGHT:
        known.meetings[living_key(firms)] = _add(arranging, firms, line)


def _add(arranging: Arranging, firms: Sequence[int], line: Line) -> Meeting:
    day = arranging.day
    wanted = Arrangement(
        firms=firms,
        topic=lines.word(line, "topic", meeting_changes.TOPIC_LETTERS),
        must=lines.holds(line, "must"),
        block_id=meeting_changes.block(day, line),
        fixed_slot_id=meeting_changes.only_slot(day, line),
    )
    fit = lines.number(line, "fit", most=meeting_changes.HIGHEST_FIT)
    meeting = arranging.add(wanted)
    if fit is not None:
        meeting.weight, meeting.points_set = fit, ""
    return meeting


def finish_meetings(actor: Actor, day: B2bDay, listed: Sequence[Line]) -> list[Fault]:
    """Order, places and locks of a list whose meetings are there; answers what does not fit."""
    brought = [(at, line) for at, line in enumerate(listed) if line.get("state", "") in BROUGHT]
    found: list[Fault] = []
    meetings: dict[int, Meeting] = {}
    known = _Known(day)
    for at, line in brought:
        try:
            meetings[at] = known.meeting(line.get("firm_ids", ""), "firm_ids")
            _order(known, meetings[at], line)
        except DomainError as error:
            found.append(Fault(at, error.message, error.field or ""))
    db.session.flush()
    wanted = {
        at: (line, meetings[at]) for at, line in brought if at in meetings and line.get("from", "").strip()
    }
    return found or _place(actor, day, wanted)


class _Known:
    """The firms of a day by their numbers, its living meetings by their firms and what comes after what, read once."""

    def __init__(self, day: B2bDay) -> None:
        firms = select(DayParticipant.firm_id, DayParticipant.id).where(DayParticipant.day_id == day.id)
        self.firms = {row.firm_id: row.id for row in db.session.execute(firms)}
        living = select(Meeting).where(Meeting.day_id == day.id, Meeting.living_key.is_not(None))
        self.meetings = {one.living_key or "": one for one in db.session.scalars(living)}
        self.orders: dict[int, set[int]] = defaultdict(set)
        orders = (
            select(MeetingOrder.meeting_id, MeetingOrder.earlier_id)
            .join(Meeting, Meeting.id == MeetingOrder.meeting_id)
            .where(Meeting.day_id == day.id)
        )
        for later, sooner in db.session.execute(orders):
            self.orders[later].add(sooner)

    def numbers(self, text: str, column: str) -> list[int]:
        """The participants whose firms a column names; raises DomainError there."""
        found = []
        for word in text.replace(",", " ").split():
            firm = lines.number({column: word}, column, least=1) or 0
            if firm not in self.firms:
                raise DomainError(_("There is no such firm at this day."), column)
            found.append(self.firms[firm])
        return found

    def groups(self, listed: Iterable[Line]) -> list[list[int]]:
        """The participants of each line that names some."""
        found = []
        for line in listed:
            with suppress(DomainError):
                found.append(self.numbers(line.get("firm_ids", ""), "firm_ids"))
        return found

    def meeting(self, text: str, column: str) -> Meeting:
        """The living meeting of the firms that a column names; raises DomainError there."""
        found = self.meetings.get(living_key(self.numbers(text, column)))
        if found is None:
            raise DomainError(_("There is no meeting of these firms."), column)
        return found


def _place(actor: Actor, day: B2bDay, wanted: dict[int, tuple[Line, Meeting]]) -> list[Fault]:
    """All places that differ in one step, examined as a plan is before it is stored."""
    problem, faults = plan_queries.problem(day), []
    before = {one.meeting: one for one in problem.placements}
    moves: dict[int, Placement] = {}
    for at, (line, meeting) in wanted.items():
        try:
            place = _placement(day, line, meeting)
            if place != before.get(meeting.id):
                moves[at] = place
        except DomainError as error:
            faults.append(Fault(at, error.message, error.field or ""))
    if moves and not plan_rules.may_plan(actor, day):
        message = _("Meetings have times only once wishes are taken.")
        return [Fault(at, message, "from") for at in moves]
    if moves and not faults:
        faults = _misfits(problem, moves)
    if not faults:
        seats = seats_after(problem, {one.meeting: one for one in moves.values()})
        places.change(actor, day, StepVerb.PLACE, seats)
        for line, meeting in wanted.values():
            if lines.holds(line, "locked") and not meeting.locked:
                plan_services.set_lock_behind(actor, day, meeting.id, locked=True)
    return faults


def _placement(day: B2bDay, line: Line, meeting: Meeting) -> Placement:
    (slot,) = lines.slots(day, line, "from")
    number = lines.number(line, "table", least=1)
    table = next((one.id for one in day.tables if one.number == number), None)
    if table is None:
        raise DomainError(_("There is no such table."), "table")
    return Placement(meeting.id, slot, table)


def _misfits(problem: Problem, moves: Mapping[int, Placement]) -> list[Fault]:
    """What the examiner says of moves, each told with a line that is concerned; what was wrong before is no fault of theirs."""
    after = {one.meeting: one for one in (*problem.placements, *moves.values())}.values()
    at_of = {one.meeting: at for at, one in moves.items()}
    words = clashes_of(problem, Labels.of(problem), after)
    faults = {
        at_of[number]: Fault(at_of[number], why, "from") for number, why in words.items() if number in at_of
    }
    standing = check_placements(problem.day, problem.placements)
    sharing = _sharing(problem, after)
    for broken in sorted(set(check_placements(problem.day, after)).difference(standing)):
        meetings = {*broken.ids, *(one for record in broken.ids for one in sharing[record, broken.slot])}
        concerned = {at_of[number] for number in meetings if number in at_of}
        if concerned and not faults.keys() & concerned:
            told = _("The table, a firm or all interpreters are taken at this time.")
            faults[max(concerned)] = Fault(max(concerned), told, "from")
        elif not concerned and not faults:
            told = _("These meetings do not fit together.")
            faults[min(moves)] = Fault(min(moves), told, "from")
    return sorted(faults.values())


def _sharing(problem: Problem, placements: Iterable[Placement]) -> dict[tuple[int, int], list[int]]:
    """The meetings that have a firm or a table in each slot."""
    firms = {one.id: one.firms for one in problem.day.meetings}
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for one in placements:
        for number in (*firms[one.meeting], one.table):
            found[number, one.slot].append(one.meeting)
    return found


def _order(known: _Known, meeting: Meeting, line: Line) -> None:
    """The meetings before this one; refused where the order would lead back to itself."""
    for text in filter(None, map(str.strip, line.get("after", "").split(";"))):
        earlier = known.meeting(text, "after")
        if meeting.id == earlier.id or meeting.id in _before(known.orders, earlier.id):
            raise DomainError(_("The order of the meetings leads back to itself."), "after")
        if earlier.id not in known.orders[meeting.id]:
            db.session.add(MeetingOrder(meeting_id=meeting.id, earlier_id=earlier.id))
            known.orders[meeting.id].add(earlier.id)


def _before(orders: dict[int, set[int]], number: int) -> set[int]:
    """Everything that comes before a meeting."""
    found: set[int] = set()
    waiting = [number]
    while waiting:
        for sooner in orders.get(waiting.pop(), set()) - found:
            found.add(sooner)
            waiting.append(sooner)
    return found
