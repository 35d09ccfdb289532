"""Pages of reports: the short form for everybody, and what officers make of it."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor, signed_in
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.limits import limiter
from matchmaker.core.requests import asked_page
from matchmaker.rights.blueprint import bp
from matchmaker.rights.incidents import queries, report_services, rules, words
from matchmaker.rights.incidents.enums import ReportState
from matchmaker.rights.incidents.forms import DismissForm, ReportForm
from matchmaker.rights.incidents.models import IncidentReport
from matchmaker.rights.incidents.views import tabs_of


@bp.route("/incident-reports/new", methods=["GET", "POST"])
@limiter.limit("10/day", methods=["POST"], key_func=lambda: f"incident report of {current_actor().person_id}")
@access(signed_in)
def report_incident() -> AnyResponse:
    """Report a suspicion; below the form the reader's own reports and no others."""
    actor, form = current_actor(), ReportForm()
    if form.validate_on_submit():
        made = report_services.report_incident(actor, form.text.data or "", form.noticed.data or "")
        told = _("Thank you. Your report has the number %(number)s.", number=made.id)
        return done(told, to=url_for("rights.report_incident"))
    return render(
        "rights/incidents/report.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        reports=queries.reports_of(actor.person_id),
        words=words,
    )


@bp.get("/incident-reports")
@access(rules.keeps_register)
def incident_reports() -> Response:
    """The reports of the reader's side, those to be looked into first."""
    actor = current_actor()
    found = queries.reports(actor, asked_page())
    return render(
        "rights/incidents/reports.html",
        reports=found.items,
        paging=found.paging,
        tabs_shown=tabs_of(actor, None),
        words=words,
    )


@bp.route("/incident-reports/<int:report_id>", methods=["GET", "POST"])
@access(rules.sees_report, load=queries.report)
def incident_report(report: IncidentReport) -> AnyResponse:
    """One report; answering that there was no incident."""
    form = DismissForm()
    if form.validate_on_submit():
        try:
            report_services.dismiss_report(current_actor(), report.id, form.text.data or "")
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("The report is answered."), to=url_for("rights.incident_reports"))
    return render(
        "rights/incidents/report_case.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        report=report,
        is_open=report.state is ReportState.OPEN,
        words=words,
    )
