"""Pages of B2B days: the list, one day, moving it on."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.meetings import ending, queries, rules, services, swaps, words
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.files import views as file_views
from matchmaker.meetings.lessons import views as lesson_views
from matchmaker.meetings.live import board_views, own_views
from matchmaker.meetings.live import views as live_views
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.outcomes import figures as outcome_figures
from matchmaker.meetings.outcomes import views as outcome_views
from matchmaker.meetings.pages import DayTab, add_tab
from matchmaker.meetings.plan import views as plan_views
from matchmaker.meetings.presence import views as presence_views
from matchmaker.meetings.setup import firm_views
from matchmaker.meetings.setup import views as setup_views
from matchmaker.meetings.show_page import show_page, title
from matchmaker.meetings.wishes import views as wish_views
from matchmaker.programmes.forms import unless_conflict

__all__ = [
    "board_views",
    "bp",
    "ending",
    "file_views",
    "firm_views",
    "lesson_views",
    "live_views",
    "outcome_figures",
    "outcome_views",
    "own_views",
    "plan_views",
    "presence_views",
    "setup_views",
    "swaps",
    "wish_views",
]
add_tab(DayTab("meetings.show", _l("Day"), lambda actor, day: True, 10))


@bp.get("/b2b-days")
@access(rules.may_list_days)
def index() -> Response:
    """The days that the reader has to do with."""
    return render("meetings/index.html", days=queries.days_of(current_actor()), words=words, title_of=title)


@bp.get("/b2b-days/<int:day_id>")
@access(rules.may_see_day, load=queries.opened)
def show(opened: rules.OpenDay) -> Response:
    """One day."""
    return shown(opened.day)


def shown(day: B2bDay, status: int = 200, **more: Any) -> Response:
    """The first page of a day, with what was refused where something was."""
    return render("meetings/show.html", status=status, page=show_page(current_actor(), day), **more)


@bp.post("/b2b-days/<int:day_id>/steps/<string:verb>")
@access(rules.may_press, load=queries.day_to_move)
def move(asked: rules.DayToMove) -> Response:
    """Move a day on."""
    try:
        services.move_day(current_actor(), asked.day, asked.verb)
    except DomainError as error:
        return shown(queries.day(asked.day.id), 422, error=unless_conflict(error).message)
    return done(_("Saved."), to=url_for("meetings.show", day_id=asked.day.id))
