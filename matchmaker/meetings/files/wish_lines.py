"""Wishes out of a list: as staff say them for firms, all of a list in one go."""

from collections.abc import Sequence

from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.matching.enums import WishKind
from matchmaker.meetings.files import lines
from matchmaker.meetings.files.lines import Fault, Line
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.wishes.book import Book
from matchmaker.meetings.wishes.queries import ToWish
from matchmaker.meetings.wishes.rules import TOPIC_LETTERS


def bring_wishes(actor: Actor, day: B2bDay, listed: Sequence[Line]) -> list[Fault]:
    """Note the wishes of a list; answers what cannot be. A line that is refused has written nothing."""
    book = Book(actor, day)
    found = lines.faults_of(listed, lambda line: _say(book, line))
    db.session.flush()
    return found


def _say(book: Book, line: Line) -> None:
    own, other = (lines.firm(book.firms, line, name) for name in ("firm_id", "other_id"))
    kind = lines.choice(line, "wish", WishKind)
    topic = lines.word(line, "topic", TOPIC_LETTERS) if "topic" in line else None
    try:
        book.say(ToWish(own, other), kind, topic)
    except NotFound as error:
        raise DomainError(_("These two firms may not meet each other."), "other_id") from error
