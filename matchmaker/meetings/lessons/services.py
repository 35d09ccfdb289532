"""Taking a lesson: only somebody who runs the day does, and the record says what it rests on."""

from dataclasses import asdict

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, NotAllowed
from matchmaker.matching.quality.services import keep_calibration
from matchmaker.matching.weighing.models import WeightSet
from matchmaker.matching.weighing.queries import named_after
from matchmaker.meetings import queries
from matchmaker.meetings.lessons import learning, rules
from matchmaker.meetings.lessons.queries import lessons
from matchmaker.meetings.lessons.rules import Lesson
from matchmaker.meetings.models import B2bDay, DayParticipant
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


def keep_points(actor: Actor, day: B2bDay) -> WeightSet:
    """Keep the points that a day speaks for as a draft named after it, with its simulation; nothing else changes.

    Coordinators may propose the draft to the other sides as any other one. Raises NotAllowed, Conflict where the day
    proposes nothing and where a set of it is there already.
    """
    if not rules.may_keep_points(actor, day):
        raise NotAllowed(_("You do not have permission for this."))
    day = queries.locked_day(day.id)
    name = learning.name_of_day(day)
    if named_after(name) is not None:
        raise Conflict(_("There is a set of points of this day already."))
    learned = learning.learn(day)
    if learned.found is None or learned.then is None:
        raise Conflict(_("This day proposes no other points."))
    draft = keep_calibration(learned.found, actor=actor, named_after=name)
    ground = learned.ground
    after = {"set": draft.id, "name": name, "meetings": ground.meetings, "answers": ground.read}
    audit.record(actor, "keep_points", "b2b_day", day.id, after=after)
    db.session.flush()
    return draft
