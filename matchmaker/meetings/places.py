"""Where meetings are in the working timetable: one change of it at a time, kept as a step that can be undone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, NotFound
from matchmaker.meetings import queries
from matchmaker.meetings.enums import MeetingState, MeetingVerb, StepVerb
from matchmaker.meetings.models import (
    B2bDay,
    DayPerson,
    Meeting,
    MeetingBooking,
    MeetingEvent,
    PlanStep,
)

if TYPE_CHECKING:
    from matchmaker.meetings.plan.rows import MeetingRow

MOVABLE: Final = (MeetingState.WISHED, MeetingState.PLACED)
"""A meeting in another state keeps its place or has none."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a meeting is held, in numbers of rows: slot, table, who goes, and the interpreter where one is needed."""

    slot: int
    table: int
    people: tuple[int, ...]
    interpreter: int | None = None

    def told(self) -> dict[str, Any]:
        """As steps and versions keep it."""
        return {
            "slot": self.slot,
            "table": self.table,
            "people": list(self.people),
            "interpreter": self.interpreter,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any] | None) -> "Seat | None":
        """What `told` kept."""
        if kept is None:
            return None
        return cls(kept["slot"], kept["table"], tuple(kept["people"]), kept["interpreter"])


def seat_of(meeting: "Meeting | MeetingRow") -> Seat | None:
    """Where a meeting with its bookings is; None when it has no place."""
    if meeting.slot_id is None or meeting.table_id is None:
        return None
    people = sorted(one.person_id for one in meeting.bookings if one.person_id is not None)
    interpreter = next((one.interpreter_id for one in meeting.bookings if one.interpreter_id), None)
    return Seat(meeting.slot_id, meeting.table_id, tuple(people), interpreter)


def change(
    actor: Actor | None, day: B2bDay, verb: StepVerb, wanted: Mapping[int, Seat | None]
) -> PlanStep | None:
    """Give meetings, by number, their new seats (None: no place) in one step; None when nothing differs.

    Waits for everybody who changes the same day. Raises Conflict where a table, a person or an interpreter is taken
    meanwhile, and where a meeting is locked, held or ended; NotFound for one of another day. The unique constraints of
    MeetingBooking decide; of a change that they refuse nothing is kept. A lock keeps time and table, not who goes.
    """
    locked = queries.lock(day)
    before = {number: seat_of(meeting) for number, meeting in _movable(locked.id, wanted).items()}
    differing = {number: seat for number, seat in wanted.items() if before[number] != seat}
    if not differing:
        return None
    _write(actor, locked, verb, before, differing)
    changes = [
        {"meeting": number, "before": _kept(before[number]), "after": _kept(seat)}
        for number, seat in sorted(differing.items())
    ]
    locked.plan_step += 1
    step = PlanStep(
        day_id=locked.id,
        number=locked.plan_step,
        verb=verb,
        changes=changes,
        person_id=actor.person_id if actor else None,
    )
    db.session.add(step)
    db.session.flush()
    audit.record(
        actor, f"timetable_{verb}", "b2b_day", locked.id, after={"step": step.number, "changes": changes}
    )
    return step


def undo(actor: Actor, day: B2bDay) -> PlanStep | None:
    """Take back the last step that still stands; None when there is none.

    Raises Conflict where a meeting of it was changed, locked or held since.
    """
    locked = queries.lock(day)
    step = db.session.scalar(
        select(PlanStep)
        .where(PlanStep.day_id == locked.id, PlanStep.undone_at.is_(None))
        .order_by(PlanStep.number.desc())
        .limit(1)
    )
    if step is None:
        return None
    wanted = {change["meeting"]: Seat.read(change["before"]) for change in step.changes}
    expected = {change["meeting"]: Seat.read(change["after"]) for change in step.changes}
    before = {number: seat_of(meeting) for number, meeting in _movable(locked.id, wanted).items()}
    if before != expected:
        raise Conflict(_("Meetings of the last step have been changed since. It cannot be undone."))
    _write(actor, locked, step.verb, before, wanted)
    step.undone_at = clock.now()
    locked.plan_step += 1
    db.session.flush()
    audit.record(actor, "timetable_undo", "b2b_day", locked.id, after={"step": step.number})
    return step


