"""Pages of the funnel: the figures, the lists that add up to them, and both as files."""

from flask import Response as FileResponse
from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.htmx import render
from matchmaker.core.i18n import language
from matchmaker.core.requests import asked_page
from matchmaker.core.sheets_out import Cell, csv_text, send_sheet, xlsx
from matchmaker.reports import choices, queries, rules
from matchmaker.reports.asked import Asked, asked_from
from matchmaker.reports.blueprint import bp
from matchmaker.reports.enums import Stage
from matchmaker.reports.firms_page import firms_page
from matchmaker.reports.firms_page import sheet as sheet_of_firms
from matchmaker.reports.funnel_page import funnel_page
from matchmaker.reports.funnel_page import sheet as sheet_of_figures
from matchmaker.reports.queries import StageAs
from matchmaker.reports.words import HOW

__all__ = ["bp"]


def _asked() -> Asked:
    """The report that the address asks for."""
    zone = choices.reader_zone()
    return queries.with_parties(asked_from(request.args, choices.today(zone), zone))


@bp.get("/funnel")
@access(rules.sees_figures)
def funnel() -> Response:
    """How many firms came how far."""
    return render("reports/funnel.html", page=funnel_page(current_actor(), _asked()), how=HOW)


@bp.get("/funnel/figures/<any(xlsx, csv):kind>")
@access(rules.sees_figures)
def funnel_figures(kind: str) -> FileResponse:
    """The figures as a file."""
    asked = _asked()
    columns, rows = sheet_of_figures(current_actor(), asked)
    audit.record_export(current_actor(), "funnel", None, asked.args(), len(rows))
    return _file(_("funnel-%(rest)s", rest=f"{asked.as_of}.{kind}"), columns, rows, asked)


@bp.get("/funnel/<string:stage>")
@access(rules.sees_lists, load=queries.stage_of)
def firms(stage: Stage) -> Response:
    """The firms behind a figure."""
    return render("reports/firms.html", page=firms_page(current_actor(), stage, _asked(), asked_page()))


@bp.get("/funnel/<string:stage>/<any(xlsx, csv):kind>")
@access(rules.sees_lists, load=queries.stage_as)
def firms_sheet(wanted: StageAs) -> FileResponse:
    """The firms behind a figure as a file."""
    asked = _asked()
    columns, rows = sheet_of_firms(current_actor(), wanted.stage, asked)
    filters = {"stage": wanted.stage.value} | asked.args()
    audit.record_export(current_actor(), "funnel", None, filters, len(rows))
    name = _("funnel-%(rest)s", rest=f"{wanted.stage}-{asked.as_of}.{wanted.kind}")
    return _file(name, columns, rows, asked)


def _file(name: str, columns: list[str], rows: list[list[Cell]], asked: Asked) -> FileResponse:
    if name.endswith(".xlsx"):
        return send_sheet(xlsx(_("Funnel"), columns, rows, zone=asked.zone), name)
    return send_sheet(csv_text(columns, rows, language=language(), zone=asked.zone), name)
