"""Pages of a training: sessions, attendance, check-in, survey, certificates and their public check."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_pgettext, ngettext
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor, public
from matchmaker.core.errors import DomainError
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, render
from matchmaker.core.pdf import send_pdf
from matchmaker.programmes import queries as programmes
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammeTab, add_tab
from matchmaker.programmes.setup_views import form_page
from matchmaker.programmes.trainings import calendar, pages, papers, queries, rules, services, survey_views
from matchmaker.programmes.trainings.blueprint import bp
from matchmaker.programmes.trainings.forms import (
    AttendanceForm,
    CheckInForm,
    MaterialForm,
    SessionForm,
    SurveyForm,
    values_of,
)
from matchmaker.programmes.trainings.models import Certificate, TrainingSession
from matchmaker.programmes.trainings.rules import MaterialOf

__all__ = ["bp", "calendar", "survey_views"]
add_tab(
    ProgrammeTab(
        "trainings.index",
        lazy_pgettext("training", "Sessions"),
        rules.may_see_sessions,
        20,
        kinds=(ProgrammeKind.TRAINING,),
    )
)


def _back(programme_id: int) -> str:
    return url_for("trainings.index", programme_id=programme_id)


@bp.get("/programmes/<int:programme_id>/sessions")
@access(rules.may_see_sessions, load=programmes.programme)
def index(programme: Programme) -> Response:
    """The sessions of a training."""
    page = pages.sessions_page(current_actor(), programme)
    return render("programmes/trainings/index.html", page=page)


@bp.route("/programmes/<int:programme_id>/sessions/new", methods=["GET", "POST"])
@access(rules.may_edit_sessions, load=programmes.programme)
def new(programme: Programme) -> Response:
    """Plan one more session."""
    form = SessionForm(data=values_of(programme))
    if form.validate_on_submit():
        try:
            services.add_session(current_actor(), programme, form.plan(programme))
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("Saved."), to=_back(programme.id))
    return form_page(programme, form, _("New session"))


@bp.route("/training-sessions/<int:training_session_id>/edit", methods=["GET", "POST"])
@access(rules.may_edit_session, load=queries.training_session)
def edit(session: TrainingSession) -> Response:
    """Change a session."""
    form = SessionForm(data=values_of(session.programme, session))
    if form.validate_on_submit():
        try:
            services.edit_session(current_actor(), session, form.plan(session.programme))
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("Saved."), to=_back(session.programme_id))
    return form_page(session.programme, form, _("Change the session"))


@bp.post("/training-sessions/<int:training_session_id>/remove")
@access(rules.may_edit_session, load=queries.training_session)
def remove(session: TrainingSession) -> Response:
    """Take a session out."""
    services.remove_session(current_actor(), session)
    return done(_("Removed."), to=_back(session.programme_id))


@bp.route("/training-sessions/<int:training_session_id>/materials", methods=["GET", "POST"])
@access(rules.may_edit_session, load=queries.training_session)
def add_material(session: TrainingSession) -> Response:
    """Give the participants a file."""
    form = MaterialForm()
    if form.validate_on_submit():
        try:
            services.add_material(current_actor(), session, form.file.data)
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("Saved."), to=_back(session.programme_id))
    return form_page(session.programme, form, _("Add a file"), multipart=True)


@bp.get("/session-materials/<int:material_id>")
@access(rules.may_get_material, load=queries.material_for)
def material(asked: MaterialOf) -> Response:
    """A file of a session, for participants and staff."""
    return send_stored(asked.material.file)


@bp.route("/training-sessions/<int:training_session_id>/attendance", methods=["GET", "POST"])
@access(rules.may_edit_session, load=queries.training_session)
def attendance(session: TrainingSession) -> Response:
    """Take the attendance; the code and its QR are shown for those who check in themselves."""
    form = AttendanceForm()
    if form.validate_on_submit():
        count = services.mark(current_actor(), session, form.present.data or ())
        told = ngettext("%(num)s person was there.", "%(num)s people were there.", count)
        return done(told, to=_back(session.programme_id))
    return render(
        "programmes/trainings/attendance.html",
        status=422 if form.is_submitted() else 200,
        session=session,
        form=form,
        people=queries.participants(session.programme_id),
        ticked=form.present.raw_data or [str(number) for number in queries.present(session.id)],
    )


@bp.get("/training-sessions/<int:training_session_id>/code-picture")
@access(rules.may_edit_session, load=queries.training_session)
def code_picture(session: TrainingSession) -> Response:
    """The QR code that leads a phone to the check-in."""
    drawn = papers.code_svg(session.id, session.check_in_code)
    return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": "private, no-store"})


@bp.route("/training-sessions/<int:training_session_id>/check-in", methods=["GET", "POST"])
@access(rules.may_check_in, load=queries.training_session)
def check_in(session: TrainingSession) -> Response:
    """Say that one is there."""
    form = CheckInForm(data={"code": request.args.get("code", "")})
    if form.validate_on_submit():
        try:
            services.check_in(current_actor(), session, form.code.data or "")
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("You are checked in."), to=_back(session.programme_id))
    return form_page(session.programme, form, _("Check in"), submit=_("I am here"))


@bp.route("/training-sessions/<int:training_session_id>/survey", methods=["GET", "POST"])
@access(rules.may_check_in, load=queries.training_session)
def survey(session: TrainingSession) -> Response:
    """Say what one thought of a session."""
    form = SurveyForm()
    if form.validate_on_submit():
        services.answer_survey(current_actor(), session, form.opinion())
        return done(_("Thank you for your answers."), to=_back(session.programme_id))
    return form_page(session.programme, form, _("How was the session?"), submit=_("Send the answers"))


@bp.post("/programmes/<int:programme_id>/certificates")
@access(rules.may_edit_sessions, load=programmes.programme)
def issue(programme: Programme) -> Response:
    """Issue the certificates that were earned."""
    made = services.issue(current_actor(), programme)
    told = ngettext("%(num)s certificate is issued.", "%(num)s certificates are issued.", made)
    return done(told, to=_back(programme.id))


@bp.get("/certificates/<int:certificate_id>/pdf")
@access(rules.may_get_certificate, load=queries.certificate)
def certificate(found: Certificate) -> Response:
    """A certificate as a paper."""
    return send_pdf(papers.certificate_pdf(found), f"{found.number}.pdf")


@bp.get("/certificates")
@access(public)
def check_certificate() -> Response:
    """Whether a certificate is genuine: initials, programme and date, and nothing else."""
    number = request.args.get("number", "").strip()
    found = queries.certificate_by_number(number) if number else None
    return render(
        "programmes/trainings/check.html",
        number=number,
        found=found,
        initials=rules.initials(found.name_romanised or found.name) if found else "",
        days=papers.days_of(found.programme) if found else "",
    )
