"""The directory and the profile of a firm."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor, public
from matchmaker.core.htmx import go_to, render, wants_fragment
from matchmaker.core.limits import limiter
from matchmaker.core.navigation import Place, add_place
from matchmaker.directory.filters import read_selection, typed_line
from matchmaker.directory.page import directory_page, late_page
from matchmaker.directory.profile import profile_page
from matchmaker.directory.suggestions import suggestions
from matchmaker.firms import queries as firms
from matchmaker.firms.merging.queries import kept_of
from matchmaker.firms.models import Firm
from matchmaker.firms.rules import may_see

bp = Blueprint("directory", __name__)

PAGES_A_MINUTE = "240/minute"

add_place(Place("directory.index", _l("Partners"), "users", public, 20, tab=True))


@bp.get("/firms")
@limiter.limit(lambda: PAGES_A_MINUTE)
@access(public)
def index() -> Response:
    """The directory in the state that the address names; for htmx only what a filter changes."""
    page = directory_page(current_actor(), read_selection(request.args))
    template = "directory/update.html" if wants_fragment() else "directory/index.html"
    response = render(template, page=page, status=200 if page.ready else 503)
    if wants_fragment():
        response.headers["HX-Push-Url"] = "false" if _is_shown(page.url) else page.url
    return response


@bp.get("/firms/filters")
@limiter.limit(lambda: PAGES_A_MINUTE)
@access(public)
def more_filters() -> Response:
    """The groups of filters that a page of many firms left for later; without script a page of their own."""
    page = late_page(current_actor(), read_selection(request.args))
    return render("directory/more_filters.html", fragment="late_facets", page=page)


@bp.get("/firms/suggestions")
@limiter.limit(lambda: PAGES_A_MINUTE)
@access(public)
def suggest() -> Response:
    """Firms, goods and places that an unfinished search may mean, as a page or as the options alone."""
    text = typed_line(request.args.get("q", ""))
    found = suggestions(current_actor(), text)
    return render("directory/suggestions.html", fragment="suggestions", text=text, found=found)


def _is_shown(address: str) -> bool:
    """Whether the browser shows this address already, so that Back does not stop there twice."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    return (f"{shown.path}?{shown.query}" if shown.query else shown.path) == address


def shown_firm(firm_id: int) -> Firm:
    """The firm of an address; one that was in the directory and went into another leads there. Raises NotFound."""
    firm = firms.firm(firm_id)
    kept = kept_of(firm_id) if firm.listed_at else firm_id
    return firm if kept == firm_id else firms.firm(kept)


@bp.get("/firms/<int:firm_id>")
@limiter.limit(lambda: PAGES_A_MINUTE)
@access(may_see, load=shown_firm)
def show(firm: Firm) -> AnyResponse:
    """The profile of a firm, each field by its visibility, with its fit for the reader's firm."""
    if firm.id != (request.view_args or {}).get("firm_id"):
        return go_to(url_for("directory.show", firm_id=firm.id))
    return render("directory/show.html", fragment="profile", page=profile_page(current_actor(), firm))
