"""Pages around the fit: the public method, why not these two, and what a firm wishes of another."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.accounts.rules import is_local_path
from matchmaker.core.access import access, current_actor, public
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.navigation import Place, add_place
from matchmaker.firms import queries as firms
from matchmaker.firms.models import Firm
from matchmaker.matching import effects, exclusions, rules, wishes
from matchmaker.matching.blueprint import bp
from matchmaker.matching.enums import WishKind
from matchmaker.matching.exposure.queries import share
from matchmaker.matching.fit_forms import NO_WISH, PairForm, WishForm
from matchmaker.matching.method import criteria
from matchmaker.matching.pair_page import choices, pair_page
from matchmaker.matching.weighing.queries import in_use, weights_in_use

add_place(Place("matching.why_not", _l("Why not these two"), "search", rules.sees_approvals, 40))


@bp.get("/fit")
@access(public)
def method() -> Response:
    """How fit is computed, by the set of points in use."""
    return render(
        "matching/method.html",
        weights=in_use(),
        criteria=criteria(weights_in_use()),
        hard_rules=exclusions.RULES.values(),
        match=effects.MATCH,
        share=share(),
    )


@bp.get("/why-not")
@access(rules.sees_approvals)
def why_not() -> Response:
    """Which hard rules a pair breaks, and its fit."""
    typed = choices(request.args)
    one, other = typed["first"].firm, typed["second"].firm
    shown: dict[str, Any] = {"pair": pair_page(one, other)} if one and other else {}
    return render("matching/why_not.html", form=PairForm(request.args), typed=typed, **shown)


@bp.post("/firms/<int:firm_id>/wish")
@access(rules.may_ask, load=firms.firm)
def wish(firm: Firm) -> Response:
    """Note what the reader's firm wishes of this one; leads back to where it was said."""
    actor, form = current_actor(), WishForm()
    if not form.validate_on_submit():
        raise DomainError(_("Choose an answer."))
    own_id = rules.asking_firm_id(actor, firm) or 0
    if form.kind.data == NO_WISH:
        wishes.forget(actor, own_id, firm)
    else:
        wishes.wish(actor, own_id, firm, WishKind(form.kind.data), reason=form.reason.data or "")
    back = request.form.get("next", "")
    page = back if is_local_path(back) else url_for("directory.show", firm_id=firm.id)
    return done(_("Your suggestions take this into account now."), to=page)
