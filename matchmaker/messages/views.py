"""Pages of conversations."""

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.i18n import language
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.requests import key_or_none
from matchmaker.firms.queries import members_to_tell
from matchmaker.matching.models import Match
from matchmaker.matching.queries import match as load_match
from matchmaker.matching.rules import ENDED
from matchmaker.messages import queries, rules, services
from matchmaker.messages.forms import MessageForm, ReadForm
from matchmaker.messages.models import MessageAttachment

bp = Blueprint("messages", __name__)
add_place(
    Place(
        "messages.index",
        _l("Messages"),
        "message-square",
        rules.has_conversations,
        order=50,
        tab=True,
        badge=queries.unread,
    )
)


@bp.get("/messages")
@access(rules.has_conversations)
def index() -> Response:
    """The conversations of the actor's firms."""
    return render("messages/index.html", conversations=queries.conversations(current_actor()))


@bp.get("/matches/<int:match_id>/messages")
@access(rules.may_read, load=load_match)
def thread(match: Match) -> Response:
    """One conversation; asked for by a match page, only the messages and the form."""
    return _thread(match, MessageForm())


@bp.post("/matches/<int:match_id>/messages")
@access(rules.may_read, load=load_match)
def write(match: Match) -> AnyResponse:
    """Send a message."""
    form = MessageForm()
    if form.validate_on_submit():
        try:
            files = [upload for upload in form.files.data or [] if upload and upload.filename]
            services.write(
                current_actor(), match, text=form.text.data or "", language=language(), files=files
            )
            return done(
                _("Your message was sent."), to=url_for("messages.thread", match_id=match.id, _anchor="end")
            )
        except DomainError as error:
            form.refuse(error)
    return _thread(match, form, status=422)


@bp.post("/matches/<int:match_id>/messages/read")
@access(rules.may_read, load=load_match)
def mark_read(match: Match) -> AnyResponse:
    """Mark the conversation as read up to the last message the page showed."""
    number = key_or_none(ReadForm().message_id.data or "")
    if number is not None and number in [message.id for message in queries.messages(match.id)]:
        services.mark_read(current_actor(), match, number)
    return go_to(url_for("messages.thread", match_id=match.id))


@bp.get("/messages/files/<int:attachment_id>")
@access(rules.may_read_file, load=queries.attachment)
def attachment(attachment: MessageAttachment) -> Response:
    """A file sent with a message."""
    return send_stored(attachment.file)


def _thread(match: Match, form: MessageForm, status: int = 200) -> Response:
    actor = current_actor()
    own_id = rules.own_firm_id(actor, match)
    own, other = (match.asker, match.answerer) if match.asker_id == own_id else (match.answerer, match.asker)
    messages = queries.messages(match.id)
    mark = queries.read_mark(match.id, actor.person_id)
    theirs = [message.id for message in messages if message.firm_id != own_id]
    return render(
        "messages/thread.html",
        fragment="conversation",
        status=status,
        match=match,
        own=own,
        other=other,
        messages=messages,
        form=form,
        may_write=rules.may_write(actor, match),
        has_ended=match.state in ENDED,
        unread_up_to=theirs[-1] if theirs and theirs[-1] > (mark.message_id if mark else 0) else 0,
        first_unread=next((number for number in theirs if number > (mark.message_id if mark else 0)), 0),
        seen_up_to=queries.seen_up_to(match.id, [person.id for person in members_to_tell(other.id)]),
    )
