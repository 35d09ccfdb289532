"""The page of the meetings that staff arrange."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.meetings import queries, rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.enums import MeetingOrigin
from matchmaker.meetings.models import B2bDay, Meeting
from matchmaker.meetings.pages import DayTab, add_tab
from matchmaker.meetings.show_page import head
from matchmaker.meetings.wishes import arranging, arranging_queries
from matchmaker.meetings.wishes.arranging_forms import ArrangeForm, firms_of
from matchmaker.programmes.forms import unless_conflict

add_tab(DayTab("meetings.arranged", _l("Arranged"), rules.may_run, 45))


def may_call_off(actor: Actor, asked: tuple[B2bDay, Meeting]) -> bool:
    """Those who run the day."""
    return rules.may_run(actor, asked[0])


@bp.route("/b2b-days/<int:day_id>/arranged", methods=["GET", "POST"])
@access(rules.may_run, load=queries.day)
def arranged(day: B2bDay) -> Response:
    """What staff arranged, and one more."""
    form = ArrangeForm(day=day)
    if form.validate_on_submit():
        try:
            arranging.arrange(current_actor(), day, form.arrangement())
            told = _("The meeting is arranged. Its time follows with the timetable.")
            return done(told, to=url_for("meetings.arranged", day_id=day.id))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    found = [one for one in arranging_queries.living(day.id) if one.origin is MeetingOrigin.STAFF]
    return render(
        "meetings/wishes/arranged.html",
        status=422 if form.is_submitted() else 200,
        head=head(current_actor(), day),
        day=day,
        form=form,
        meetings=found,
        firms_of=firms_of,
    )


@bp.post("/b2b-days/<int:day_id>/arranged/<int:meeting_id>/call-off")
@access(may_call_off, load=arranging_queries.meeting_of_day)
def call_off(asked: tuple[B2bDay, Meeting]) -> Response:
    """End a meeting that staff arranged."""
    day, meeting = asked
    arranging.call_off(current_actor(), day, meeting.id)
    return done(_("The meeting is called off."), to=url_for("meetings.arranged", day_id=day.id))
