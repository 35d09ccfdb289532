"""The search for a timetable: asked for, watched, stopped, cancelled."""

from collections.abc import Callable

from flask import flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import Conflict
from matchmaker.core.htmx import go_to, render, wants_fragment
from matchmaker.meetings import queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.enums import RunKind
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.plan import rules, runs
from matchmaker.meetings.plan.forms import RunForm
from matchmaker.meetings.plan.grid import grid
from matchmaker.meetings.plan.grid_views import timetable_page
from matchmaker.meetings.plan.run_page import run_page
from matchmaker.meetings.show_page import head


@bp.get("/b2b-days/<int:day_id>/runs/last")
@access(day_rules.may_see_as_staff, load=queries.day)
def run(day: B2bDay) -> AnyResponse:
    """How far the search is; once it is over, the timetable."""
    page = run_page(day)
    if page.running is None and wants_fragment():
        if page.ended:
            flash(page.ended, "ok")
        return go_to(url_for("meetings.timetable", day_id=day.id))
    return render(
        "meetings/plan/run.html",
        fragment="run",
        head=head(current_actor(), day),
        day=day,
        run=page,
        may_plan=rules.may_plan(current_actor(), day),
    )


@bp.post("/b2b-days/<int:day_id>/runs")
@access(rules.may_plan, load=queries.day)
def start_run(day: B2bDay) -> AnyResponse:
    """Have the day planned, or its gaps filled."""
    form = RunForm()
    if not form.validate_on_submit():
        shown = grid(current_actor(), day)
        return timetable_page(day, shown, fragment="sheet", status=422, form=form)
    kind, seed, effort = RunKind(form.kind.data), form.seed.data, form.effort.data
    return _answer(
        day,
        lambda: runs.start(current_actor(), day, kind, seed=seed, effort=effort, proving=form.proving.data),
        _("The search has begun."),
    )


@bp.post("/b2b-days/<int:day_id>/runs/stop")
@access(rules.may_stop, load=queries.day)
def stop_run(day: B2bDay) -> AnyResponse:
    """End the search and keep the best plan so far."""
    told = _("The search ends and keeps the best plan so far.")
    return _answer(day, lambda: runs.stop(current_actor(), day), told)


@bp.post("/b2b-days/<int:day_id>/runs/cancel")
@access(rules.may_stop, load=queries.day)
def cancel_run(day: B2bDay) -> AnyResponse:
    """End the search and leave the timetable as it is."""
    told = _("The search is cancelled. The timetable stays as it is.")
    return _answer(day, lambda: runs.cancel(current_actor(), day), told)


def _answer(day: B2bDay, deed: Callable[[], object], told: str) -> AnyResponse:
    """Do it and go on at the timetable, which says what came of it; a search that began or ended meanwhile is shown there."""
    try:
        deed()
    except Conflict as conflict:
        flash(conflict.message, "warn")
    else:
        flash(told, "ok")
    return go_to(url_for("meetings.timetable", day_id=day.id))
