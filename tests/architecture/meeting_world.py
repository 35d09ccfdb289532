"""What belongs to B2B days that the access matrix asks about."""

from datetime import timedelta
from typing import Any

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.files import keep_content
from matchmaker.core.jobs import Job, JobState
from matchmaker.firms.models import Firm
from matchmaker.institutions.models import Institution
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries
from matchmaker.meetings.enums import DayState, MeetingOrigin, MeetingState, RepairKind
from matchmaker.meetings.models import (
    B2bDay,
    CheckIn,
    CheckPoint,
    DayInterpreter,
    DayParticipant,
    DayRepair,
    DayWish,
)
from matchmaker.meetings.plan.agenda_books import AGENDA_JOB
from matchmaker.programmes.enums import ProgrammeState
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.factories.trips import TripFactory
from tests.matching.world import actor_of


def meeting_arguments(
    own: Institution, mou_id: int, firm: Firm, foreign: Firm, people: dict[str, int]
) -> dict[str, Any]:
    """A day of a trip of the own institution that is being planned, with the two firms and their meeting."""
    trip = TripFactory(mou_id=mou_id, institution_id=own.id, state=ProgrammeState.CONFIRMED)
    day = B2bDayFactory(programme_id=trip.id, held_on=trip.first_day)
    slots, tables = room(day)
    one = participant_of(day, firm, person_id=people["member"])
    other = participant_of(day, foreign)
    db.session.add(DayWish(day_id=day.id, from_id=one.id, to_id=other.id, kind=WishKind.WOULD_MEET))
    meeting = meeting_of(day, (one, other))
    interpreter = DayInterpreter(day_id=day.id, name="Interpreter", pairs=["ru-tr"], closed=[])
    db.session.add(interpreter)
    db.session.flush()
    third = participant_of(day, country=foreign.country)
    arranged = meeting_of(day, (other, third))
    arranged.origin = MeetingOrigin.STAFF
    open_day = open_for_wishes(own, mou_id, firm, foreign)
    return {
        "day_id": day.id,
        "meetings.move:verb": "reopen",
        "participant_id": one.id,
        "meeting_id": meeting.id,
        "slot_id": slots[0].id,
        "table_id": tables[0].id,
        "block_id": slots[0].block_id,
        **on_the_day(day, one),
        **agendas_as_a_job(day, people["own_staff"]),
        "interpreter_id": interpreter.id,
        "meetings.new:programme_id": trip.id,
        "day_person_id": queries.participant(one.id).people[0].id,
        "meetings.call_off:meeting_id": arranged.id,
        **once_the_plan_is_out(own, mou_id, firm, foreign),
        **dict.fromkeys(
            ("meetings.points_after:day_id", "meetings.keep_points:day_id"),
            B2bDayFactory(programme_id=trip.id, held_on=trip.first_day, state=DayState.DONE).id,
        ),
        "meetings.list_file:kind": "firms",
        "meetings.list_file:form": "csv",
        "meetings.own_firm:participant_id": open_day.id,
        "meetings.say_wish:participant_id": open_day.id,
        "meetings.say_wish:other_id": queries.participants(open_day.day_id)[0].id,
    }


def on_the_day(day: B2bDay, participant: DayParticipant) -> dict[str, Any]:
    """A check point that somebody passed, and a proposed repair."""
    point = CheckPoint(day_id=day.id, name="Entrance")
    proposal = {"from": 0, "changes": [], "offers": [], "moved": 0, "least": 0, "lost": []}
    repair = DayRepair(
        day_id=day.id, kind=RepairKind.CANCELLATION, participant_id=participant.id, proposal=proposal
    )
    db.session.add_all([point, repair])
    db.session.flush()
    person = queries.participant(participant.id).people[0]
    passage = CheckIn(point_id=point.id, person_id=person.id, scan_key="a scan", scanned_at=clock.now())
    db.session.add(passage)
    db.session.flush()
    return {
        "point_id": point.id,
        "check_in_id": passage.id,
        "repair_id": repair.id,
        "meetings.results_sheet:kind": "csv",
    }


def agendas_as_a_job(day: B2bDay, staff: int) -> dict[str, Any]:
    """A finished order of the agendas of all firms."""
    stored = keep_content(actor_of(staff), "agendas.pdf", "application/pdf", b"%PDF")
    result = {"file_id": stored.id, "agendas": 1}
    job = Job(kind=AGENDA_JOB, arguments={"day_id": day.id}, state=JobState.DONE, result=result)
    db.session.add(job)
    db.session.flush()
    names = ("meetings.agenda_book", "meetings.agenda_book_file", "meetings.stop_agendas")
    return {f"{name}:job_id": job.id for name in names}


def once_the_plan_is_out(own: Institution, mou_id: int, firm: Firm, foreign: Firm) -> dict[str, Any]:
    """The firm at a published day, asked for a meeting by one firm and told of one with another."""
    trip = TripFactory(mou_id=mou_id, institution_id=own.id, state=ProgrammeState.CONFIRMED)
    day = B2bDayFactory(programme_id=trip.id, held_on=trip.first_day, state=DayState.PUBLISHED)
    slots, tables = room(day)
    one, other, third = (
        participant_of(day, firm),
        participant_of(day, foreign),
        participant_of(day, country=foreign.country),
    )
    known = meeting_of(day, (one, other))
    known.told_slot_id, known.told_table_id = slots[0].id, tables[0].id
    asked = meeting_of(day, (one, third), MeetingState.PENDING)
    asked.origin, asked.asked_by_id = MeetingOrigin.REQUEST, third.id
    asked.answer_due_at = clock.now() + timedelta(hours=1)
    answers = [f"meetings.{verb}_request" for verb in ("accept", "decline", "take_back")]
    return {
        "meetings.ask:other_id": other.id,
        **{f"{name}:participant_id": one.id for name in ("meetings.requests", "meetings.ask", *answers)},
        **{f"{name}:meeting_id": asked.id for name in answers},
    }


def open_for_wishes(own: Institution, mou_id: int, firm: Firm, foreign: Firm) -> DayParticipant:
    """The firm at another day, at which firms say their wishes."""
    trip = TripFactory(mou_id=mou_id, institution_id=own.id, state=ProgrammeState.CONFIRMED)
    day = B2bDayFactory(programme_id=trip.id, held_on=trip.first_day, state=DayState.WISHES)
    room(day)
    participant_of(day, foreign)
    return participant_of(day, firm)
