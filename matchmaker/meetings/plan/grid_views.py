"""Pages of the timetable: the grid, and what staff do to it by hand."""

from collections.abc import Callable

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render, toast, wants_fragment
from matchmaker.core.requests import LARGEST_KEY, asked_number, asked_page
from matchmaker.meetings import places, queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.models import B2bDay, PlanStep
from matchmaker.meetings.pages import DayTab, add_tab
from matchmaker.meetings.plan import rules, services
from matchmaker.meetings.plan.forms import LockForm, MeetingForm, PlaceForm, RunForm
from matchmaker.meetings.plan.grid import Grid, grid
from matchmaker.meetings.plan.parts import View
from matchmaker.meetings.plan.run_page import run_page
from matchmaker.meetings.show_page import head
from matchmaker.programmes.forms import unless_conflict

LONGEST_NAME = 80
HANDS = tuple(f"meetings.{name}" for name in ("run", "start_run", "place", "unplace", "lock"))
add_tab(DayTab("meetings.timetable", _l("Timetable"), day_rules.may_see_as_staff, 40, also=HANDS))


@bp.get("/b2b-days/<int:day_id>/timetable")
@access(day_rules.may_see_as_staff, load=queries.day)
def timetable(day: B2bDay) -> Response:
    """The grid; the address may name a meeting that is in hand."""
    chosen = asked_number("chosen", least=0, most=LARGEST_KEY)
    return timetable_page(day, grid(current_actor(), day, _view(chosen)), fragment="chosen")


def _view(chosen: int | None = None) -> View:
    """What the address asks to look at, also that of a form."""
    part = asked_number("part", least=0, most=LARGEST_KEY)
    return View(chosen or None, part, asked_page(), request.args.get("firm", "")[:LONGEST_NAME].strip())


def timetable_page(
    day: B2bDay,
    shown: Grid,
    *,
    fragment: str,
    status: int = 200,
    form: RunForm | None = None,
    error: str = "",
) -> Response:
    """The page of the timetable, or the part of it that changes."""
    return render(
        "meetings/plan/timetable.html",
        fragment=fragment,
        status=status,
        head=head(current_actor(), day),
        page=shown,
        run=run_page(day),
        form=form or RunForm(formdata=None),
        error=error,
        links=_links(day),
        alone=wants_fragment(),
    )


def _links(day: B2bDay) -> list[tuple[str, str, str]]:
    """Where one goes from here: label, address, kind of the button."""
    found = [(_("Print"), url_for("meetings.papers_index", day_id=day.id), "")]
    if rules.may_release(current_actor(), day):
        label = _("Publish") if day.published_at is None else _("Release")
        found.append((label, url_for("meetings.versions", day_id=day.id), "primary"))
    return found


@bp.post("/b2b-days/<int:day_id>/timetable/places")
@access(rules.may_plan, load=queries.day)
def place(day: B2bDay) -> AnyResponse:
    """Put a meeting somewhere; where another one is, the two change places."""
    form = PlaceForm()
    if not form.validate_on_submit():
        return _refused(day, form, _("Choose a meeting and a place."))
    slot, table = form.place
    try:
        placed = services.place(current_actor(), day, form.number, slot, table, form.seen.data)
    except DomainError as error:
        return _refused(day, form, unless_conflict(error).message)
    return _stepped(day, placed.step, lambda: Grid(current_actor(), placed.problem, _view()))


@bp.post("/b2b-days/<int:day_id>/timetable/removals")
@access(rules.may_plan, load=queries.day)
def unplace(day: B2bDay) -> AnyResponse:
    """Take a meeting out of the timetable."""
    form = MeetingForm()
    if not form.validate_on_submit():
        return _refused(day, form, _("Choose a meeting."))
    return _change(day, form, lambda: services.unplace(current_actor(), day, form.number))


@bp.post("/b2b-days/<int:day_id>/timetable/undo")
@access(rules.may_plan, load=queries.day)
def undo(day: B2bDay) -> AnyResponse:
    """Take the last step back."""
    return _change(day, None, lambda: places.undo(current_actor(), day))


@bp.post("/b2b-days/<int:day_id>/timetable/locks")
@access(rules.may_plan, load=queries.day)
def lock(day: B2bDay) -> AnyResponse:
    """Keep a meeting where it is, or let it move again."""
    form = LockForm()
    if not form.validate_on_submit():
        return _refused(day, form, _("Choose a meeting."))
    number, locked = form.number, form.locked.data
    meeting = services.set_lock(current_actor(), day, number, locked=locked)
    told = _("The meeting is locked.") if locked else _("The meeting may move again.")
    if not wants_fragment():
        return done(told, to=_address(day, number))
    shown = grid(current_actor(), day, _view(number))
    return toast(
        _changed(shown, [{"before": {"slot": meeting.slot_id, "table": meeting.table_id}, "after": None}]),
        told,
    )


def _change(day: B2bDay, form: MeetingForm | None, deed: Callable[[], PlanStep | None]) -> AnyResponse:
    try:
        step = deed()
    except DomainError as error:
        return _refused(day, form, unless_conflict(error).message)
    return _stepped(day, step, lambda: grid(current_actor(), day, _view()))


def _stepped(day: B2bDay, step: PlanStep | None, after: Callable[[], Grid]) -> AnyResponse:
    """What a change by hand came to; the grid after it is only put together where it is shown."""
    saved, changes = _("Saved."), step.changes if step else []
    if not wants_fragment():
        return done(saved if step else _("Nothing was changed."), to=_address(day))
    shown = after()
    told = shown.in_words(changes) or saved if step else _("Nothing was changed.")
    return toast(_changed(shown, changes), told)


def _changed(shown: Grid, changes: list[dict[str, object]]) -> Response:
    """Only the cells that changed, the counters and the list beside the grid."""
    return render("meetings/plan/changed.html", page=shown, cells=shown.touched(changes))


def _refused(day: B2bDay, form: MeetingForm | None, error: str) -> Response:
    shown = grid(current_actor(), day, _view(form.number if form else None))
    return timetable_page(day, shown, fragment="chosen", status=422, error=error)


def _address(day: B2bDay, chosen: int | None = None) -> str:
    view = _view(chosen)
    return url_for(
        "meetings.timetable",
        day_id=day.id,
        chosen=chosen,
        part=view.part or None,
        page=view.page if view.page > 1 else None,
        firm=view.firm or None,
    )
