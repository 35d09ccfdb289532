"""The outbox: which mails left, wait or failed."""

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.mail import MailState, OutboxMail, without_secrets
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.versions import ChangedMeanwhile
from matchmaker.notifications import edits, queries, rules, services
from matchmaker.notifications.forms import DraftForm
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
    editable = mail.state is MailState.DRAFT and edits.can_be_edited(mail)
    return render(
        "notifications/mail.html", mail=mail, text=shown(mail.text), states=STATES, editable=editable
    )


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


@bp.post("/mail/<int:mail_id>/hold", endpoint="hold")
@access(rules.may_hold, load=queries.mail)
def hold(mail: OutboxMail) -> AnyResponse:
    """Keep a mail from leaving until it is let go."""
    services.hold_mail(current_actor(), mail)
    return done(
        _("The mail is a draft now and leaves only when you send it."),
        to=url_for("outbox.show", mail_id=mail.id),
    )


@bp.route("/mail/<int:mail_id>/edit", endpoint="edit", methods=["GET", "POST"])
@access(rules.may_edit, load=queries.mail)
def edit(mail: OutboxMail) -> AnyResponse:
    """Change the words of a draft."""
    if mail.state is not MailState.DRAFT or not edits.can_be_edited(mail):
        raise Conflict(_("Only a draft can be edited. This mail is none any more."))
    opened = edits.open_words(mail)
    form = DraftForm(data={"subject": opened.subject, "text": opened.text, "version": mail.edits})
    status, meanwhile = (422 if form.is_submitted() else 200), None
    if form.validate_on_submit():
        try:
            words = (form.subject.data or "", form.text.data or "")
            services.edit_mail(current_actor(), mail, *words, seen=form.version.data or 0)
        except DomainError as error:
            form.refuse(error)
            status, meanwhile = error.status, opened if isinstance(error, ChangedMeanwhile) else None
        else:
            return done(_("Saved."), to=url_for("outbox.show", mail_id=mail.id))
    return render(
        "notifications/edit.html", status=status, mail=mail, opened=opened, form=form, meanwhile=meanwhile
    )


add_place(Place("outbox.index", _l("Mail"), "mail", rules.may_see_outbox, order=95))
