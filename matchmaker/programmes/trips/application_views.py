"""Pages of applications: applying as a firm, assessing, the ranking, accepting many at once, the least number of firms."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.forms import BaseForm
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.sheets_out import send_sheet
from matchmaker.programmes import applicants
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.declared import renewal
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.pages import ProgrammeTab, add_sign_up_page, add_tab
from matchmaker.programmes.show_page import show_page
from matchmaker.programmes.sign_up_page import conditions, is_held
from matchmaker.programmes.trips import (
    application_services,
    assessment_queries,
    assessment_services,
    bulk,
    frame_queries,
    rules,
    scoring,
    trip_facts,
    viability,
    viability_queries,
    viability_services,
    words,
)
from matchmaker.programmes.trips.application_forms import (
    AcceptForm,
    TextsForm,
    ViabilityForm,
    apply_form,
    assess_form,
    given_points,
    given_reasons,
)
from matchmaker.programmes.trips.blueprint import bp
from matchmaker.programmes.trips.score_sheet import score_rows, score_sheet
from matchmaker.programmes.trips.scoring_words import CRITERIA
from matchmaker.programmes.words import SIGN_UP_STATES

TRIP = (ProgrammeKind.TRIP,)
add_sign_up_page(ProgrammeKind.TRIP, "trips.apply")
add_tab(ProgrammeTab("trips.scores", _l("Applications"), rules.may_read_scores, 30, TRIP))
add_tab(ProgrammeTab("trips.viability", _l("Number of firms"), programme_rules.may_edit, 35, TRIP))


@bp.route("/programmes/<int:programme_id>/apply", methods=["GET", "POST"])
@access(rules.may_apply, load=frame_queries.trip)
def apply(programme: Programme) -> Response:
    """Apply for a trip as a firm."""
    actor, firm = current_actor(), applicants.firm_of(current_actor())
    people = applicants.candidates(firm) if firm else []
    form = apply_form(people)
    if form.validate_on_submit() and firm is not None:
        try:
            made = application_services.apply(
                actor,
                programme,
                firm,
                form.chosen(people),
                form.texts(),
                committed=bool(form.committed.data),
                women_led=bool(form.women_led.data),
            )
            told = _("Your application is sent.")
            return done(told, to=url_for("trips.application", sign_up_id=made.id))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    about: dict[str, Any] = {"programme": programme, "firm": firm, "conditions": conditions(actor, programme)}
    about["renewal"] = renewal(actor, programme)
    status = 422 if form.is_submitted() else 200
    return render("programmes/trips/apply.html", form=form, status=status, **about)


def trip_sign_up(sign_up_id: int) -> SignUp:
    """A sign-up for a trip; raises NotFound."""
    found = programme_queries.sign_up(sign_up_id)
    frame_queries.trip(found.programme_id)
    return found


@bp.route("/trip-applications/<int:sign_up_id>", methods=["GET", "POST"])
@access(programme_rules.may_see_sign_up, load=trip_sign_up)
def application(found: SignUp) -> Response:
    """One application, for the firm and for those who decide; the firm changes its texts here."""
    kept = assessment_queries.application(found.id)
    form = TextsForm.kept(kept)
    if form.validate_on_submit():
        try:
            application_services.change(current_actor(), found, form.texts())
            return done(_("Saved."), to=url_for("trips.application", sign_up_id=found.id))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    people = frame_queries.delegates_by_number([one.id for one in found.delegates if one.left_at is None])
    return render(
        "programmes/trips/application.html",
        status=422 if form.is_submitted() else 200,
        sign_up=found,
        application=kept,
        form=form,
        people=people,
        relations=assessment_queries.relations([one.id for one in people]),
        on_hold=is_held(current_actor(), found),
        changes=rules.may_still_change(found.state, assessment_queries.is_assessed(found.id)),
        goods=trip_facts.goods_of(found),
        words=words,
        states=SIGN_UP_STATES,
    )


@bp.route("/trip-applications/<int:sign_up_id>/assess", methods=["GET", "POST"])
@access(rules.may_assess, load=trip_sign_up)
def assess(found: SignUp) -> Response:
    """Give points with reasons; a colleague's are hidden until both are in."""
    actor = current_actor()
    weights = list(scoring.weights_of(frame_queries.frame(found.programme).weights))
    form = assess_form(weights, assessment_queries.own(actor, found.id))
    if form.validate_on_submit():
        points, reasons = given_points(form, weights), given_reasons(form, weights)
        try:
            assessment_services.assess(actor, found, points, reasons, submit="submit" in request.form)
            return done(_("Saved."), to=url_for("trips.assess", sign_up_id=found.id))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _assess(found, form)


