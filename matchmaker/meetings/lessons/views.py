"""The button beside a proposal on the page of choosing."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.htmx import done
from matchmaker.meetings import queries
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.lessons import services
from matchmaker.meetings.models import DayParticipant
from matchmaker.meetings.setup.rules import may_change_firm


@bp.post("/b2b-days/participants/<int:participant_id>/lesson")
@access(may_change_firm, load=queries.participant)
def take_lesson(participant: DayParticipant) -> Response:
    """Limit the meetings of a firm to what its record proposes."""
    page = url_for("meetings.choosing_meetings", day_id=participant.day_id)
    taken = services.take(current_actor(), participant)
    if taken is None:
        return done(_("Nothing is proposed for this firm any more."), to=page)
    return done(_("The firm has at most %(most)s meetings now.", most=taken.proposed), to=page)
