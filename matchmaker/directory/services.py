"""Writes that keep the outbox of the index small and true to the calendar."""

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.directory import queries
from matchmaker.directory.index import KEPT
from matchmaker.firms.services import index_later


def purge_outbox() -> int:
    """Delete changes that every machine in operation has taken in long ago; returns how many."""
    return queries.delete_outbox_before(clock.now() - KEPT)


def index_ended_certificates() -> int:
    """Have firms indexed anew whose certificate ended, since nobody changes them that day; returns how many."""
    numbers = queries.firms_with_ended_certificates(clock.today())
    for number in numbers:
        index_later(number)
    db.session.flush()
    return len(numbers)
