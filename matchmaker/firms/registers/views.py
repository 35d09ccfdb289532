"""Staff pages of imports: upload, live progress, counts, errors; a list is checked before it is taken over."""

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.jobs import Job
from matchmaker.core.large_uploads import LARGEST, allow_large_upload
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.requests import LARGEST_KEY, asked_number
from matchmaker.firms.models import RegisterImport
from matchmaker.firms.registers import queries, rules, services
from matchmaker.firms.registers.forms import ListForm, RegisterForm
from matchmaker.firms.registers.pages import ListPage, RegisterPage
from matchmaker.firms.registers.sheets import MAX_BYTES

bp = Blueprint("registers", __name__)
MORE = 1024**2
allow_large_upload("registers.upload", rules.may_import_registers, LARGEST)
allow_large_upload("registers.upload_list", rules.may_import, MAX_BYTES + MORE)
add_place(Place("registers.lists", _l("Imports"), "download", rules.may_import, order=80))


@bp.get("/register-imports")
@access(rules.may_import_registers)
def index() -> Response:
    """The imports of national registers and the upload of a new one."""
    return _index(RegisterForm(), 200)


@bp.post("/register-imports")
@access(rules.may_import_registers)
def upload() -> AnyResponse:
    """Begin the import of an uploaded register."""
    form = RegisterForm()
    if form.validate_on_submit():
        try:
            imported = services.upload_register(current_actor(), form.file.data, "file")
            return done(_("The import has begun."), to=url_for("registers.show", import_id=imported.id))
        except DomainError as error:
            form.refuse(error)
    return _index(form, 422)


def _index(form: RegisterForm, status: int) -> Response:
    imports = queries.register_imports(rules.countries(current_actor()))
    return render("firms/registers/index.html", form=form, imports=imports, status=status)


@bp.get("/register-imports/<int:import_id>")
@access(rules.may_see_import, load=queries.register_import)
def show(imported: RegisterImport) -> Response:
    """One import: progress while it runs, counts, and what could not be taken."""
    after = asked_number("after", least=0, most=LARGEST_KEY)
    page = RegisterPage(imported, queries.job(imported.job_id), queries.import_errors(imported.id, after))
    return render("firms/registers/show.html", fragment="run", page=page)


@bp.post("/register-imports/<int:import_id>/stop")
@access(rules.may_see_import, load=queries.register_import)
def stop(imported: RegisterImport) -> AnyResponse:
    """Stop the import at its next step; it can go on later."""
    services.stop_import(current_actor(), imported)
    return done(_("The import stops at its next step."), to=url_for("registers.show", import_id=imported.id))


@bp.post("/register-imports/<int:import_id>/resume")
@access(rules.may_see_import, load=queries.register_import)
def resume(imported: RegisterImport) -> AnyResponse:
    """Go on with an import that was stopped or failed."""
    services.resume_import(current_actor(), imported)
    return done(_("The import goes on."), to=url_for("registers.show", import_id=imported.id))


@bp.get("/firm-lists")
@access(rules.may_import)
def lists() -> Response:
    """The lists that were uploaded and the upload of a new one."""
    return _lists(ListForm(), 200)


@bp.post("/firm-lists")
@access(rules.may_import)
def upload_list() -> AnyResponse:
    """Begin the check of an uploaded list."""
    form = ListForm()
    if form.validate_on_submit():
        try:
            job = services.upload_list(current_actor(), form.file.data, "file")
            return done(_("The list is being checked. Nothing is changed yet."), to=_to_list(job))
        except DomainError as error:
            form.refuse(error)
    return _lists(form, 422)


def _lists(form: ListForm, status: int) -> Response:
    actor = current_actor()
    jobs = queries.list_jobs(None if actor.is_operator else actor.person_id)
    return render("firms/registers/lists.html", form=form, jobs=jobs, status=status)


@bp.get("/firm-lists/<int:job_id>")
@access(rules.may_see_list, load=queries.list_job)
def show_list(job: Job) -> Response:
    """The check of a list row by row, or what taking it over did."""
    return render("firms/registers/list.html", fragment="run", page=ListPage(job))


@bp.post("/firm-lists/<int:job_id>/apply")
@access(rules.may_see_list, load=queries.list_job)
def apply_list(job: Job) -> AnyResponse:
    """Take the good rows of a checked list over."""
    applied = services.apply_list(current_actor(), job)
    return done(_("The good rows are being taken over."), to=_to_list(applied))


def _to_list(job: Job) -> str:
    return url_for("registers.show_list", job_id=job.id)
