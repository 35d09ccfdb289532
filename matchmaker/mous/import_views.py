"""Import of an institution's list of memorandums: a dry run with errors by row, then the writing."""

from pathlib import Path

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError, existing
from matchmaker.core.files import StoredFile, keep_upload, path_of
from matchmaker.core.forms import BaseForm
from matchmaker.core.htmx import done, render
from matchmaker.firms.registers.sheets import BadSheet
from matchmaker.institutions.models import Institution
from matchmaker.mous import importing, queries, rules, services
from matchmaker.mous.blueprint import bp


class ListForm(BaseForm):
    """The file of a list."""

    file = FileField(
        _l("CSV or XLSX file"),
        description=_l(
            "Columns: number, title, organisation, country (empty for an international body), signed on, "
            "in force from, term in months, areas; headings in Turkish, Russian or English."
        ),
        validators=[FileRequired(_l("Choose a file."))],
    )


class ApplyForm(BaseForm):
    """The list that the dry run read."""

    token = HiddenField()


@bp.route("/import", methods=["GET", "POST"])
@access(rules.may_import)
def import_list() -> Response:
    """Read a list and show what would happen."""
    form = ListForm()
    if form.validate_on_submit():
        stored = keep_upload(current_actor(), form.file.data, "application/octet-stream")
        reading = _read(path_of(stored), form)
        if reading is not None:
            apply_form = ApplyForm(formdata=None, token=stored.token)
            return render("mous/import_check.html", reading=reading, form=apply_form, name=stored.name)
    return render("mous/import.html", form=form, status=422 if form.is_submitted() else 200)


def _read(path: Path, form: BaseForm) -> importing.Reading | None:
    try:
        reading = importing.read(path)
    except BadSheet:
        form.refuse(DomainError(_("This file cannot be read as a table. Save it as CSV or XLSX."), "file"))
        return None
    if reading.missing:
        names = ", ".join(reading.missing)
        form.refuse(DomainError(_("These columns were not found: %(names)s.", names=names), "file"))
        return None
    return reading


@bp.post("/import/apply")
@access(rules.may_import)
def apply_import() -> AnyResponse:
    """Write the list that was checked."""
    actor = current_actor()
    count = services.import_list(actor, _own(), _stored(ApplyForm().token.data or ""))
    told = ngettext("%(num)s memorandum was imported.", "%(num)s memorandums were imported.", count)
    return done(told, to=url_for("mous.index"))


def _own() -> Institution:
    """The institution whose list it is: the actor's first."""
    return queries.importing_institution(current_actor())


def _stored(token: str) -> StoredFile:
    return existing(queries.upload_of(current_actor(), token))
