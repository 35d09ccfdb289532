"""States of a match and what moves it."""

from enum import StrEnum


class MatchState(StrEnum):
    """asked -> agreed -> approved by both coordinators = introduced -> in talks -> partnership or closed."""

    PROPOSED = "proposed"
    ASKED = "asked"
    AGREED = "agreed"
    INTRODUCED = "introduced"
    IN_TALKS = "in_talks"
    PARTNERSHIP = "partnership"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class MatchVerb(StrEnum):
    """What somebody does to a match."""

    ASK = "ask"
    PROPOSE = "propose"
    AGREE = "agree"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    APPROVE = "approve"
    DECLINE = "decline"
    QUESTION = "question"
    REVIEW = "review"
    INTRODUCE = "introduce"
    START_TALKS = "start_talks"
    PARTNER = "partner"
    CLOSE = "close"


class MatchOrigin(StrEnum):
    """How the pair was found."""

    SEARCH = "search"
    RECOMMENDATION = "recommendation"
    OPPORTUNITY = "opportunity"
    STAFF = "staff"


class MatchActor(StrEnum):
    """In what part somebody moves a match."""

    ASKER = "asker"
    ANSWERER = "answerer"
    FIRM = "firm"
    STAFF = "staff"
    COORDINATOR = "coordinator"
    COMPLIANCE = "compliance"
    SYSTEM = "system"


class DecisionKind(StrEnum):
    """What a coordinator decides."""

    APPROVE = "approve"
    DECLINE = "decline"
    QUESTION = "question"


class ReasonCode(StrEnum):
    """Why a coordinator declines or a firm refuses."""

    NOT_SUITABLE = "not_suitable"
    CAPACITY = "capacity"
    ALREADY_PARTNERS = "already_partners"
    DOUBTFUL_DATA = "doubtful_data"
    COMPLIANCE = "compliance"
    OTHER = "other"


class ComplianceOutcome(StrEnum):
    """What a compliance officer records on a blocked match."""

    CLEAR = "clear"
    OVERRIDE = "override"
    BLOCK = "block"


class FlagCode(StrEnum):
    """What the checks of a match found, for one firm or for the pair."""

    NO_MEMORANDUM = "no_memorandum"
    NO_COVER = "no_cover"
    NOT_VERIFIED = "not_verified"
    IDENTIFIERS = "identifiers"
    REGION_NOT_MAPPED = "region_not_mapped"
    NOT_SCREENED = "not_screened"
    LISTED_NAME = "listed_name"
    CONTROLLED_GOODS = "controlled_goods"
    SIZE = "size"
    NO_CONSENT = "no_consent"
    NO_BASIS = "no_basis"


class Weight(StrEnum):
    """How much a flag holds up.

    A hint nothing; the next an approval until its giver writes a reason, until a compliance officer decides, in any case.
    """

    HINT = "hint"
    REASON = "reason"
    REVIEW = "review"
    BAR = "bar"


class WishKind(StrEnum):
    """What a firm thinks of another one."""

    MUST_MEET = "must_meet"
    WOULD_MEET = "would_meet"
    NO_THANKS = "no_thanks"
