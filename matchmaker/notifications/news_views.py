"""The end of news by the link of a mail; nobody has to sign in for it."""

from flask import Response, request

from matchmaker.core.access import access, public
from matchmaker.core.forms import without_tokens
from matchmaker.core.htmx import render
from matchmaker.core.limits import limiter
from matchmaker.notifications import queries, services
from matchmaker.notifications.blueprint import bp
from matchmaker.notifications.forms import NEWS_NAMES
from matchmaker.notifications.models import NewsOptIn

TRIES = "240/minute"
"""Many, because the mail programs of a large provider come from few addresses."""


@bp.route("/unsubscribe/<string:token>", methods=["GET", "POST"])
@without_tokens
@limiter.limit(lambda: TRIES)
@access(public, load=queries.opt_in_of_token, before_second_factor=True)
def unsubscribe(asked: NewsOptIn) -> Response:
    """A page with one button, and what the button or a mail program posts (RFC 8058); a link that is only followed changes nothing."""
    if request.method == "POST":
        services.end_news(None, asked)
    return render("notifications/unsubscribe.html", asked=asked, about=NEWS_NAMES[asked.category])