def _assess(found: SignUp, form: BaseForm) -> Response:
    actor = current_actor()
    return render(
        "programmes/trips/assess.html",
        status=422 if form.is_submitted() else 200,
        sign_up=found,
        application=assessment_queries.application(found.id),
        own=assessment_queries.own(actor, found.id),
        seen=assessment_queries.assessments(actor, [found.id]).get(found.id, []),
        count=assessment_queries.submitted([found.id]).get(found.id, 0),
        weights=scoring.weights_of(frame_queries.frame(found.programme).weights),
        criteria=CRITERIA,
        score_of=assessment_queries.score_of,
        form=form,
    )


@bp.get("/programmes/<int:programme_id>/trip/scores")
@access(rules.may_read_scores, load=frame_queries.trip)
def scores(programme: Programme) -> Response:
    """The applications in the order of their scores, with what fits the places and quotas left."""
    return _scores(programme, AcceptForm(formdata=None), 200)


def _scores(programme: Programme, form: AcceptForm, status: int) -> Response:
    actor = current_actor()
    return render(
        "programmes/trips/scores.html",
        status=status,
        form=form,
        page=show_page(actor, programme),
        scored=assessment_queries.scored(actor, programme),
        standing=bulk.standing(programme),
        relations=words.RELATIONS,
        states=SIGN_UP_STATES,
        combined=scoring.combined,
    )


@bp.post("/programmes/<int:programme_id>/trip/accept")
@access(programme_rules.may_edit, load=frame_queries.trip)
def accept(programme: Programme) -> Response:
    """Give places to the selected applications, the best first; says what fitted and what was left out."""
    form = AcceptForm()
    if not form.validate_on_submit():
        return _scores(programme, form, 422)
    outcome = bulk.accept_selected(current_actor(), programme, form.selected.data or ())
    told = ngettext("%(num)s application accepted.", "%(num)s applications accepted.", len(outcome.accepted))
    if outcome.left_out:
        names = ", ".join(outcome.left_out)
        told += " " + _("Left out, because no place is left for them: %(names)s.", names=names)
    if outcome.on_hold:
        told += " " + _("On hold for compliance: %(names)s.", names=", ".join(outcome.on_hold))
    return done(told, to=url_for("trips.scores", programme_id=programme.id))


@bp.get("/programmes/<int:programme_id>/trip/scores.xlsx")
@access(rules.may_read_scores, load=frame_queries.trip)
def scores_sheet(programme: Programme) -> Response:
    """The list of scores as a workbook."""
    actor = current_actor()
    audit.record_reading(actor, "trip", programme.id, ["scores"])
    columns, rows = score_rows(actor, programme)
    audit.record_export(actor, "scores", programme.id, {}, len(rows))
    return send_sheet(score_sheet(programme, columns, rows), f"scores-{programme.id}.xlsx")


@bp.route("/programmes/<int:programme_id>/trip/firms", methods=["GET", "POST"], endpoint="viability")
@access(programme_rules.may_edit, load=frame_queries.trip)
def number_of_firms(programme: Programme) -> Response:
    """How many firms are confirmed, and the decision that is due when they are too few."""
    form = ViabilityForm(targets=viability_queries.merge_targets(programme), language=language())
    if form.validate_on_submit():
        try:
            viability_services.decide(current_actor(), programme, form.decided())
            told = _("The decision is kept, and the applicants are told.")
            return done(told, to=url_for("trips.viability", programme_id=programme.id))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    standing = viability_queries.standing(programme)
    state = viability.viability(
        standing, clock.today(programme.zone), viability_queries.last_choice(programme)
    )
    return render(
        "programmes/trips/viability.html",
        status=422 if form.is_submitted() else 200,
        page=show_page(current_actor(), programme),
        standing=standing,
        state=state,
        due=viability_queries.must_decide(programme),
        decisions=viability_queries.decisions(programme.id),
        words=words,
        form=form,
    )
