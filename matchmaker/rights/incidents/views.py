"""Pages of the register: the list and its file, one incident, recording it, correcting its facts, closing it."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import pgettext
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.pdf import send_pdf
from matchmaker.core.requests import asked_page, key_or_none
from matchmaker.core.sheets_out import csv_text, send_sheet, xlsx
from matchmaker.core.zones import reader_zone
from matchmaker.rights.blueprint import bp
from matchmaker.rights.incidents import pages, paper, queries, report_services, rules, services, words
from matchmaker.rights.incidents.enums import IncidentState, ReportState
from matchmaker.rights.incidents.forms import ClosingForm, CorrectFactsForm, FactsForm, ReopenForm
from matchmaker.rights.incidents.models import Incident, IncidentReport


def waiting(actor: Actor) -> int:
    """How many incidents are open and how many reports wait, together."""
    return queries.count(actor, IncidentState.OPEN) + queries.count_reports(actor)


add_place(
    Place("rights.incidents", _l("Data incidents"), "triangle-alert", rules.keeps_register, 77, badge=waiting)
)


@bp.get("/incidents")
@access(rules.keeps_register)
def incidents() -> Response:
    """The incidents that the reader sees, narrowed by what stands in the address."""
    actor, filters = current_actor(), pages.Filters.of(request.args)
    found = queries.incidents(actor, filters.asked, asked_page())
    return render(
        "rights/incidents/index.html",
        incidents=found.items,
        paging=found.paging,
        filters=filters,
        tabs_shown=tabs_of(actor, filters),
        areas=pages.areas(),
        institutions=pages.institution_choices(queries.institutions(), rules.own_institutions(actor)),
        pages=pages,
        words=words,
    )


def tabs_of(actor: Actor, filters: pages.Filters | None) -> list[dict[str, Any]]:
    """Open, closed, all, and the reports; without filters the reader is at the reports."""
    here = filters.asked.state if filters else None
    shown = filters or pages.Filters.of({})
    opened = queries.count(actor, IncidentState.OPEN)
    found = (
        ("open", pgettext("incidents", "Open"), IncidentState.OPEN, opened),
        ("closed", pgettext("incidents", "Closed"), IncidentState.CLOSED, 0),
        ("all", _("All"), None, 0),
    )
    tabs = [
        {
            "url": shown.url(state=name),
            "label": label,
            "current": filters is not None and here is state,
            "badge": badge,
        }
        for name, label, state, badge in found
    ]
    reports = {
        "url": url_for("rights.incident_reports"),
        "label": _("Reports of people"),
        "current": filters is None,
    }
    return [*tabs, reports | {"badge": queries.count_reports(actor)}]


@bp.get("/incidents/file/<any(xlsx, csv):kind>")
@access(rules.keeps_register)
def incidents_sheet(kind: str) -> Response:
    """The same list as a file; that it was taken is logged."""
    filters = pages.Filters.of(request.args)
    found = queries.exported(current_actor(), filters.asked)
    columns, rows = pages.columns(), pages.sheet(found)
    audit.record_export(current_actor(), "incident", None, filters.query, len(rows))
    zone = reader_zone() or "UTC"
    name = _("data-incidents-%(rest)s", rest=f"{clock.today(zone)}.{kind}")
    if kind == "xlsx":
        return send_sheet(xlsx(_("Data incidents"), columns, rows, zone=zone), name)
    return send_sheet(csv_text(columns, rows, language=language(), zone=zone), name)


@bp.get("/incidents/<int:incident_id>")
@access(rules.may_see, load=queries.incident)
def incident(found: Incident) -> Response:
    """One incident: its clocks, its facts, what was done."""
    may_write = rules.may_write(current_actor(), found)
    return render(
        "rights/incidents/incident.html",
        incident=found,
        clocks=pages.clock_lines(found),
        entries=pages.entry_lines(found, may_write),
        without_law=pages.without_law(found),
        may_write=may_write,
        may_close=may_write and all(one.outcome is not None for one in found.clocks),
        pages=pages,
        words=words,
    )


@bp.get("/incidents/<int:incident_id>/summary.pdf")
@access(rules.may_see, load=queries.incident)
def incident_summary(found: Incident) -> Response:
    """The printed summary; that it was taken is logged."""
    audit.record_export(current_actor(), "incident", found.id, {}, 1)
    return send_pdf(paper.summary(found), _("data-incident-%(number)s.pdf", number=found.id))


@bp.route("/incidents/new", methods=["GET", "POST"])
@access(rules.keeps_register)
def record_incident() -> AnyResponse:
    """Record an incident, also from a report."""
    actor, report = current_actor(), _report()
    own = rules.own_institutions(actor) or ()
    form = FactsForm.new(list(own), report)
    if form.validate_on_submit():
        try:
            if report is None:
                made = services.record_incident(actor, form.facts())
            else:
                made = report_services.take_report(actor, report.id, form.facts())
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("The incident is recorded."), to=url_for("rights.incident", incident_id=made.id))
    status = 422 if form.is_submitted() else 200
    return render("rights/incidents/facts.html", status=status, form=form, report=report, incident=None)


def _report() -> IncidentReport | None:
    """The report that the address names; raises NotFound for one that is not the reader's to look into."""
    asked = request.args.get("report", "")
    number = key_or_none(asked)
    if not asked:
        return None
    report = queries.report(number or 0)
    if not rules.sees_report(current_actor(), report) or report.state is not ReportState.OPEN:
        raise NotFound
    return report


@bp.route("/incidents/<int:incident_id>/facts", methods=["GET", "POST"])
@access(rules.may_write, load=queries.incident)
def correct_facts(found: Incident) -> AnyResponse:
    """Correct what is known by a further entry; the clocks follow."""
    form = CorrectFactsForm.of(found)
    if form.validate_on_submit():
        try:
            services.correct_facts(
                current_actor(), found.id, form.facts(), form.reason.data or "", seen=form.version.data
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("The facts are corrected."), to=url_for("rights.incident", incident_id=found.id))
    status = 422 if form.is_submitted() else 200
    return render("rights/incidents/facts.html", status=status, form=form, report=None, incident=found)


@bp.route("/incidents/<int:incident_id>/closing", methods=["GET", "POST"])
@access(rules.may_write, load=queries.incident)
def close_incident(found: Incident) -> AnyResponse:
    """Close an incident with a conclusion, once no clock is open."""
    form = ClosingForm(data={"version": found.version})
    if form.validate_on_submit():
        try:
            services.close_incident(current_actor(), found.id, form.text.data or "", seen=form.version.data)
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("The incident is closed."), to=url_for("rights.incident", incident_id=found.id))
    return render(
        "rights/incidents/words.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        incident=found,
        title=_("Close the incident"),
        address=url_for("rights.close_incident", incident_id=found.id),
        submit=_("Close the incident"),
    )


@bp.route("/incidents/<int:incident_id>/reopening", methods=["GET", "POST"])
@access(rules.may_reopen, load=queries.incident)
def reopen_incident(found: Incident) -> AnyResponse:
    """Open a closed incident again."""
    form = ReopenForm()
    if form.validate_on_submit():
        services.reopen_incident(current_actor(), found.id, form.text.data or "")
        return done(_("The incident is open again."), to=url_for("rights.incident", incident_id=found.id))
    return render(
        "rights/incidents/words.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        incident=found,
        title=_("Open the incident again"),
        address=url_for("rights.reopen_incident", incident_id=found.id),
        submit=_("Open it again"),
    )
