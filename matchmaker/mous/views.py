"""Pages of memorandums: the registry and one record; drafts and changes stand in modules of their own."""

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor, public
from matchmaker.core.htmx import render
from matchmaker.core.i18n import language
from matchmaker.core.navigation import Place, add_place
from matchmaker.mous import draft_views, import_views, onboarding, queries, record_views, rules, wording
from matchmaker.mous.blueprint import bp
from matchmaker.mous.indicators import views as indicator_views
from matchmaker.mous.models import Mou
from matchmaker.mous.plans import views as plan_views
from matchmaker.mous.record_page import record
from matchmaker.mous.registry_page import AREA_WORDS, STATUS_CHOICES, Filters, page
from matchmaker.reference.world_regions import NAMES

__all__ = ["bp", "draft_views", "import_views", "indicator_views", "onboarding", "plan_views", "record_views"]
add_place(Place("mous.index", _l("Memorandums"), "file-text", public, order=60))


@bp.get("")
@access(public)
def index() -> Response:
    """The registry: all signed memorandums by region, with filters that are addresses."""
    found = page(Filters.of(request.args), language(), clock.today())
    return render(
        "mous/index.html",
        fragment="results",
        page=found,
        words=wording,
        area_words=AREA_WORDS,
        statuses=STATUS_CHOICES,
        regions=NAMES,
    )


@bp.get("/<int:mou_id>")
@access(rules.may_see, load=queries.mou)
def show(mou: Mou) -> Response:
    """One memorandum: parties, areas, dates, papers, contact points, grounds of data transfer, history."""
    return render("mous/show.html", mou=mou, page=record(current_actor(), mou), words=wording)
