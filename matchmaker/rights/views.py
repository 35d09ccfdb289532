"""The pages on which people ask for their own data."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.accounts.forms import PasswordForm
from matchmaker.accounts.models import Person
from matchmaker.accounts.settings_views import own_account, own_attempts, own_person
from matchmaker.core.access import access, current_actor, signed_in
from matchmaker.core.errors import DomainError, existing
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, render
from matchmaker.core.limits import limiter
from matchmaker.rights import desk_views, erasure_views, queries, rules, services, tasks
from matchmaker.rights.blueprint import bp
from matchmaker.rights.incidents import (
    hours_views,
    report_views,
    step_views,
)
from matchmaker.rights.incidents import (
    views as incident_views,
)
from matchmaker.rights.models import DataExport
from matchmaker.rights.retention import views as retention_views

__all__ = [
    "bp",
    "desk_views",
    "erasure_views",
    "hours_views",
    "incident_views",
    "report_views",
    "retention_views",
    "step_views",
    "tasks",
]


@bp.route("/settings/own-data", methods=["GET", "POST"])
@limiter.limit("10/day", methods=["POST"], key_func=lambda: f"own data of {own_account()}")
@own_attempts
@access(signed_in, load=own_person)
def own_data(person: Person) -> AnyResponse:
    """What one may ask for, how far the archive is; having it made, after the password."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            services.ask_export(current_actor(), person, form.password.data or "")
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("The archive is being made."), to=url_for("rights.own_data"))
    return render(
        "rights/own_data.html",
        fragment="archive",
        status=422 if form.is_submitted() else 200,
        form=form,
        export=queries.latest_export(person.id),
        days=rules.ARCHIVE_DAYS,
    )


@bp.get("/settings/own-data/<int:export_id>/archive")
@access(rules.may_download, load=queries.export)
def download(export: DataExport) -> Response:
    """The archive itself; its leaving is logged."""
    services.note_download(current_actor(), export)
    return send_stored(existing(export.file))
