"""Pages of experts: the own record, the list, one expert, the consent of the institution."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import LANGUAGE_NAMES, language
from matchmaker.firms.fields import reader_locale
from matchmaker.firms.reading import read_date, write_date
from matchmaker.programmes.exchanges import expert_services, pages, queries, rules
from matchmaker.programmes.exchanges.blueprint import bp
from matchmaker.programmes.exchanges.forms import RecordForm
from matchmaker.programmes.exchanges.rules import ShownExpert
from matchmaker.programmes.forms import unless_conflict
from matchmaker.reference import practice_areas


@bp.get("/experts")
@access(rules.may_see_experts)
def experts() -> Response:
    """The experts of the own institution, and those of partners with their institution's consent."""
    area, spoken = request.args.get("area", ""), request.args.get("language", "")
    free = read_date(request.args.get("free", ""), reader_locale())
    found = queries.experts(current_actor(), practice_area=area, language=spoken, free_on=free)
    return render(
        "exchanges/experts.html",
        fragment="experts",
        found=found,
        area=area,
        spoken=spoken,
        free=write_date(free) if free else request.args.get("free", ""),
        areas=practice_areas.choices(language()),
        tongues=LANGUAGE_NAMES,
        label=practice_areas.label,
    )


@bp.get("/experts/<int:expert_id>")
@access(rules.may_see_expert, load=queries.shown_expert)
def expert(shown: ShownExpert) -> Response:
    """One expert."""
    past = [pages.row(item) for item in queries.past_exchanges(shown.expert.id)]
    return render(
        "exchanges/expert.html",
        shown=shown,
        expert=shown.expert,
        facts=pages.expert_facts(shown.expert),
        past=past,
    )


@bp.get("/experts/<int:expert_id>/cv")
@access(rules.may_see_expert, load=queries.shown_expert)
def cv(shown: ShownExpert) -> Response:
    """The curriculum vitae."""
    if shown.expert.cv_file is None:
        raise NotFound
    return send_stored(shown.expert.cv_file)


@bp.post("/experts/<int:expert_id>/consent")
@access(rules.may_consent, load=queries.shown_expert)
def consent(shown: ShownExpert) -> Response:
    """The institution consents."""
    expert_services.give_consent(current_actor(), shown)
    return done(_("The consent is recorded."), to=url_for("exchanges.expert", expert_id=shown.expert.id))


@bp.post("/experts/<int:expert_id>/end-consent")
@access(rules.may_consent, load=queries.shown_expert)
def end_consent(shown: ShownExpert) -> Response:
    """The institution takes its consent back."""
    expert_services.withdraw_consent(current_actor(), shown)
    return done(_("The consent is taken back."), to=url_for("exchanges.expert", expert_id=shown.expert.id))


@bp.route("/experts/mine", methods=["GET", "POST"])
@access(rules.is_expert)
def own_record() -> Response:
    """The own record as an expert."""
    record = queries.expert_of(current_actor().person_id)
    form = RecordForm(expert=record)
    if form.validate_on_submit():
        try:
            kept = expert_services.save_record(current_actor(), form.record())
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("Saved."), to=url_for("exchanges.expert", expert_id=kept.id))
    status = 422 if form.is_submitted() else 200
    return render("exchanges/record.html", fragment="record", form=form, record=record, status=status)
