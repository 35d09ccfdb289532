"""Kinds, states and currencies of deals."""

from enum import StrEnum


class DealKind(StrEnum):
    """What two firms agreed on."""

    SALE = "sale"
    DISTRIBUTION = "distribution"
    JOINT_PRODUCTION = "joint_production"
    LICENCE = "licence"
    OTHER = "other"


class DealState(StrEnum):
    """reported -> confirmed or refused by the other firm, or withdrawn by the one that reported it."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DealVerb(StrEnum):
    """What a firm does with a reported deal."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


class Currency(StrEnum):
    """Currencies in which the value of a deal is told; each is counted by a figure of its own."""

    EUR = "EUR"
    USD = "USD"
    TRY = "TRY"
    RUB = "RUB"
