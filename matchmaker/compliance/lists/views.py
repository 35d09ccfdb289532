"""Pages of lists: those in use with their age, the upload of a new version, its check, the versions so far."""

from flask import current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.compliance.lists import labels, queries, rules, services
from matchmaker.compliance.lists.ages import ages
from matchmaker.compliance.lists.blueprint import bp
from matchmaker.compliance.lists.forms import TakeInForm, UploadForm
from matchmaker.compliance.lists.pages import CheckPage
from matchmaker.compliance.lists.reading import MAX_BYTES
from matchmaker.compliance.models import SanctionsList
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.jobs import Job
from matchmaker.core.large_uploads import allow_large_upload
from matchmaker.core.paging import Paging
from matchmaker.core.requests import asked_page

__all__ = ["bp"]

MORE = 1024**2
allow_large_upload("screening_lists.upload", rules.may_keep_lists, MAX_BYTES + MORE)


@bp.get("/screening/lists")
@access(rules.may_keep_lists)
def index() -> Response:
    """The lists that firms are compared with, and the upload of a new version."""
    return _index(UploadForm(formdata=None).offer_lists(), 200)


@bp.post("/screening/lists")
@access(rules.may_keep_lists)
def upload() -> Response:
    """Begin the check of an uploaded file; nothing is changed by it."""
    form = UploadForm().offer_lists()
    if form.validate_on_submit():
        try:
            job = services.upload(current_actor(), form.file.data, form.asked())
            return done(_("The list is being checked. Nothing is changed yet."), to=_to_check(job))
        except DomainError as error:
            form.refuse(error)
    return _index(form, 422)


def _index(form: UploadForm, status: int) -> Response:
    return render(
        "compliance/lists/index.html",
        form=form,
        lists=queries.lists_in_use(),
        checks=queries.checks(),
        ages=ages(current_app.config["SCREENING_LIST_DAYS"]),
        labels=labels,
        status=status,
    )


@bp.get("/screening/lists/<int:list_id>")
@access(rules.may_keep_lists, load=queries.version)
def version(item: SanctionsList) -> Response:
    """One version of a list, in use or earlier, with its entries."""
    page, words = asked_page(), request.args.get("q", "").strip()[:200]
    shown, total = queries.entries_of(item.id, words, page)
    return render(
        "compliance/lists/version.html",
        item=item,
        entries=shown,
        query=words,
        paging=Paging(page, queries.PAGE, total),
        versions=queries.versions_of(item.name),
        ages=ages(current_app.config["SCREENING_LIST_DAYS"]),
        labels=labels,
    )


@bp.route("/screening/lists/checks/<int:job_id>", methods=["GET", "POST"])
@access(rules.may_keep_lists, load=queries.check)
def check(job: Job) -> Response:
    """The check of a file: what it would change, and its taking in; or how far that is."""
    form, status = TakeInForm(), 200
    if form.is_submitted():
        try:
            return _begun(services.take_in(current_actor(), job, sure=bool(form.sure.data)))
        except DomainError as error:
            if error.field != "sure":
                raise
            form.refuse(error)
            status = 422
    return render(
        "compliance/lists/check.html", fragment="run", page=CheckPage(job), form=form, status=status
    )


def _begun(job: Job | None) -> Response:
    if job is None:
        told = _("The list says the same as before. That it was looked at today is noted.")
        return done(told, to=url_for("screening_lists.index"))
    return done(_("The list is being taken in."), to=_to_check(job))


@bp.post("/screening/lists/checks/<int:job_id>/stop")
@access(rules.may_keep_lists, load=queries.check)
def stop(job: Job) -> Response:
    """Stop a check or a taking in at its next step; the version in use stays."""
    services.stop(current_actor(), job)
    return done(_("The work stops at its next step. The version in use stays."), to=_to_check(job))


def _to_check(job: Job) -> str:
    return url_for("screening_lists.check", job_id=job.id)
