"""What B2B days keep of a person."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.core.db import Base
from matchmaker.core.personal_data import Column, Fate, Held, Part
from matchmaker.meetings.models.day import B2bDay
from matchmaker.meetings.models.meeting import (
    MeetingBooking,
    MeetingEvent,
    MeetingLeaver,
    MeetingOutcome,
    MeetingParty,
)
from matchmaker.meetings.models.people import DayPerson, DayWish
from matchmaker.meetings.models.plan import DayRepair, DayVersion, PlanStep, TimetableRun
from matchmaker.meetings.models.presence import CheckIn
from matchmaker.programmes.held import DELEGATE

VISITOR = Held(
    DayPerson,
    _l("B2B days at which you were"),
    (DayPerson.person_id,),
    Fate.BLANKED,
    below=((DayPerson.delegate_id, DELEGATE),),
    secret=frozenset({"badge_token"}),
    blank={"name": "–", "name_romanised": "", "position": "", "languages": []},
)
WHY = _l("It belongs to the meetings of both firms. Without your name.")


def _kept(table: type[Base], title: LazyString, column: Column) -> Held:
    return Held(table, title, (), Fate.KEPT, below=((column, VISITOR),), why=WHY)


PART = Part(
    "meetings",
    _l("B2B days"),
    held=(
        _kept(MeetingParty, _l("Meetings in which you took part"), MeetingParty.person_id),
        _kept(MeetingBooking, _l("When and where your meetings were"), MeetingBooking.person_id),
        _kept(MeetingLeaver, _l("Meetings that you left"), MeetingLeaver.person_id),
        _kept(CheckIn, _l("When your badge was read"), CheckIn.person_id),
        VISITOR,
    ),
    named=(
        B2bDay.created_by_id,
        CheckIn.scanned_by_id,
        CheckIn.undone_by_id,
        DayRepair.asked_by_id,
        DayVersion.released_by_id,
        DayWish.said_by_id,
        MeetingEvent.person_id,
        MeetingOutcome.said_by_id,
        PlanStep.person_id,
        TimetableRun.asked_by_id,
    ),
)
