"""What a list says anew of a meeting that is there already: its topic, weight, must, block and only time.

A column that the list does not have leaves what is there. A meeting that is locked, only asked for or over stays as it is:
a line that would change it is refused.
"""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.files import lines
from matchmaker.meetings.files.lines import Line
from matchmaker.meetings.models import B2bDay, DaySlot, Meeting
from matchmaker.meetings.places import MOVABLE

TOPIC_LETTERS: Final = 500
HIGHEST_FIT: Final = 100
COLUMNS: Final = {
    "topic": "topic",
    "must": "must",
    "weight": "fit",
    "block_id": "block",
    "fixed_slot_id": "fixed",
}
"""The columns of what may change."""


def block(day: B2bDay, line: Line) -> int | None:
    """The only block in which a meeting may be held."""
    begins = lines.moment(day, line, "block")
    found = next((one.id for one in day.blocks if one.starts_at == begins), None)
    if begins is not None and found is None:
        raise DomainError(_("No block begins at this time."), "block")
    return found


def only_slot(day: B2bDay, line: Line) -> int | None:
    """The only slot in which a meeting may be held."""
    positions = lines.slots(day, line, "fixed")
    return next((one.id for one in day.slots if one.position in positions), None)


def change(actor: Actor, day: B2bDay, meeting: Meeting, line: Line) -> None:
    """Take over what a line says otherwise; refused at its column where the meeting may not change."""
    said = _said(day, meeting, line)
    before = {name: getattr(meeting, name) for name in said}
    after = {name: value for name, value in said.items() if value != before[name]}
    columns = [COLUMNS[name] for name in after]
    if not columns and _moves(day, meeting, line):
        columns = ["from"]
    if not columns:
        return
    _refuse_what_stands(meeting, columns[0])
    _refuse_another_time(day, meeting, line, after)
    for name, value in after.items():
        setattr(meeting, name, value)
    if "weight" in after:
        meeting.points_set = ""
    if after:
        audit.record(actor, "change", "meeting", meeting.id, {name: before[name] for name in after}, after)


def _said(day: B2bDay, meeting: Meeting, line: Line) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if "topic" in line:
        said["topic"] = lines.word(line, "topic", TOPIC_LETTERS)
    if "must" in line:
        said["must"] = lines.holds(line, "must")
    if line.get("fit", "").strip() not in ("", str(meeting.weight)):
        said["weight"] = lines.number(line, "fit", most=HIGHEST_FIT)
    if "block" in line:
        said["block_id"] = block(day, line)
    if "fixed" in line:
        said["fixed_slot_id"] = only_slot(day, line)
    return said


def _moves(day: B2bDay, meeting: Meeting, line: Line) -> bool:
    """Whether a line gives a meeting another time or table."""
    if not line.get("from", "").strip():
        return False
    there = next((one.number for one in day.tables if one.id == meeting.table_id), None)
    return _slot(day, meeting, line) != _slot(day, meeting, {}) or lines.number(line, "table") != there


def _slot(day: B2bDay, meeting: Meeting, line: Line) -> DaySlot | None:
    """The slot that a line names, else the one in which the meeting is."""
    positions = lines.slots(day, line, "from")
    return next(
        (one for one in day.slots if (one.position in positions if positions else one.id == meeting.slot_id)),
        None,
    )


def _refuse_what_stands(meeting: Meeting, column: str) -> None:
    if meeting.state is MeetingState.PENDING:
        raise DomainError(_("This meeting is only asked for. A list does not change it."), column)
    if meeting.state not in MOVABLE:
        raise DomainError(_("This meeting is over. A list does not change it any more."), column)
    if meeting.locked:
        raise DomainError(_("This meeting is locked. Take the lock off before a list changes it."), column)


def _refuse_another_time(day: B2bDay, meeting: Meeting, line: Line, after: Mapping[str, Any]) -> None:
    """A narrower time fits where the meeting is, or the line moves it as well."""
    slot = _slot(day, meeting, line)
    for name, kept in (("fixed_slot_id", "id"), ("block_id", "block_id")):
        wanted = after.get(name)
        if slot is not None and wanted is not None and getattr(slot, kept) != wanted:
            told = _("The meeting is at %(time)s. Change that time too.", time=day.time_of(slot.starts_at))
            raise DomainError(told, COLUMNS[name])
