"""The page on which lists of a day go out and come in."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from flask import Response as FileAnswer
from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.sheets_out import csv_text, send_sheet, xlsx
from matchmaker.engines.timetable.form import write_day
from matchmaker.firms.registers.labels import SHEET_PROBLEMS
from matchmaker.firms.registers.sheets import BadSheet
from matchmaker.meetings import queries, rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.files.document import write_document
from matchmaker.meetings.files.forms import WHOLE, ImportForm
from matchmaker.meetings.files.importing import Report, import_day, import_list
from matchmaker.meetings.files.lists import COLUMNS, ListKind, rows_of
from matchmaker.meetings.files.words import LISTS
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.pages import DayTab, add_tab
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.show_page import head
from matchmaker.programmes.forms import unless_conflict

FORMS = ("xlsx", "csv")
add_tab(DayTab("meetings.files", _l("Files"), rules.may_run, 95))


@dataclass(frozen=True, slots=True)
class ListOf:
    """One list of a day in one form."""

    day: B2bDay
    kind: ListKind
    form: str


def list_of(day_id: int, kind: str, form: str) -> ListOf:
    """What an address names; raises NotFound."""
    if kind not in tuple(ListKind) or form not in FORMS:
        raise NotFound
    return ListOf(queries.day(day_id), ListKind(kind), form)


def may_take(actor: Actor, asked: ListOf) -> bool:
    """Those who run the day."""
    return rules.may_run(actor, asked.day)


@bp.route("/b2b-days/<int:day_id>/files", methods=["GET", "POST"])
@access(rules.may_run, load=queries.day)
def files(day: B2bDay) -> Response:
    """Lists to take away, and a form by which they come in."""
    form, report = ImportForm(), None
    if form.validate_on_submit():
        try:
            report = _imported(day, form.kind.data, form.file.data, write=bool(form.write.data))
        except DomainError as error:
            form.refuse(unless_conflict(error))
        if report is not None and report.written:
            told = ngettext("%(num)s line is written.", "%(num)s lines are written.", report.lines)
            return done(told, to=url_for("meetings.files", day_id=day.id))
    day = queries.day(day.id)
    refused = form.is_submitted() and (report is None or bool(report.errors))
    return render(
        "meetings/files.html",
        status=422 if refused else 200,
        failed=refused,
        head=head(current_actor(), day),
        day=day,
        form=form,
        report=report,
        lists=LISTS,
        columns=COLUMNS,
    )


def _imported(day: B2bDay, kind: str, file: FileStorage, *, write: bool) -> Report:
    """Read an upload from a file of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        file.save(path)
        try:
            if kind == WHOLE:
                return import_day(current_actor(), day, path, write=write)
            return import_list(current_actor(), day, ListKind(kind), path, write=write)
        except BadSheet as error:
            raise DomainError(str(SHEET_PROBLEMS[error.problem]), "file") from error


@bp.get("/b2b-days/<int:day_id>/files/<string:kind>/<string:form>")
@access(may_take, load=list_of)
def list_file(asked: ListOf) -> Response:
    """One list as a spreadsheet."""
    day, rows = asked.day, rows_of(asked.day, asked.kind)
    audit.record_export(current_actor(), f"b2b_{asked.kind}", day.id, {}, len(rows))
    name = f"b2b-{day.held_on:%Y-%m-%d}-{asked.kind}.{asked.form}"
    columns = COLUMNS[asked.kind]
    if asked.form == "xlsx":
        return send_sheet(xlsx(str(LISTS[asked.kind]), columns, rows, zone=day.zone), name)
    return send_sheet(csv_text(columns, rows, language=language(), zone=day.zone), name)


@bp.get("/b2b-days/<int:day_id>/day.json")
@access(rules.may_run, load=queries.day)
def day_file(day: B2bDay) -> Response:
    """The day as the engine sees it, in the documented form; `flask plan-day` plans it."""
    problem = plan_queries.problem(day)
    audit.record_export(current_actor(), "b2b_day", day.id, {}, len(problem.day.meetings))
    return _json(write_day(problem.day), f"b2b-{day.held_on:%Y-%m-%d}-plan.json")


@bp.get("/b2b-days/<int:day_id>/lists.json")
@access(rules.may_run, load=queries.day)
def lists_file(day: B2bDay) -> Response:
    """All lists of the day as one document, which comes in again."""
    audit.record_export(current_actor(), "b2b_day_lists", day.id, {}, len(ListKind))
    return _json(write_document(day), f"b2b-{day.held_on:%Y-%m-%d}.json")


def _json(text: str, name: str) -> Response:
    answer = FileAnswer(text, content_type="application/json; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
