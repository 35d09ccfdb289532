"""Pages of retention: how long data are kept, setting a time, the nightly job, the destruction records."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError, existing
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.requests import asked_page
from matchmaker.core.retention import DataClass
from matchmaker.core.sheets_out import csv_text, send_sheet
from matchmaker.core.zones import reader_zone
from matchmaker.rights.blueprint import bp
from matchmaker.rights.retention import pages, queries, rules, services
from matchmaker.rights.retention.forms import TermForm
from matchmaker.rights.retention.tasks import PURGE_JOB

add_place(Place("rights.retention", _l("Retention"), "file-text", rules.may_read_retention, 76))


@bp.get("/retention")
@access(rules.may_read_retention)
def retention() -> Response:
    """How long each class of data is kept and why, and how the nightly job stands."""
    return render(
        "rights/retention.html",
        fragment="run",
        lines=pages.lines(),
        days_word=pages.days_word,
        job=queries.last_job(PURGE_JOB),
        may_set=rules.may_set_terms(current_actor()),
    )


@bp.route("/retention/<string:key>", methods=["GET", "POST"])
@access(rules.may_set_term, load=queries.data_class)
def retention_term(data_class: DataClass) -> AnyResponse:
    """One class: the time in force, the times set so far, a new one."""
    form = TermForm(data_class, days=None, valid_from=clock.today(), seen=queries.last_number(data_class.key))
    if form.validate_on_submit():
        try:
            services.set_term(
                current_actor(), data_class, days=form.days.data or 0, valid_from=existing(form.valid_from.data),
                reason=form.reason.data or "", seen=form.seen.data or "0",
            )  # fmt: skip
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("The time is set."), to=url_for("rights.retention"))
    return render(
        "rights/retention_term.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        line=pages.line_of(data_class),
        history=queries.history(data_class.key),
        days_word=pages.days_word,
    )


@bp.post("/retention/job")
@access(rules.may_set_terms)
def purge_now() -> AnyResponse:
    """Have the nightly job run at once; the one that runs already is enough."""
    services.purge_now(current_actor(), PURGE_JOB)
    return done(_("The job is queued."), to=url_for("rights.retention"))


@bp.post("/retention/job/stop")
@access(rules.may_set_terms)
def stop_purge() -> AnyResponse:
    """Stop the job after its present step."""
    services.stop_purge(current_actor(), PURGE_JOB)
    return done(_("The job stops after its present step."), to=url_for("rights.retention"))


@bp.get("/destruction-records")
@access(rules.may_read_retention)
def destruction_records() -> Response:
    """What was destroyed, when and by which rule, the newest first."""
    found = queries.records(asked_page())
    return render("rights/destruction_records.html", records=found.items, paging=found.paging, pages=pages)


@bp.get("/destruction-records/file.csv")
@access(rules.may_read_retention)
def destruction_file() -> Response:
    """The same as a file; that it was taken is logged."""
    found = queries.exported()
    audit.record_export(current_actor(), "destruction_record", None, {}, len(found))
    rows = pages.sheet(found)
    zone = reader_zone() or "UTC"
    return send_sheet(
        csv_text(pages.columns(), rows, language=language(), zone=zone), "destruction-records.csv"
    )
