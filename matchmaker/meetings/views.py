"""The list of B2B days."""

from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.htmx import render
from matchmaker.meetings import queries, rules, words
from matchmaker.meetings.blueprint import bp

__all__ = ["bp"]


@bp.get("/b2b-days")
@access(rules.may_list_days)
def index() -> Response:
    """The days that the reader has to do with."""
    return render("meetings/index.html", days=queries.days_of(current_actor()), words=words)
