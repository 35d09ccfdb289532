"""Pages of firms that may stand here twice: the queue, two firms side by side, putting aside."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.requests import asked_page
from matchmaker.firms.duplicates import pages, queries, rules, services
from matchmaker.firms.duplicates.enums import PairState, Sign
from matchmaker.firms.duplicates.forms import PutAsideForm
from matchmaker.firms.duplicates.models import SuspectedPair
from matchmaker.firms.merging.queries import latest_merge

bp = Blueprint("duplicates", __name__)
LONGEST_QUERY = 120


def chosen_filters() -> queries.Filters:
    """What the address narrows the queue by; the first list for a word that is none."""
    state, sign = request.args.get("tab", ""), request.args.get("sign", "")
    return queries.Filters(
        state=PairState(state) if state in set(PairState) else PairState.OPEN,
        sign=Sign(sign) if sign in set(Sign) else None,
        text=request.args.get("q", "").strip()[:LONGEST_QUERY],
    )


@bp.get("/duplicates")
@access(rules.may_see_pairs)
def index() -> Response:
    """The queue of suspected pairs, those with most in common first."""
    actor, filters = current_actor(), chosen_filters()
    return render(
        "firms/duplicates/index.html",
        fragment="rows",
        filters=filters,
        found=queries.pairs(actor, filters, asked_page()),
        counts=queries.counts(actor),
        pages=pages,
    )


@bp.get("/duplicates/search")
@access(rules.may_see_pairs)
def show_search() -> Response:
    """The comparison of all firms: how far it is, or how the last one ended."""
    found = pages.Search(queries.last_search())
    return render("firms/duplicates/search.html", fragment="run", search=found)


@bp.post("/duplicates/search")
@access(rules.may_see_pairs)
def search() -> Response:
    """Begin to go through all firms."""
    services.queue_search(current_actor())
    return done(_("All firms are being compared."), to=url_for("duplicates.show_search"))


@bp.post("/duplicates/search/stop")
@access(rules.may_see_pairs)
def stop() -> Response:
    """Stop the search at its next step; what it found stays."""
    services.stop_search(current_actor())
    told = _("The work stops at its next step. What was found stays.")
    return done(told, to=url_for("duplicates.show_search"))


@bp.get("/duplicates/<int:pair_id>")
@access(rules.may_settle, load=queries.pair)
def show(pair: SuspectedPair) -> Response:
    """Two firms side by side."""
    audit.record_readings(current_actor(), "firm", (pair.first_id, pair.second_id), ["identifiers"])
    return _show(pair, PutAsideForm(formdata=None), 200)


@bp.post("/duplicates/<int:pair_id>")
@access(rules.may_settle, load=queries.pair_for_change)
def put_aside(pair: SuspectedPair) -> Response:
    """Say that the two are not the same."""
    form = PutAsideForm()
    if form.validate_on_submit():
        try:
            services.put_aside(current_actor(), pair, form.reason.data or "")
            return done(_("The pair is put aside."), to=url_for("duplicates.index"))
        except DomainError as error:
            if error.field != "reason":
                raise
            form.refuse(error)
    return _show(pair, form, 422)


@bp.post("/duplicates/<int:pair_id>/take-back")
@access(rules.may_settle, load=queries.pair_for_change)
def take_back(pair: SuspectedPair) -> Response:
    """Put a pair into the queue again."""
    services.take_back(current_actor(), pair)
    return done(_("The pair is in the list again."), to=url_for("duplicates.show", pair_id=pair.id))


def _show(pair: SuspectedPair, form: PutAsideForm, status: int) -> Response:
    firms, lines = pages.compared(pair)
    return render(
        "firms/duplicates/pair.html",
        fragment="pair",
        pair=pair,
        firms=firms,
        lines=lines,
        form=form,
        signs=pages.signs(pair),
        merge=latest_merge(pair.first_id, pair.second_id),
        status=status,
    )
