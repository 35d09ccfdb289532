"""Writes that keep the outbox of the index small and true to the calendar."""

from sqlalchemy import delete, func, select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.retention import Due, Purged, span
from matchmaker.directory import queries
from matchmaker.firms.models import SearchOutbox
from matchmaker.firms.services import index_later


def purge_outbox(due: Due) -> Purged:
    """Delete changes that every machine in operation has taken in long ago.

    The newest of them stays: it tells that nothing before it was lost. The lowest numbers go first, so that what is left
    has no gaps.
    """
    last = db.session.scalar(select(func.max(SearchOutbox.seq)).where(SearchOutbox.at < due.before))
    if last is None:
        return Purged()
    old = select(SearchOutbox.seq, SearchOutbox.at).where(SearchOutbox.seq < last)
    found = db.session.execute(old.order_by(SearchOutbox.seq).limit(due.most)).all()
    if found:
        db.session.execute(delete(SearchOutbox).where(SearchOutbox.seq <= found[-1].seq))
    oldest, newest = span([row.at for row in found])
    return Purged(len(found), oldest=oldest, newest=newest)


def index_ended_certificates() -> int:
    """Have firms indexed anew whose certificate ended, since nobody changes them that day; returns how many."""
    numbers = queries.firms_with_ended_certificates(clock.today())
    for number in numbers:
        index_later(number)
    db.session.flush()
    return len(numbers)
