"""Writing in a conversation, and marking it as read."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.files import store_document
from matchmaker.firms.names import shown_name
from matchmaker.firms.queries import members_to_tell
from matchmaker.matching.models import Match
from matchmaker.matching.queries import locked_match
from matchmaker.messages import queries, rules
from matchmaker.messages.models import Message, MessageAttachment, ReadMark
from matchmaker.notifications.services import notify


def write(
    actor: Actor, match: Match, *, text: str, language: str, files: Sequence[FileStorage] = ()
) -> Message:
    """Add a message with files and tell the other firm, without its content.

    Raises Conflict when the conversation is closed, DomainError at `text` or `files`.
    """
    match = locked_match(match.id)
    if not rules.may_write(actor, match):
        raise Conflict(_("This conversation is closed. Nothing was sent."))
    if not text.strip():
        raise DomainError(_("Write a message."), "text")
    if len(files) > rules.MOST_FILES:
        raise DomainError(_("Attach at most %(most)s files.", most=rules.MOST_FILES), "files")
    own_id = rules.own_firm_id(actor, match)
    message = Message(
        match_id=match.id, firm_id=own_id, author_id=actor.person_id, language=language, text=text.strip()
    )
    message.attachments = [
        MessageAttachment(file_id=store_document(actor, upload, "files").id) for upload in files
    ]
    db.session.add(message)
    db.session.flush()
    audit.record(
        actor, "write_message", "match", match.id, None, {"message": message.id, "files": len(files)}
    )
    _tell_other_side(match, own_id)
    mark_read(actor, match, message.id)
    return message


def mark_read(actor: Actor, match: Match, message_id: int) -> None:
    """Note that the actor has seen everything up to a message; a smaller number than before changes nothing."""
    mark = queries.read_mark(match.id, actor.person_id, locked=True)
    if mark is None:
        try:
            with db.session.begin_nested():
                db.session.add(ReadMark(match_id=match.id, person_id=actor.person_id, message_id=message_id))
        except IntegrityError:
            mark = queries.read_mark(match.id, actor.person_id, locked=True)
    if mark is not None and mark.message_id < message_id:
        mark.message_id, mark.read_at = message_id, clock.now()
    db.session.flush()


def _tell_other_side(match: Match, own_id: int) -> None:
    own, other = (match.asker, match.answerer) if match.asker_id == own_id else (match.answerer, match.asker)
    path = f"/matches/{match.id}/messages"
    for person in members_to_tell(other.id):
        mark = queries.read_mark(match.id, person.id)
        # One notice for all that was written since the person last looked.
        event = f"messages {match.id} after {mark.message_id if mark else 0}"
        notify(person.id, "message", shown_name(own, person.language).text, path, event)