def _movable(day_id: int, wanted: Mapping[int, Seat | None]) -> dict[int, Meeting]:
    """These meetings of the day, read afresh with what they take; refused where one may not be moved."""
    rows = db.session.scalars(
        select(Meeting)
        .where(Meeting.day_id == day_id, Meeting.id.in_(wanted))
        .options(selectinload(Meeting.bookings), selectinload(Meeting.parties))
        .execution_options(populate_existing=True)
    )
    found = {one.id: one for one in rows}
    if found.keys() != wanted.keys():
        raise NotFound
    if any(
        one.state not in MOVABLE or (one.locked and not _stays(one, wanted[one.id])) for one in found.values()
    ):
        raise Conflict(_("A meeting is locked, held or ended. It keeps its place."))
    return found


def _stays(meeting: Meeting, seat: Seat | None) -> bool:
    """Whether a seat differs from where the meeting is at most in the people."""
    return seat is not None and (seat.slot, seat.table) == (meeting.slot_id, meeting.table_id)


def _write(
    actor: Actor | None,
    day: B2bDay,
    verb: StepVerb,
    before: Mapping[int, Seat | None],
    wanted: Mapping[int, Seat | None],
) -> None:
    """All or nothing; every old seat is given up before a new one is taken, so that meetings can change places."""
    try:
        with db.session.begin_nested():
            db.session.execute(delete(MeetingBooking).where(MeetingBooking.meeting_id.in_(wanted)))
            meetings = _movable(day.id, wanted)
            firms = _participants_of(person for seat in wanted.values() if seat for person in seat.people)
            for number, seat in wanted.items():
                _seat(meetings[number], seat, firms)
                db.session.add(_event(actor, meetings[number], verb, before[number], seat))
            db.session.flush()
    except IntegrityError as error:
        raise Conflict(
            _("A table, a person or an interpreter has been taken meanwhile. Look at the timetable again.")
        ) from error


def _seat(meeting: Meeting, seat: Seat | None, firms: Mapping[int, int]) -> None:
    meeting.slot_id, meeting.table_id = (seat.slot, seat.table) if seat else (None, None)
    meeting.state = MeetingState.PLACED if seat else MeetingState.WISHED
    going = {firms[person]: person for person in reversed(seat.people)} if seat else {}
    for party in meeting.parties:
        party.person_id = going.get(party.participant_id)
    if seat is None:
        return
    meeting.cause = {}
    taken = [{"table_id": seat.table}, *({"person_id": person} for person in seat.people)]
    if seat.interpreter is not None:
        taken.append({"interpreter_id": seat.interpreter})
    db.session.add_all(MeetingBooking(meeting_id=meeting.id, slot_id=seat.slot, **one) for one in taken)


def _event(
    actor: Actor | None, meeting: Meeting, verb: StepVerb, old: Seat | None, new: Seat | None
) -> MeetingEvent:
    kept = MeetingVerb.MOVE if old else MeetingVerb.PLACE
    return MeetingEvent(
        meeting_id=meeting.id,
        verb=kept if new else MeetingVerb.UNPLACE,
        state=meeting.state,
        before_slot_id=old.slot if old else None,
        after_slot_id=new.slot if new else None,
        person_id=actor.person_id if actor else None,
        note=str(verb),
    )


def _participants_of(people: Iterable[int]) -> dict[int, int]:
    """The participant of each person."""
    rows = db.session.execute(
        select(DayPerson.id, DayPerson.participant_id).where(DayPerson.id.in_(set(people)))
    )
    return {row.id: row.participant_id for row in rows}


def _kept(seat: Seat | None) -> dict[str, Any] | None:
    return seat.told() if seat else None
