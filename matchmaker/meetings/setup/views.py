"""Pages on which staff set a day up: frame, blocks, tables, interpreters; and calling it off."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.forms import BaseForm
from matchmaker.core.htmx import done, render
from matchmaker.firms.names import in_reader_letters
from matchmaker.meetings import queries, rules, services, words
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.enums import DayVerb
from matchmaker.meetings.models import B2bDay, DayBlock, DayInterpreter, DayTable
from matchmaker.meetings.pages import DayTab, add_tab
from matchmaker.meetings.setup import (
    block_services,
    choices,
    frame_services,
    gates,
    readiness,
    table_services,
)
from matchmaker.meetings.setup import queries as setup_queries
from matchmaker.meetings.setup.forms import (
    BlockForm,
    CancelForm,
    FrameForm,
    InterpreterForm,
    TableForm,
    TablesForm,
)
from matchmaker.meetings.setup.rules import Part, may_change_part
from matchmaker.meetings.show_page import head
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammePanel, add_panel
from matchmaker.programmes.trips import frame_queries

__all__ = ["gates", "readiness"]
add_tab(
    DayTab(
        "meetings.set_up",
        _l("Set-up"),
        rules.may_run,
        20,
        also=(
            *(
                f"meetings.{verb}_{part}"
                for verb in ("change", "remove")
                for part in ("block", "table", "interpreter")
            ),
            "meetings.add_block",
            "meetings.add_tables",
            "meetings.add_interpreter",
            "meetings.cancel_day",
        ),
    )
)


def panel(actor: Actor, programme: Programme) -> dict[str, Any]:
    """The B2B days of a trip, on its page."""
    runs = rules.may_set_up(actor, programme)
    days = setup_queries.days_of_programme(programme.id)
    shown = [one for one in days if runs or one.state in rules.SHOWN_TO_FIRMS]
    return {"days": shown, "may_set_up": runs, "words": words, "for_staff": actor.is_staff}


def may_see_panel(actor: Actor, programme: Programme) -> bool:
    """Staff of the trip, and those whose firm takes part in a day of it."""
    return rules.may_set_up(actor, programme) or setup_queries.takes_part(actor, programme.id)


add_panel(ProgrammePanel("meetings/trip_panel.html", may_see_panel, panel, 30, (ProgrammeKind.TRIP,)))


def to_set_up(day_id: int, told: str, anchor: str = "") -> Response:
    """Back to the page with what was saved."""
    return done(told, to=url_for("meetings.set_up", day_id=day_id, _anchor=anchor or None))


@bp.route("/programmes/<int:programme_id>/b2b-days/new", methods=["GET", "POST"])
@access(rules.may_set_up, load=frame_queries.trip)
def new(programme: Programme) -> Response:
    """Set up a day of a trip."""
    form = FrameForm.new(programme)
    if form.validate_on_submit():
        try:
            day = frame_services.create(current_actor(), programme, form.frame())
            return to_set_up(day.id, _("The day is set up. Now add tables and firms."))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    status = 422 if form.is_submitted() else 200
    return render("meetings/setup/new.html", form=form, programme=programme, status=status)


def _page(day: B2bDay, status: int = 200, error: str = "", **forms: BaseForm) -> Response:
    shown = {
        "framing": forms.get("framing") or FrameForm.of(day),
        "blocking": forms.get("blocking") or BlockForm(formdata=None),
        "tabling": forms.get("tabling") or TablesForm(formdata=None, day=day),
        "interpreting": forms.get("interpreting") or InterpreterForm(formdata=None, day=day),
    }
    return render(
        "meetings/setup/show.html",
        status=status,
        failed=status >= 400,
        head=head(current_actor(), day),
        day=day,
        words=words,
        pair_name=choices.pair_name,
        hosts=dict(choices.firm_choices(day)),
        error=error,
        may_cancel=DayVerb.CANCEL in rules.day_verbs(day.state),
        **shown,
    )


@bp.route("/b2b-days/<int:day_id>/set-up", methods=["GET", "POST"])
@access(rules.may_run, load=queries.day)
def set_up(day: B2bDay) -> Response:
    """Everything the day is made of; sent, its frame changes."""
    form = FrameForm.of(day)
    if form.validate_on_submit():
        try:
            frame_services.change(current_actor(), day, form.frame())
            return to_set_up(day.id, _("Saved."))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _page(day, 422 if form.is_submitted() else 200, framing=form)


@bp.post("/b2b-days/<int:day_id>/blocks")
@access(rules.may_run, load=queries.day)
def add_block(day: B2bDay) -> Response:
    """Add a block."""
    form = BlockForm()
    return _added(
        day, form, "blocks", lambda: block_services.save_block(current_actor(), day, form.block(day))
    )


@bp.post("/b2b-days/<int:day_id>/tables")
@access(rules.may_run, load=queries.day)
def add_tables(day: B2bDay) -> Response:
    """Add tables."""
    form = TablesForm(day=day)

    def save() -> None:
        room, tongues = (form.room.data or "").strip(), form.languages.data or ()
        table_services.add_tables(current_actor(), day, form.count.data or 0, room, tongues)

    return _added(day, form, "tables", save)


@bp.post("/b2b-days/<int:day_id>/interpreters")
@access(rules.may_run, load=queries.day)
def add_interpreter(day: B2bDay) -> Response:
    """Add an interpreter."""
    form = InterpreterForm(day=day)
    return _added(
        day,
        form,
        "interpreters",
        lambda: table_services.save_interpreter(current_actor(), day, form.interpreter()),
    )


ADDING = {"blocks": "blocking", "tables": "tabling", "interpreters": "interpreting"}
"""The name of each form on the page, by the part of it that the form adds to."""


def _added(day: B2bDay, form: BaseForm, part: str, save: Callable[[], object]) -> Response:
    """Add to one part of the page, or show it again with what was typed."""
    if form.validate_on_submit():
        try:
            save()
            return to_set_up(day.id, _("Saved."), part)
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _page(day, 422, **{ADDING[part]: form})


def _record(day: B2bDay, form: BaseForm, heading: str, anchor: str, save: Callable[[], object]) -> Response:
    """A page that changes one record of the day."""
    if form.validate_on_submit():
        try:
            save()
            return to_set_up(day.id, _("Saved."), anchor)
        except DomainError as error:
            form.refuse(unless_conflict(error))
    status = 422 if form.is_submitted() else 200
    shown = head(current_actor(), day)
    return render(
        "meetings/setup/record.html",
        status=status,
        head=shown,
        form=form,
        heading=heading,
        day=day,
        anchor=anchor,
    )


@bp.route("/b2b-days/blocks/<int:block_id>", methods=["GET", "POST"])
@access(may_change_part, load=setup_queries.block)
def change_block(part: Part[DayBlock]) -> Response:
    """Change a block."""
    form = BlockForm.of(part.day, part.row)

    def save() -> object:
        return block_services.save_block(current_actor(), part.day, form.block(part.day), part.row)

    return _record(part.day, form, _("Change the block"), "blocks", save)


@bp.route("/b2b-days/tables/<int:table_id>", methods=["GET", "POST"])
@access(may_change_part, load=setup_queries.table)
def change_table(part: Part[DayTable]) -> Response:
    """Change a table."""
    form = TableForm.of(part.day, part.row)

    def save() -> object:
        return table_services.save_table(current_actor(), part.day, part.row.id, form.table())

    return _record(part.day, form, _("Table %(number)s", number=part.row.number), "tables", save)


@bp.route("/b2b-days/interpreters/<int:interpreter_id>", methods=["GET", "POST"])
@access(may_change_part, load=setup_queries.interpreter)
def change_interpreter(part: Part[DayInterpreter]) -> Response:
    """Change an interpreter."""
    form = InterpreterForm.of(part.day, part.row)

    def save() -> object:
        return table_services.save_interpreter(current_actor(), part.day, form.interpreter(), part.row)

    return _record(part.day, form, in_reader_letters(part.row.name), "interpreters", save)


def _removed(day: B2bDay, anchor: str, remove: Callable[[], None]) -> Response:
    try:
        remove()
    except DomainError as error:
        return _page(queries.day(day.id), 422, unless_conflict(error).message)
    return to_set_up(day.id, _("Removed."), anchor)


@bp.post("/b2b-days/blocks/<int:block_id>/remove")
@access(may_change_part, load=setup_queries.block)
def remove_block(part: Part[DayBlock]) -> Response:
    """Take a block out."""
    return _removed(
        part.day, "blocks", lambda: block_services.remove_block(current_actor(), part.day, part.row.id)
    )


@bp.post("/b2b-days/tables/<int:table_id>/remove")
@access(may_change_part, load=setup_queries.table)
def remove_table(part: Part[DayTable]) -> Response:
    """Take a table away."""
    return _removed(
        part.day, "tables", lambda: table_services.remove_table(current_actor(), part.day, part.row.id)
    )


@bp.post("/b2b-days/interpreters/<int:interpreter_id>/remove")
@access(may_change_part, load=setup_queries.interpreter)
def remove_interpreter(part: Part[DayInterpreter]) -> Response:
    """Take an interpreter out."""
    return _removed(
        part.day,
        "interpreters",
        lambda: table_services.remove_interpreter(current_actor(), part.day, part.row.id),
    )


@bp.route("/b2b-days/<int:day_id>/cancel", methods=["GET", "POST"])
@access(rules.may_run, load=queries.day)
def cancel_day(day: B2bDay) -> Response:
    """Call a day off, with the reason."""
    form = CancelForm()
    if form.validate_on_submit():
        services.move_day(current_actor(), day, DayVerb.CANCEL, note=form.reason.data or "")
        return done(_("The day is cancelled."), to=url_for("meetings.show", day_id=day.id))
    status = 422 if form.is_submitted() else 200
    heading = _("Call the day off")
    shown = head(current_actor(), day)
    return render(
        "meetings/setup/record.html",
        status=status,
        head=shown,
        form=form,
        heading=heading,
        day=day,
        anchor="",
    )
