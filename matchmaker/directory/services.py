"""Writes that keep the outbox of the index small and true to the calendar."""

from sqlalchemy import delete, func, select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.directory import queries
from matchmaker.directory.index import KEPT
from matchmaker.firms.models import SearchOutbox
from matchmaker.firms.services import index_later


def purge_outbox() -> int:
    """Delete changes that every machine in operation has taken in long ago; returns how many.

    The newest of them stays: it tells that nothing before it was lost.
    """
    last = db.session.scalar(select(func.max(SearchOutbox.seq)).where(SearchOutbox.at < clock.now() - KEPT))
    if last is None:
        return 0
    old = SearchOutbox.seq < last
    count = db.session.scalar(select(func.count()).select_from(SearchOutbox).where(old)) or 0
    if count:
        db.session.execute(delete(SearchOutbox).where(old))
    return count


def index_ended_certificates() -> int:
    """Have firms indexed anew whose certificate ended, since nobody changes them that day; returns how many."""
    numbers = queries.firms_with_ended_certificates(clock.today())
    for number in numbers:
        index_later(number)
    db.session.flush()
    return len(numbers)
