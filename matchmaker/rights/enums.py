"""Where a request for erasure stands, and why one is refused."""

from enum import StrEnum


class ErasureState(StrEnum):
    """asked -> carried out, carried out in part, refused, or withdrawn by the person."""

    ASKED = "asked"
    CARRIED_OUT = "carried_out"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ErasureGround(StrEnum):
    """The legal reason for what is not erased."""

    LEGAL_DUTY = "legal_duty"
    LEGAL_CLAIM = "legal_claim"
    NOT_THE_PERSON = "not_the_person"
