"""Pages of a firm's matches."""

from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.firms import queries as firms
from matchmaker.firms.models import Firm
from matchmaker.firms.names import reader_name
from matchmaker.matching import approval_views, firm_list, fit_views, listeners, queries, rules, services
from matchmaker.matching.blueprint import bp
from matchmaker.matching.deals import views as deal_views
from matchmaker.matching.enums import MatchOrigin
from matchmaker.matching.exposure import views as exposure_views
from matchmaker.matching.follow_ups import views as follow_up_views
from matchmaker.matching.forms import AskForm, EndForm, unless_conflict
from matchmaker.matching.match_page import match_page
from matchmaker.matching.models import Match
from matchmaker.matching.quality import views as quality_views
from matchmaker.matching.relevance import views as relevance_views
from matchmaker.matching.weighing import views as weight_views

__all__ = [
    "approval_views",
    "bp",
    "deal_views",
    "exposure_views",
    "fit_views",
    "follow_up_views",
    "listeners",
    "quality_views",
    "relevance_views",
    "weight_views",
]


@bp.get("/matches")
@access(rules.has_matches)
def index() -> Response:
    """The matches of the reader's firms, by what waits for whom."""
    listed = firm_list.firm_list(current_actor(), request.args.get("tab", ""))
    return render("matching/index.html", fragment="matches", listed=listed)


@bp.get("/matches/<int:match_id>")
@access(rules.may_see, load=queries.match)
def show(match: Match) -> Response:
    """One match."""
    return _shown(match, EndForm(formdata=None))


def _shown(match: Match, form: EndForm, status: int = 200, ending: str = "") -> Response:
    actor = current_actor()
    page = match_page(actor, match)
    audit.record_readings(actor, "contact_person", [one.id for one in page.contacts], ["email", "phone"])
    return render(
        "matching/show.html",
        fragment="match",
        status=status,
        page=page,
        form=form,
        ending=ending,
    )


@bp.route("/firms/<int:firm_id>/ask", methods=["GET", "POST"])
@access(rules.may_ask, load=firms.firm)
def ask(firm: Firm) -> Response:
    """Ask a firm for an introduction."""
    actor, form = current_actor(), AskForm()
    if form.validate_on_submit():
        try:
            own = firms.firm(rules.asking_firm_id(actor, firm) or 0)
            match = services.ask(actor, own, firm, **_request(form))
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            told = _("Your request is sent. %(firm)s answers next.", firm=reader_name(firm))
            return done(told, to=url_for("matching.show", match_id=match.id))
    return render(
        "matching/ask.html",
        fragment="ask",
        status=422 if form.is_submitted() else 200,
        page=firm_list.ask_page(actor, firm, current_app.config["REQUEST_LIMIT"]),
        form=form,
    )


def _request(form: AskForm) -> dict[str, Any]:
    config = current_app.config
    suggested = request.args.get("from") == MatchOrigin.RECOMMENDATION
    return {
        "text": form.text.data or "",
        "language": language(),
        "origin": MatchOrigin.RECOMMENDATION if suggested else MatchOrigin.SEARCH,
        "limit": config["REQUEST_LIMIT"],
        "days": config["REQUEST_DAYS"],
    }


@bp.post("/matches/<int:match_id>/agree")
@access(rules.may_move, load=queries.match)
def agree(match: Match) -> Response:
    """Say yes."""
    services.agree(current_actor(), match)
    return done(_("You agreed to the introduction."), to=url_for("matching.show", match_id=match.id))


@bp.post("/matches/<int:match_id>/withdraw")
@access(rules.may_move, load=queries.match)
def withdraw(match: Match) -> Response:
    """Take back a request or a proposal."""
    services.withdraw(current_actor(), match)
    return done(_("Withdrawn."), to=url_for("matching.show", match_id=match.id))


@bp.post("/matches/<int:match_id>/refuse")
@access(rules.may_move, load=queries.match)
def refuse(match: Match) -> Response:
    """Say no, with a reason."""
    return _end(match, "refuse", services.refuse, _("You declined the introduction."))


@bp.post("/matches/<int:match_id>/close")
@access(rules.may_move, load=queries.match)
def close(match: Match) -> Response:
    """End an introduction without a partnership."""
    return _end(match, "close", services.close, _("The match is closed."))


def _end(match: Match, ending: str, deed: Any, told: str) -> Response:
    form = EndForm()
    if not form.validate_on_submit():
        return _shown(match, form, 422, ending)
    try:
        deed(current_actor(), match, code=form.code, note=form.note.data or "")
    except DomainError as error:
        form.refuse(unless_conflict(error))
        return _shown(match, form, 422, ending)
    return done(told, to=url_for("matching.show", match_id=match.id))


@bp.post("/matches/<int:match_id>/talks")
@access(rules.may_move, load=queries.match)
def start_talks(match: Match) -> Response:
    """Say that the firms are talking."""
    services.start_talks(current_actor(), match)
    return done(_("Noted: you are in talks."), to=url_for("matching.show", match_id=match.id))


@bp.post("/matches/<int:match_id>/partnership")
@access(rules.may_move, load=queries.match)
def partner(match: Match) -> Response:
    """Say that the firms reached a partnership."""
    services.partner(current_actor(), match)
    return done(_("Noted: you reached a partnership."), to=url_for("matching.show", match_id=match.id))
