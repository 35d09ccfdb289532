"""The button beside a proposed limit on the page of choosing, and the page of the points after a day."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.htmx import done, render
from matchmaker.meetings import queries
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.lessons import rules, services
from matchmaker.meetings.lessons.points_page import points_page
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.setup.rules import may_change_firm
from matchmaker.meetings.show_page import head


@bp.post("/b2b-days/participants/<int:participant_id>/lesson")
@access(may_change_firm, load=queries.participant)
def take_lesson(participant: DayParticipant) -> Response:
    """Limit the meetings of a firm to what its record proposes."""
    page = url_for("meetings.choosing_meetings", day_id=participant.day_id)
    taken = services.take(current_actor(), participant)
    if taken is None:
        return done(_("Nothing is proposed for this firm any more."), to=page)
    return done(_("The firm has at most %(most)s meetings now.", most=taken.proposed), to=page)


@bp.get("/b2b-days/<int:day_id>/points")
@access(rules.may_see_points, load=queries.day)
def points_after(day: B2bDay) -> Response:
    """What a day says of the points of the fit."""
    actor = current_actor()
    return render("meetings/points.html", head=head(actor, day), page=points_page(actor, day))


@bp.post("/b2b-days/<int:day_id>/points")
@access(rules.may_keep_points, load=queries.day)
def keep_points(day: B2bDay) -> Response:
    """Keep the points that a day speaks for as a draft."""
    draft = services.keep_points(current_actor(), day)
    return done(
        _("The points of this day are a draft. Nothing is changed."),
        to=url_for("matching.weight_set", set_id=draft.id),
    )
