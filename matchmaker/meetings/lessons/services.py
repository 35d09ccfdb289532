"""Taking a lesson: only somebody who runs the day does, and the record says what it rests on."""

from dataclasses import asdict

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.meetings import queries
from matchmaker.meetings.lessons.queries import lessons
from matchmaker.meetings.lessons.rules import Lesson
from matchmaker.meetings.models import DayParticipant
from matchmaker.meetings.setup.frame_services import to_change


def take(actor: Actor, participant: DayParticipant) -> Lesson | None:
    """Give a firm the limit that its record proposes now; None where nothing is proposed any more.

    Raises NotAllowed, Conflict once the day is over.
    """
    day = to_change(actor, participant.day)
    row = queries.locked_participant(participant.id)
    told = next((lesson for one, lesson in lessons(day) if one.id == row.id), None)
    if told is None:
        return None
    before, row.most = row.most, told.proposed
    audit.record(
        actor, "take_lesson", "day_participant", row.id, {"most": before}, {"most": row.most, **asdict(told)}
    )
    db.session.flush()
    return told
