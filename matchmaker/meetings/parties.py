"""The firms of a meeting in the order and under the names in which a reader sees them."""

from matchmaker.core.i18n import language, order_countries
from matchmaker.firms.names import ShownName, shown_name
from matchmaker.meetings.models import Meeting, MeetingParty


def in_order(meeting: Meeting) -> list[MeetingParty]:
    """The parties, the reader's side first, else the side that leads in the language."""
    sides = order_countries(sorted({one.participant.firm.country for one in meeting.parties}))
    return sorted(meeting.parties, key=lambda one: (sides.index(one.participant.firm.country), one.id))


def names(meeting: Meeting) -> list[ShownName]:
    """The firms of a meeting by name."""
    return [shown_name(one.participant.firm, language()) for one in in_order(meeting)]
