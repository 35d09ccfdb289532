"""Pages of deals."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.firms.names import reader_name
from matchmaker.matching import queries as matches
from matchmaker.matching.blueprint import bp
from matchmaker.matching.deals import figures, queries, rules, services
from matchmaker.matching.deals.forms import DealForm, RefusalForm
from matchmaker.matching.deals.models import Deal
from matchmaker.matching.deals.pages import deal_page
from matchmaker.matching.forms import unless_conflict
from matchmaker.matching.models import Match

__all__ = ["bp", "figures"]


@bp.route("/matches/<int:match_id>/deals/new", methods=["GET", "POST"])
@access(rules.may_report, load=matches.match)
def report_deal(match: Match) -> Response:
    """Report a deal; says so where one waits for its answer already."""
    form = DealForm()
    if form.validate_on_submit():
        try:
            made = services.report(current_actor(), match, form.facts())
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            told = _("The deal is reported. The other firm is asked to confirm it.")
            return done(told, to=url_for("matching.deal", deal_id=made.id))
    return render(
        "matching/deals/new.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        match=match,
        between=_("%(one)s and %(other)s", one=reader_name(match.asker), other=reader_name(match.answerer)),
        waiting=queries.waiting_deal(match.id),
    )


@bp.get("/deals/<int:deal_id>")
@access(rules.sees, load=queries.deal)
def deal(deal: Deal) -> Response:
    """One deal, and what the reader can do with it."""
    return _shown(deal, RefusalForm(formdata=None))


def _shown(deal: Deal, form: RefusalForm, status: int = 200) -> Response:
    return render("matching/deals/show.html", status=status, page=deal_page(current_actor(), deal), form=form)


@bp.post("/deals/<int:deal_id>/confirm")
@access(rules.may_move, load=queries.deal)
def confirm_deal(deal: Deal) -> Response:
    """Confirm what the other firm reported."""
    services.confirm(current_actor(), deal)
    return done(_("The deal is confirmed and counts now."), to=url_for("matching.deal", deal_id=deal.id))


@bp.post("/deals/<int:deal_id>/refuse")
@access(rules.may_move, load=queries.deal)
def refuse_deal(deal: Deal) -> Response:
    """Say why there is no such deal."""
    form = RefusalForm()
    if not form.validate_on_submit():
        return _shown(deal, form, 422)
    try:
        services.refuse(current_actor(), deal, reason=form.reason.data or "")
    except DomainError as error:
        form.refuse(unless_conflict(error))
        return _shown(deal, form, 422)
    return done(_("Noted: you do not confirm this deal."), to=url_for("matching.deal", deal_id=deal.id))


@bp.post("/deals/<int:deal_id>/withdraw")
@access(rules.may_move, load=queries.deal)
def withdraw_deal(deal: Deal) -> Response:
    """Take back a deal that nobody answered yet."""
    services.withdraw(current_actor(), deal)
    return done(_("The deal is withdrawn."), to=url_for("matching.deal", deal_id=deal.id))
