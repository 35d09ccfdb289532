"""The outbox: which mails left, wait or failed."""

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.htmx import done, render
from matchmaker.core.mail import MailState, OutboxMail, without_secrets
from matchmaker.core.navigation import Place, add_place
from matchmaker.notifications import queries, rules, services
from matchmaker.notifications.notice_views import page_number

bp = Blueprint("outbox", __name__)
STATES = {
    MailState.DRAFT: (_l("Draft"), ""),
    MailState.QUEUED: (_l("Waiting"), "info"),
    MailState.SENT: (_l("Sent"), "ok"),
    MailState.FAILED: (_l("Failed"), "danger"),
}
"""Word and kind of badge of each state."""
# The words of a mail are shown in a frame that may run nothing and load nothing.
FRAME_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


def shown(text: str) -> str:
    """The words of a mail as staff may see them."""
    return text if rules.may_see_links(current_app.config["DEMO"]) else without_secrets(text)


@bp.get("/mail", endpoint="index")
@access(rules.may_see_outbox)
def list_mails() -> Response:
    """The list, newest first, of one state where asked."""
    asked = request.args.get("state", "")
    state = MailState(asked) if asked in set(MailState) else None
    listed = queries.mails(current_actor(), state, page_number())
    return render("notifications/outbox.html", fragment="mails", listed=listed, state=state, states=STATES)


@bp.get("/mail/<int:mail_id>", endpoint="show")
@access(rules.may_see_mail, load=queries.mail)
def show_mail(mail: OutboxMail) -> Response:
    """One mail with its state and words."""
    return render("notifications/mail.html", mail=mail, text=shown(mail.text), states=STATES)


@bp.get("/mail/<int:mail_id>/html", endpoint="html")
@access(rules.may_see_mail, load=queries.mail)
def show_html(mail: OutboxMail) -> Response:
    """The mail as its reader sees it, for a frame of the page."""
    response = Response(shown(mail.html), mimetype="text/html")
    response.headers["Content-Security-Policy"] = FRAME_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.post("/mail/<int:mail_id>/send", endpoint="send")
@access(rules.may_send, load=queries.mail)
def send(mail: OutboxMail) -> AnyResponse:
    """Let a draft go, or send a mail again."""
    services.send_mail(current_actor(), mail)
    return done(_("The mail waits to be sent."), to=url_for("outbox.show", mail_id=mail.id))


add_place(Place("outbox.index", _l("Mail"), "mail", rules.may_see_outbox, order=95))
