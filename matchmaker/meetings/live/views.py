"""Pages of the running day for those who run it: the course, repairs, walk-ins, no-shows, offers."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.enums import RepairKind
from matchmaker.meetings.live import course, pages, queries, repairs, rules, walk_ins
from matchmaker.meetings.live.forms import RepairForm, WalkInForm
from matchmaker.meetings.models import B2bDay, DayRepair
from matchmaker.meetings.outcomes import queries as outcome_queries
from matchmaker.meetings.pages import DayTab, add_tab
from matchmaker.programmes.forms import unless_conflict

ASKED = ("meetings.repair", "meetings.propose_repair", "meetings.book_walk_in")
add_tab(DayTab("meetings.live", _l("Live"), rules.may_see_live, 60, also=ASKED))


def _live_url(day_id: int) -> str:
    return url_for("meetings.live", day_id=day_id)


@bp.get("/b2b-days/<int:day_id>/live")
@access(day_rules.may_run, load=day_queries.day)
def live(day: B2bDay) -> Response:
    """What is on, what comes, and what can be done about it."""
    return _live(day)


def _live(day: B2bDay, status: int = 200, error: str = "", *forms: RepairForm | WalkInForm) -> Response:
    firms = pages.firms_of(day)
    there = pages.there(firms)
    given = {type(one): one for one in forms}
    return render(
        "meetings/live.html",
        status=status,
        page=pages.live_page(current_actor(), day, firms),
        error=error,
        failed=bool(error or forms),
        repair_form=given.get(RepairForm) or RepairForm.of(there),
        walk_in_form=given.get(WalkInForm) or WalkInForm.of(there),
    )


@bp.post("/b2b-days/<int:day_id>/start")
@access(day_rules.may_run, load=day_queries.day)
def start_day(day: B2bDay) -> Response:
    """Let the day run."""
    try:
        course.start(current_actor(), day)
    except DomainError as error:
        return _live(day_queries.day(day.id), 422, unless_conflict(error).message)
    return done(_("The day is running."), to=_live_url(day.id))


@bp.post("/b2b-days/<int:day_id>/finish")
@access(day_rules.may_run, load=day_queries.day)
def finish_day(day: B2bDay) -> Response:
    """End the day."""
    try:
        course.finish(current_actor(), day)
    except DomainError as error:
        return _live(day_queries.day(day.id), 422, unless_conflict(error).message)
    return done(_("The day is over."), to=url_for("meetings.results", day_id=day.id))


@bp.post("/b2b-days/<int:day_id>/repairs")
@access(day_rules.may_run, load=day_queries.day)
def propose_repair(day: B2bDay) -> Response:
    """Work out how the day goes on without a firm, or with it later."""
    form = RepairForm.of(pages.there(pages.firms_of(day)))
    if form.validate_on_submit():
        participant = day_queries.participant(form.participant.data)
        try:
            kind = RepairKind(form.kind.data)
            found = repairs.propose(current_actor(), participant, kind, form.at(day))
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(
                _("This is a proposal. Nobody has been told."),
                to=url_for("meetings.repair", repair_id=found.id),
            )
    return _live(day_queries.day(day.id), 422, "", form)


@bp.get("/day-repairs/<int:repair_id>")
@access(rules.may_run_repair, load=queries.repair)
def repair(row: DayRepair) -> Response:
    """A proposal: what moves, what is lost, who is told."""
    return render("meetings/repair.html", page=pages.repair_page(current_actor(), row))


@bp.post("/day-repairs/<int:repair_id>/apply")
@access(rules.may_run_repair, load=queries.repair)
def apply_repair(row: DayRepair) -> Response:
    """Do what was proposed and tell those whom it concerns."""
    applied = repairs.apply(current_actor(), row)
    if applied.anew is not None:
        told = _("The day has changed meanwhile. This is a new proposal; nobody has been told.")
        return done(told, to=url_for("meetings.repair", repair_id=applied.anew.id))
    return done(_("Done. Only the firms concerned are told."), to=_live_url(row.day_id))


@bp.post("/day-repairs/<int:repair_id>/discard")
@access(rules.may_run_repair, load=queries.repair)
def discard_repair(row: DayRepair) -> Response:
    """Put a proposal aside."""
    repairs.discard(current_actor(), row)
    return done(_("Put aside."), to=_live_url(row.day_id))


@bp.post("/b2b-days/<int:day_id>/walk-ins")
@access(day_rules.may_run, load=day_queries.day)
def book_walk_in(day: B2bDay) -> Response:
    """Have two firms at the desk meet at the next common time."""
    form = WalkInForm.of(pages.there(pages.firms_of(day)))
    if form.validate_on_submit():
        one, other = (day_queries.participant(field.data) for field in (form.one, form.other))
        try:
            meeting = walk_ins.book(current_actor(), day, one, other)
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(pages.booked(outcome_queries.meeting(meeting.id)), to=_live_url(day.id))
    return _live(day_queries.day(day.id), 422, "", form)
