"""The page of an institution: recording it, showing it, editing it, its logo."""

from datetime import timedelta

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError, existing
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.institutions import queries, rules
from matchmaker.institutions.blueprint import bp
from matchmaker.institutions.first_steps import first_steps
from matchmaker.institutions.models import Institution
from matchmaker.institutions.record_forms import EditForm, RecordForm
from matchmaker.institutions.role_names import KIND_NAMES
from matchmaker.reference import languages, rest_days

DAYS_AHEAD = timedelta(days=365)


@bp.route("/institutions/new", methods=["GET", "POST"])
@access(rules.may_record)
def new() -> AnyResponse:
    """Record a further institution; its first administrator is invited next."""
    form = RecordForm()
    if form.validate_on_submit():
        try:
            made = form.record(current_actor())
        except DomainError as error:
            form.refuse(error)
        else:
            to = url_for("institutions.invite", institution_id=made.id, role="administrator")
            return done(_("The institution is recorded. Invite its first administrator."), to=to)
    status = 422 if form.is_submitted() else 200
    return render("institutions/new.html", fragment="form", status=status, form=form)


@bp.get("/institutions/<int:institution_id>")
@access(rules.may_see, load=queries.institution)
def show(institution: Institution) -> Response:
    """What an institution says about itself, the holidays it keeps, and what it still needs."""
    today, country = clock.today(), institution.keeps_rest_days_of
    spoken = [institution.language, *institution.languages.split()]
    return render(
        "institutions/show.html",
        institution=institution,
        kind=KIND_NAMES[institution.kind],
        spoken=[languages.label(code, language()) for code in spoken],
        lines=rules.letter_lines(institution.letter_lines),
        holidays=rest_days.named(today, today + DAYS_AHEAD, country, language()) if country else [],
        steps=first_steps(institution) if rules.may_administer(current_actor(), institution) else [],
    )


@bp.route("/institutions/<int:institution_id>/edit", methods=["GET", "POST"])
@access(rules.may_administer, load=queries.institution)
def edit(institution: Institution) -> AnyResponse:
    """Change what an institution says about itself."""
    form = EditForm(institution)
    if form.validate_on_submit():
        try:
            form.apply(current_actor())
        except DomainError as error:
            form.refuse(error)
        else:
            to = url_for("institutions.show", institution_id=institution.id)
            return done(_("The page is changed."), to=to)
    status = 422 if form.is_submitted() else 200
    return render(
        "institutions/edit.html", fragment="form", status=status, form=form, institution=institution
    )


@bp.get("/institutions/<int:institution_id>/logo")
@access(rules.may_see_logo, load=queries.institution)
def logo(institution: Institution) -> Response:
    """The logo as a picture."""
    stored = existing(queries.logo(institution))
    return send_stored(stored, download=False)
