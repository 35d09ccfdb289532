"""What a firm answers, and where an asking stands."""

from enum import StrEnum


class Standing(StrEnum):
    """How it stands with the other firm, in the words of the one that answers; it moves no match."""

    NO_CONTACT = "no_contact"
    IN_TALKS = "in_talks"
    OFFER_SENT = "offer_sent"
    PARTNERSHIP = "partnership"
    ENDED = "ended"


class FollowUpState(StrEnum):
    """asked -> answered, or overdue; dropped where the match ended before, unreachable where nobody could be asked."""

    ASKED = "asked"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    DROPPED = "dropped"
    UNREACHABLE = "unreachable"
