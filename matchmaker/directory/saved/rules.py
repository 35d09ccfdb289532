"""Whose a saved search is, which searches are the same, and when one tells what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor
from matchmaker.core.schedules import Rhythm, Schedule, last_moment
from matchmaker.directory.filters import Selection
from matchmaker.directory.saved.enums import Frequency

if TYPE_CHECKING:
    from matchmaker.directory.saved.models import SavedSearch

MOST_SEARCHES: Final = 20
LONGEST_NAME: Final = 120
TOLD_AT: Final = "07:00"
TOLD_ON: Final = 0
"""Weekly mails go out on Mondays, all at seven in the morning of the reader's country."""
SETTLED: Final = timedelta(minutes=10)
"""So long after a moment everything of before it is committed: no transaction that changes a firm is open for longer."""


def may_change(actor: Actor, search: SavedSearch) -> bool:
    """A saved search is its owner's alone."""
    return actor.is_authenticated and search.person_id == actor.person_id


def kept(selection: Selection) -> Selection:
    """What of a state of the directory is saved: from the first page on."""
    return replace(selection, page=1)


def key_of(selection: Selection) -> str:
    """The same for two states that find the same firms, in whatever order these and the filters stand."""
    chosen = {name: tuple(sorted(codes)) for name, codes in selection.chosen.items()}
    same = replace(selection, chosen=chosen, sort=None, page=1)
    return sha256(same.query_string().encode()).hexdigest()


def moment_to_tell(frequency: Frequency, zone: str, now: datetime) -> datetime | None:
    """The latest moment up to which a search can tell what is new; None for one that sends no mails."""
    if frequency is Frequency.NONE:
        return None
    return last_moment(Schedule(Rhythm(frequency.value), TOLD_ON, TOLD_AT), zone, now - SETTLED)


def is_due(moment: datetime | None, told_until: datetime) -> bool:
    """Whether there is a moment up to which a search has not told yet."""
    return moment is not None and told_until < moment
