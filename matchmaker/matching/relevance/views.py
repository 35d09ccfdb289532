"""Calling a suggestion not relevant, and the rate that the institutions read."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.accounts.rules import is_local_path
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.firms import queries as firms
from matchmaker.firms.models import Firm
from matchmaker.matching import rules
from matchmaker.matching.blueprint import bp
from matchmaker.matching.relevance import services
from matchmaker.matching.relevance.enums import Irrelevance
from matchmaker.matching.relevance.forms import NotRelevantForm
from matchmaker.matching.relevance.pages import rate_page
from matchmaker.matching.relevance.words import NOTES
from matchmaker.matching.staff_tabs import staff_tabs
from matchmaker.matching.weighing.rules import sees_weights


@bp.route("/firms/<int:firm_id>/not-relevant", methods=["GET", "POST"])
@access(rules.may_ask, load=firms.firm)
def not_relevant(firm: Firm) -> Response:
    """Say why a suggestion is not relevant; leads back to where it was said."""
    actor, form = current_actor(), NotRelevantForm()
    back = _back(firm)
    if form.validate_on_submit():
        try:
            own_id = rules.asking_firm_id(actor, firm) or 0
            reason = Irrelevance(form.reason.data)
            services.call_not_relevant(actor, own_id, firm, reason, note=form.note.data or "")
            return done(_("It left your suggestions. You can take this back."), to=back)
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("matching/not_relevant.html", form=form, firm=firm, notes=NOTES, back=back, status=status)


@bp.post("/firms/<int:firm_id>/relevant")
@access(rules.may_ask, load=firms.firm)
def relevant(firm: Firm) -> Response:
    """Take it back."""
    actor = current_actor()
    services.take_back(actor, rules.asking_firm_id(actor, firm) or 0, firm)
    return done(_("The firm can be suggested to you again."), to=_back(firm))


@bp.get("/fit/relevance")
@access(sees_weights)
def relevance() -> Response:
    """How relevant firms find their suggestions, by country, sector and set of points."""
    return render("matching/relevance.html", page=rate_page(), staff_pages=staff_tabs())


def _back(firm: Firm) -> str:
    asked = request.values.get("next", "")
    return asked if is_local_path(asked) else url_for("directory.show", firm_id=firm.id)
