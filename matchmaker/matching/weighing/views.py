"""Pages of sets of points: all of them, a simulation, a proposal and its answer."""

from collections.abc import Callable

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.requests import LARGEST_KEY, asked_number
from matchmaker.matching.blueprint import bp
from matchmaker.matching.staff_tabs import staff_tabs
from matchmaker.matching.weighing import queries, rules, services
from matchmaker.matching.weighing.forms import PointsForm, ReasonForm
from matchmaker.matching.weighing.models import WeightSet
from matchmaker.matching.weighing.pages import set_page, weights_page


@bp.get("/fit/weights")
@access(rules.sees_weights)
def weights() -> Response:
    """The set in use, what waits for an answer, drafts and history."""
    return render("matching/weights/index.html", page=weights_page(current_actor()), staff_pages=staff_tabs())


@bp.route("/fit/weights/new", methods=["GET", "POST"])
@access(rules.may_try)
def try_weights() -> Response:
    """Other points to try out, beginning with those of a set; sending them begins the simulation."""
    form = PointsForm(data=_beginning().points)
    if form.validate_on_submit():
        draft = services.try_out(current_actor(), form.numbers())
        return done(_("The simulation has begun. Nothing is changed yet."), to=_address(draft))
    return render(
        "matching/weights/try.html",
        form=form,
        now=queries.in_use(),
        staff_pages=staff_tabs("matching.weights"),
        status=422 if form.is_submitted() else 200,
    )


def _beginning() -> WeightSet:
    """The set whose numbers stand in the form at first: the one that the address names, else the one in use."""
    number = asked_number("from", least=0, most=LARGEST_KEY)
    return queries.weight_set(number) if number else queries.in_use()


@bp.get("/fit/weights/<int:set_id>")
@access(rules.sees_weights, load=queries.weight_set)
def weight_set(found: WeightSet) -> Response:
    """One set: its points beside those in use, and what it would change."""
    return _page(found, ReasonForm(formdata=None))


@bp.post("/fit/weights/<int:set_id>/simulate")
@access(rules.may_try, load=queries.weight_set)
def simulate_weights(found: WeightSet) -> Response:
    """Simulate a draft again."""
    services.simulate(current_actor(), found)
    return done(_("The simulation has begun. Nothing is changed yet."), to=_address(found))


@bp.post("/fit/weights/<int:set_id>/propose")
@access(rules.decides, load=queries.weight_set)
def propose_weights(found: WeightSet) -> Response:
    """Propose a draft to the other sides."""
    message = _("The points are proposed. They come into use when all sides have agreed.")
    return _answered(found, lambda reason: services.propose(current_actor(), found, reason), message)


@bp.post("/fit/weights/<int:set_id>/decline")
@access(rules.decides, load=queries.weight_set)
def decline_weights(found: WeightSet) -> Response:
    """Decline a proposal for one's side."""
    message = _("The proposal is declined.")
    return _answered(found, lambda reason: services.decline(current_actor(), found, reason), message)


@bp.post("/fit/weights/<int:set_id>/confirm")
@access(rules.decides, load=queries.weight_set)
def confirm_weights(found: WeightSet) -> Response:
    """Agree to a proposal for one's side."""
    confirmed = services.confirm(current_actor(), found)
    in_use = confirmed.slot == queries.IN_USE
    message = _("The points are in use from now on.") if in_use else _("Your side has agreed.")
    return done(message, to=_address(found))


@bp.post("/fit/weights/<int:set_id>/withdraw")
@access(rules.may_try, load=queries.weight_set)
def withdraw_weights(found: WeightSet) -> Response:
    """Take a draft or an own proposal back."""
    services.withdraw(current_actor(), found)
    return done(_("The set is withdrawn."), to=url_for("matching.weights"))


def _answered(found: WeightSet, deed: Callable[[str], WeightSet], message: str) -> Response:
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            deed(form.reason.data or "")
            return done(message, to=_address(found))
        except DomainError as error:
            if error.field is None:
                raise
            form.refuse(error)
    return _page(found, form, 422)


def _page(found: WeightSet, form: ReasonForm, status: int = 200) -> Response:
    page = set_page(current_actor(), found)
    return render("matching/weights/show.html", fragment="simulation", page=page, form=form, status=status)


def _address(found: WeightSet) -> str:
    return url_for("matching.weight_set", set_id=found.id)
