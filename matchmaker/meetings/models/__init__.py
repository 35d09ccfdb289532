"""Tables of B2B days, in files by subject."""

from matchmaker.meetings.models.day import B2bDay, DayBlock, DayInterpreter, DaySlot, DayTable
from matchmaker.meetings.models.meeting import (
    Meeting,
    MeetingBooking,
    MeetingEvent,
    MeetingLeaver,
    MeetingOrder,
    MeetingOutcome,
    MeetingParty,
)
from matchmaker.meetings.models.people import DayParticipant, DayPerson, DayWish
from matchmaker.meetings.models.plan import DayRepair, DayVersion, PlanStep, TimetableRun
from matchmaker.meetings.models.presence import CheckIn, CheckPoint

__all__ = [
    "B2bDay",
    "CheckIn",
    "CheckPoint",
    "DayBlock",
    "DayInterpreter",
    "DayParticipant",
    "DayPerson",
    "DayRepair",
    "DaySlot",
    "DayTable",
    "DayVersion",
    "DayWish",
    "Meeting",
    "MeetingBooking",
    "MeetingEvent",
    "MeetingLeaver",
    "MeetingOrder",
    "MeetingOutcome",
    "MeetingParty",
    "PlanStep",
    "TimetableRun",
]
