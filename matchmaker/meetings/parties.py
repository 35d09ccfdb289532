"""The firms of a meeting or of a day in the order and under the names in which a reader sees them."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from matchmaker.core.i18n import language, order_countries
from matchmaker.engines.text.collation import sort_key
from matchmaker.firms.names import Named, ShownName, reader_name, shown_name
from matchmaker.meetings.models import Meeting, MeetingParty


class AtDay(Protocol):
    """A firm at a day: a loaded participant, or its columns."""

    @property
    def id(self) -> int:
        """The number of the participant."""

    @property
    def firm(self) -> Named:
        """The firm with its names."""


Entry = TypeVar("Entry", bound=AtDay)


def in_alphabet(participants: Iterable[Entry]) -> list[Entry]:
    """Firms as a reader looks for them: the own side first, then by the name that the reader is shown."""
    there, spoken = list(participants), language()
    sides = order_countries(sorted({one.firm.country for one in there}))
    return sorted(
        there,
        key=lambda one: (sides.index(one.firm.country), sort_key(reader_name(one.firm), spoken), one.id),
    )


def in_order(meeting: Meeting) -> list[MeetingParty]:
    """The parties, the reader's side first, else the side that leads in the language."""
    sides = order_countries(sorted({one.participant.firm.country for one in meeting.parties}))
    return sorted(meeting.parties, key=lambda one: (sides.index(one.participant.firm.country), one.id))


def names(meeting: Meeting) -> list[ShownName]:
    """The firms of a meeting by name."""
    return [shown_name(one.participant.firm, language()) for one in in_order(meeting)]
