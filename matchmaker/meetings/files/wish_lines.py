"""Wishes out of a list: as staff say them for firms, all of a list in one go."""

from collections.abc import Sequence

from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.matching.enums import WishKind
from matchmaker.meetings.files import lines
from matchmaker.meetings.files.lines import Fault, Line
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.wishes.book import Book
from matchmaker.meetings.wishes.queries import ToWish
from matchmaker.meetings.wishes.rules import TOPIC_LETTERS


def bring_wishes(actor: Actor, day: B2bDay, listed: Sequence[Line]) -> list[Fault]:
    """Note the wishes of a list; answers what cannot be. A line that is refused has written nothing."""
    book, found = Book(actor, day), []
    for at, line in enumerate(listed):
        try:
            _say(book, line)
        except DomainError as error:
            found.append(Fault(at, error.message, error.field or ""))
    db.session.flush()
    return found


def _say(book: Book, line: Line) -> None:
    own, other = (_firm(book, line, name) for name in ("firm_id", "other_id"))
    typed = line.get("wish", "").strip().casefold()
    if typed not in tuple(WishKind):
        told = ", ".join(WishKind)
        message = _("“%(text)s” is no wish. Write one of: %(words)s.", text=typed[:40], words=told)
        raise DomainError(message, "wish")
    topic = lines.word(line, "topic", TOPIC_LETTERS) if "topic" in line else None
    try:
        book.say(ToWish(own, other), WishKind(typed), topic)
    except NotFound as error:
        raise DomainError(_("These two firms may not meet each other."), "other_id") from error


def _firm(book: Book, line: Line, name: str) -> DayParticipant:
    found = book.firms.get(lines.number(line, name, least=1) or 0)
    if found is None:
        raise DomainError(_("There is no such firm at this day."), name)
    return found
