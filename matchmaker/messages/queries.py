"""Reads of conversations."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.firms.models import Firm
from matchmaker.matching.models import Match
from matchmaker.messages.models import Message, MessageAttachment, ReadMark

SHOWN = 200
LISTED = 50


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of the list: the match, its other firm, its last message and how many are unread."""

    match: Match
    other: Firm
    last: Message | None
    unread: int


def messages(match_id: int, most: int = SHOWN) -> list[Message]:
    """The last messages of a match, oldest first."""
    newest = (
        select(Message)
        .where(Message.match_id == match_id)
        .options(
            selectinload(Message.author),
            selectinload(Message.attachments).selectinload(MessageAttachment.file),
        )
        .order_by(Message.id.desc())
        .limit(most)
    )
    return list(reversed(db.session.scalars(newest).all()))


def attachment(attachment_id: int) -> MessageAttachment:
    """One file with its message and match; raises NotFound."""
    message = selectinload(MessageAttachment.message).selectinload(Message.match)
    return existing(
        db.session.scalar(
            select(MessageAttachment)
            .where(MessageAttachment.id == attachment_id)
            .options(selectinload(MessageAttachment.file), message.selectinload(Match.asker))
        )
    )


def read_mark(match_id: int, person_id: int, *, locked: bool = False) -> ReadMark | None:
    """How far a person has read a match; locked, as it is now and nobody moves it until this transaction ends."""
    found = select(ReadMark).where(ReadMark.match_id == match_id, ReadMark.person_id == person_id)
    if locked:
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(found)


def seen_up_to(match_id: int, people: Sequence[int]) -> int:
    """The last message that one of these people has seen; 0 where none."""
    seen = select(func.max(ReadMark.message_id)).where(
        ReadMark.match_id == match_id, ReadMark.person_id.in_(people)
    )
    return db.session.scalar(seen) or 0


def unread(actor: Actor) -> int:
    """How many messages of the other sides the actor has not seen."""
    return sum(_unread_by_match(actor).values())


def conversations(actor: Actor) -> list[Conversation]:
    """The actor's conversations, the last written first."""
    own = [item.firm_id for item in actor.memberships]
    last = (
        select(Message.match_id, func.max(Message.id).label("last_id")).group_by(Message.match_id).subquery()
    )
    rows = db.session.execute(
        select(Match, last.c.last_id)
        .outerjoin(last, last.c.match_id == Match.id)
        .where(or_(Match.asker_id.in_(own), Match.answerer_id.in_(own)), Match.introduced_at.is_not(None))
        .options(selectinload(Match.asker), selectinload(Match.answerer))
        .order_by(func.coalesce(last.c.last_id, 0).desc(), Match.id.desc())
        .limit(LISTED)
    ).all()
    found = db.session.scalars(
        select(Message)
        .where(Message.id.in_([row[1] for row in rows if row[1]]))
        .options(selectinload(Message.author))
    )
    words = {message.match_id: message for message in found}
    counts = _unread_by_match(actor)
    return [
        Conversation(
            match=match,
            other=match.answerer if match.asker_id in own else match.asker,
            last=words.get(match.id),
            unread=counts.get(match.id, 0),
        )
        for match, _last in rows
    ]


def _unread_by_match(actor: Actor) -> dict[int, int]:
    own = [item.firm_id for item in actor.memberships]
    if not own:
        return {}
    seen = (
        select(ReadMark.match_id, ReadMark.message_id).where(ReadMark.person_id == actor.person_id).subquery()
    )
    rows = db.session.execute(
        select(Message.match_id, func.count())
        .join(Match, Match.id == Message.match_id)
        .outerjoin(seen, seen.c.match_id == Message.match_id)
        .where(
            or_(Match.asker_id.in_(own), Match.answerer_id.in_(own)),
            Message.firm_id.not_in(own),
            Message.id > func.coalesce(seen.c.message_id, 0),
        )
        .group_by(Message.match_id)
    )
    return {row[0]: row[1] for row in rows}
