"""Pages of programmes: the list, one programme, planning it and moving it on."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor, public
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.mous.models import Mou
from matchmaker.programmes import (
    calendar_page,
    listing,
    participant_views,
    queries,
    rules,
    services,
    setup_views,
    sign_up_views,
    words,
)
from matchmaker.programmes.blueprint import bp
from matchmaker.programmes.forms import PARTS, CancelForm, PlanForm, PublishForm, unless_conflict, values_of
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammeTab, add_tab
from matchmaker.programmes.rules import Planned, ProgrammeToMove
from matchmaker.programmes.show_page import show_page
from matchmaker.programmes.words import state_word

__all__ = ["bp", "participant_views", "setup_views", "sign_up_views"]
add_tab(ProgrammeTab("programmes.show", _l("Programme"), rules.may_see, 10))


@bp.get("")
@access(public)
def index() -> Response:
    """All programmes that the reader may see, by month."""
    return render(
        "programmes/index.html", fragment="programmes", listed=listing.listing(current_actor(), request.args)
    )


@bp.get("/calendar")
@access(public)
def month() -> Response:
    """One month of the programmes that the reader may see, day by day."""
    shown_month = calendar_page.calendar_page(current_actor(), request.args)
    return render("programmes/month.html", fragment="programmes", month=shown_month)


@bp.get("/<int:programme_id>")
@access(rules.may_see, load=queries.programme)
def show(programme: Programme) -> Response:
    """One programme."""
    return shown(programme)


def shown(programme: Programme, status: int = 200, **forms: Any) -> Response:
    """The page of a programme, with a form that was refused where there is one."""
    return render(
        "programmes/show.html",
        fragment="programme",
        status=status,
        page=show_page(current_actor(), programme),
        **{"publishing": PublishForm(formdata=None), "cancelling": CancelForm(formdata=None), **forms},
    )


@bp.get("/new")
@access(rules.may_plan_any)
def start() -> Response:
    """Choose the kind of a new programme and its memorandum."""
    return render(
        "programmes/start.html", mous=queries.mous_to_plan_under(current_actor()), words=words, rules=rules
    )


@bp.route("/new/<int:mou_id>/<string:kind>", methods=["GET", "POST"])
@access(rules.may_plan, load=queries.planned)
def new(planned: Planned) -> Response:
    """Plan a programme."""
    usual = {"minimum": rules.USUAL_MINIMUM.get(planned.kind, 0)}
    actor, form = current_actor(), PlanForm(mou=planned.mou, kind=planned.kind, data=usual)
    if form.validate_on_submit():
        try:
            institution = rules.planning_institutions(actor, planned.mou)[0]
            made = services.create(actor, planned.mou, planned.kind, institution, form.plan())
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("The programme is planned."), to=url_for("programmes.show", programme_id=made.id))
    return _plan_page(form, planned.mou, kind=planned.kind)


@bp.route("/<int:programme_id>/edit", methods=["GET", "POST"])
@access(rules.may_edit, load=queries.programme)
def edit(programme: Programme) -> Response:
    """Change a programme."""
    form = PlanForm(mou=programme.mou, kind=programme.kind, data=values_of(programme))
    if form.validate_on_submit():
        try:
            services.edit(current_actor(), programme, form.plan(), version=asked_version())
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("Saved."), to=url_for("programmes.show", programme_id=programme.id))
    return _plan_page(form, programme.mou, programme=programme)


def _plan_page(form: PlanForm, mou: Mou, **about: Any) -> Response:
    kind_word = words.KINDS[about["kind"]] if "kind" in about else ""
    shown_with = {"parts": PARTS, "mou": mou, "kind_word": kind_word, "programme": None, **about}
    return render("programmes/plan.html", form=form, status=422 if form.is_submitted() else 200, **shown_with)


def asked_version() -> int | None:
    """The version of the record that the form was filled from."""
    return request.form.get("version", type=int)


@bp.post("/<int:programme_id>/publish")
@access(rules.may_edit, load=queries.programme)
def publish(programme: Programme) -> Response:
    """Show the programme to everybody."""
    form = PublishForm()
    if form.validate_on_submit():
        try:
            services.publish(current_actor(), programme, override_reason=form.override_reason.data or "")
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(
                _("The programme is published."), to=url_for("programmes.show", programme_id=programme.id)
            )
    return shown(programme, 422, publishing=form)


@bp.post("/<int:programme_id>/move/<string:verb>")
@access(rules.may_press, load=queries.programme_to_move)
def move(asked: ProgrammeToMove) -> Response:
    """Open or close the sign-up, confirm, start or finish."""
    try:
        moved = services.move(current_actor(), asked.programme, asked.verb)
    except DomainError as error:
        return shown(asked.programme, 422, refused=unless_conflict(error).message)
    told = _("The programme is now: %(state)s.", state=state_word(moved.state))
    return done(told, to=url_for("programmes.show", programme_id=moved.id))


@bp.post("/<int:programme_id>/cancel")
@access(rules.may_edit, load=queries.programme)
def cancel(programme: Programme) -> Response:
    """Call the programme off."""
    form = CancelForm()
    if not form.validate_on_submit():
        return shown(programme, 422, cancelling=form)
    services.cancel(current_actor(), programme, reason=form.reason.data or "")
    return done(_("The programme is cancelled."), to=url_for("programmes.show", programme_id=programme.id))
