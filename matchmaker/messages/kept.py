"""How long the correspondence of an introduction is kept once it has ended."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, or_, select, update

from matchmaker.core.db import db
from matchmaker.core.retention import DataClass, Due, Purged, remove_files, span
from matchmaker.matching.models import Match, MatchEvent
from matchmaker.matching.rules import ENDED
from matchmaker.messages.models import Message, MessageAttachment, ReadMark


def purge(due: Due) -> Purged:
    """Destroy messages, their files and the words of request and refusal; the match itself stays for the figures."""
    wrote = select(Message.id).where(Message.match_id == Match.id).exists()
    marked = select(ReadMark.id).where(ReadMark.match_id == Match.id).exists()
    has_words = or_(Match.request_text != "", Match.end_note != "", wrote, marked)
    old = select(Match.id, Match.ended_at).where(
        Match.state.in_(ENDED), Match.ended_at < due.before, has_words
    )
    found = db.session.execute(old.order_by(Match.ended_at, Match.id).limit(due.most)).all()
    matches = [row.id for row in found]
    theirs = select(Message.id).where(Message.match_id.in_(matches))
    attached = MessageAttachment.message_id.in_(theirs)
    files = db.session.scalars(select(MessageAttachment.file_id).where(attached)).all()
    people = set(db.session.scalars(select(Message.author_id).where(Message.match_id.in_(matches))))
    db.session.execute(delete(MessageAttachment).where(attached))
    db.session.execute(delete(Message).where(Message.match_id.in_(matches)))
    db.session.execute(delete(ReadMark).where(ReadMark.match_id.in_(matches)))
    blank = {"request_text": "", "end_note": ""}
    told = update(MatchEvent).where(MatchEvent.match_id.in_(matches))
    db.session.execute(told.values(note=""))
    db.session.execute(update(Match).where(Match.id.in_(matches)).values(**blank))
    oldest, newest = span([row.ended_at for row in found])
    return Purged(len(found), len(people), remove_files(files), oldest, newest)


CLASSES = (
    DataClass(
        "messages",
        _l("Messages of ended introductions"),
        _l("The introduction ended without a partnership"),
        _l("Correspondence of two firms: they may need it for claims against each other."),
        days=730,
        least=180,
        most=3650,
        purge=purge,
    ),
)
