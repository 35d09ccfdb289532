"""The HS picker: a page that works without script, and the list of options the picker's box asks for."""

from flask import Blueprint, Response, request

from matchmaker.core.access import access, public
from matchmaker.core.htmx import render
from matchmaker.core.i18n import language
from matchmaker.core.limits import limiter
from matchmaker.reference.hs_search import find_hs

bp = Blueprint("reference", __name__)

LONGEST_QUERY = 120
OPTIONS = 12


@bp.get("/hs-codes")
@limiter.limit("240/minute")
@access(public)
def hs_codes() -> Response:
    """Codes for a word or a number, as a page or as the options alone."""
    query = request.args.get("q", "")[:LONGEST_QUERY]
    hits = find_hs(query, language(), OPTIONS)
    return render("reference/hs_codes.html", fragment="hs_codes", query=query, hits=hits)
