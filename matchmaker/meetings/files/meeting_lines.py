"""Meetings out of a list: as staff arrange them, then their order, and at last all places and locks at once.

The numbers of its firms name a meeting. Who goes and who interprets is found anew, as for every plan.
"""

from collections import defaultdict
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.engines.timetable.check import check_placements
from matchmaker.engines.timetable.day import Placement
from matchmaker.meetings import places
from matchmaker.meetings.enums import MeetingState, StepVerb
from matchmaker.meetings.files import lines
from matchmaker.meetings.files.lines import Fault, Line
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingOrder
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.plan import rules as plan_rules
from matchmaker.meetings.plan import services as plan_services
from matchmaker.meetings.plan.clashes import clashes_of
from matchmaker.meetings.plan.labels import Labels
from matchmaker.meetings.plan.seats import seats_of
from matchmaker.meetings.wishes import arranging
from matchmaker.meetings.wishes.arranging import Arrangement
from matchmaker.meetings.wishes.rules import living_key

BROUGHT = ("", MeetingState.WISHED.value, MeetingState.PLACED.value)
"""Meetings that are only asked for, or over, are not brought in."""


def bring_meeting(actor: Actor, day: B2bDay, line: Line) -> None:
    """Arrange a meeting that is not there yet; its order and place come when all are there."""
    if line.get("state", "") not in BROUGHT:
        return
    firms = _firms(day, line.get("firm_ids", ""), "firm_ids")
    if _living(day.id, firms) is not None:
        return
    fixed, block = lines.slots(day, line, "fixed"), lines.moment(day, line, "block")
    within = next((one.id for one in day.blocks if one.starts_at == block), None)
    if block is not None and within is None:
        raise DomainError(_("No block begins at this time."), "block")
    wanted = Arrangement(
        firms=[one.id for one in firms],
        topic=lines.word(line, "topic", 500),
        must=lines.holds(line, "must"),
        block_id=within,
        fixed_slot_id=next((one.id for one in day.slots if one.position in fixed), None),
    )
    fit = lines.number(line, "fit", most=100)
    meeting = arranging.arrange(actor, day, wanted)
    if fit is not None:
        meeting.weight, meeting.points_set = fit, ""


def finish_meetings(actor: Actor, day: B2bDay, listed: Sequence[Line]) -> list[Fault]:
    """Order, places and locks of a list whose meetings are there; answers what does not fit."""
    brought = [(at, line) for at, line in enumerate(listed) if line.get("state", "") in BROUGHT]
    found: list[Fault] = []
    meetings: dict[int, Meeting] = {}
    for at, line in brought:
        try:
            meetings[at] = _named(day, line.get("firm_ids", ""), "firm_ids")
            _order(day, meetings[at], line)
        except DomainError as error:
            found.append(Fault(at, error.message, error.field or ""))
    db.session.flush()
    wanted = {
        at: (line, meetings[at]) for at, line in brought if at in meetings and line.get("from", "").strip()
    }
    return found or _place(actor, day, wanted)


def _place(actor: Actor, day: B2bDay, wanted: dict[int, tuple[Line, Meeting]]) -> list[Fault]:
    """All places in one step, examined as a plan is before it is stored."""
    if wanted and not plan_rules.may_plan(actor, day):
        message = _("Meetings have times only once wishes are taken.")
        return [Fault(at, message, "from") for at in wanted]
    problem, faults = plan_queries.problem(day), []
    at_places: dict[int, Placement] = {one.meeting: one for one in problem.placements}
    for at, (line, meeting) in wanted.items():
        try:
            at_places[meeting.id] = _placement(day, line, meeting)
        except DomainError as error:
            faults.append(Fault(at, error.message, error.field or ""))
    at_of = {meeting.id: at for at, (_line, meeting) in wanted.items()}
    if not faults:
        faults = _misfits(day, list(at_places.values()), at_of)
    if not faults and at_of:
        changed = seats_of(problem, at_places.values())
        places.change(
            actor, day, StepVerb.PLACE, {number: changed[number] for number in at_of if number in changed}
        )
        for line, meeting in wanted.values():
            if lines.holds(line, "locked"):
                plan_services.set_lock(actor, day, meeting.id, locked=True)
    return faults


