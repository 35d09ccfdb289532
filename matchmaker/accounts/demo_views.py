"""In the demonstration no mail leaves: a page shows it to whoever signed up in this very browser."""

from flask import Response, current_app

from matchmaker.accounts import cookies, queries
from matchmaker.accounts.blueprint import bp
from matchmaker.core.access import access, public
from matchmaker.core.errors import NotFound
from matchmaker.core.htmx import render


def demo_only() -> list[str]:
    """The sign-ups of this browser; raises NotFound outside the demonstration."""
    if not current_app.config["DEMO"]:
        raise NotFound
    return cookies.browser_tokens()


@bp.get("/demo-mail")
@access(public, load=demo_only)
def demo_mail(tokens: list[str]) -> Response:
    """The mails to whoever signed up in this very browser."""
    return render("accounts/demo_mail.html", mails=queries.mails_of_browser(tokens))