def _placement(day: B2bDay, line: Line, meeting: Meeting) -> Placement:
    (slot,) = lines.slots(day, line, "from")
    number = lines.number(line, "table", least=1)
    table = next((one.id for one in day.tables if one.number == number), None)
    if table is None:
        raise DomainError(_("There is no such table."), "table")
    return Placement(meeting.id, slot, table)


def _misfits(day: B2bDay, placements: list[Placement], at_of: dict[int, int]) -> list[Fault]:
    """What the examiner says of the places, each told with a line that is concerned."""
    problem = plan_queries.problem(day)
    sharing: dict[tuple[int, int], list[int]] = defaultdict(list)
    firms = {one.id: one.firms for one in problem.day.meetings}
    for one in placements:
        for number in (*firms[one.meeting], one.table):
            sharing[number, one.slot].append(one.meeting)
    words = clashes_of(problem, Labels.of(problem), placements)
    faults = {
        at_of[number]: Fault(at_of[number], why, "from") for number, why in words.items() if number in at_of
    }
    for broken in check_placements(problem.day, placements):
        concerned = [
            at_of[number]
            for number in {
                *broken.ids,
                *(meeting for record in broken.ids for meeting in sharing[record, broken.slot]),
            }
            if number in at_of
        ]
        if concerned and not faults.keys() & set(concerned):
            told = _("The table, a firm or all interpreters are taken at this time.")
            faults[max(concerned)] = Fault(max(concerned), told, "from")
        elif not concerned and not faults:
            told = _("These meetings do not fit together.")
            faults[min(at_of.values())] = Fault(min(at_of.values()), told, "from")
    return sorted(faults.values())


def _order(day: B2bDay, meeting: Meeting, line: Line) -> None:
    """The meetings before this one; refused where the order would lead back to itself."""
    for text in filter(None, map(str.strip, line.get("after", "").split(";"))):
        earlier = _named(day, text, "after")
        orders: dict[int, set[int]] = defaultdict(set)
        for later, sooner in db.session.execute(
            select(MeetingOrder.meeting_id, MeetingOrder.earlier_id)
            .join(Meeting, Meeting.id == MeetingOrder.meeting_id)
            .where(Meeting.day_id == day.id)
        ):
            orders[later].add(sooner)
        if meeting.id == earlier.id or meeting.id in _before(orders, earlier.id):
            raise DomainError(_("The order of the meetings leads back to itself."), "after")
        if earlier.id not in orders[meeting.id]:
            db.session.add(MeetingOrder(meeting_id=meeting.id, earlier_id=earlier.id))
            db.session.flush()


def _before(orders: dict[int, set[int]], number: int) -> set[int]:
    """Everything that comes before a meeting."""
    found: set[int] = set()
    waiting = [number]
    while waiting:
        for sooner in orders.get(waiting.pop(), set()) - found:
            found.add(sooner)
            waiting.append(sooner)
    return found


def _firms(day: B2bDay, text: str, column: str) -> list[DayParticipant]:
    numbers = text.replace(",", " ").split()
    return [lines.participant(day, {column: number}, column) for number in numbers]


def _living(day_id: int, firms: Sequence[DayParticipant]) -> Meeting | None:
    key = living_key([one.id for one in firms])
    return db.session.scalar(select(Meeting).where(Meeting.day_id == day_id, Meeting.living_key == key))


def _named(day: B2bDay, text: str, column: str) -> Meeting:
    found = _living(day.id, _firms(day, text, column))
    if found is None:
        raise DomainError(_("There is no meeting of these firms."), column)
    return found
