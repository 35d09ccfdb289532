"""Kinds and states of business trips."""

from enum import StrEnum


class EntryPath(StrEnum):
    """What a traveller of one nationality needs to enter a country."""

    NONE = "none"
    E_VISA = "e_visa"
    LETTER = "letter"


class TravelPurpose(StrEnum):
    """What a delegate consents to, each by itself: passing the passport on; keeping diet and access needs."""

    PASSPORT = "passport"
    NEEDS = "needs"


class EntryWarning(StrEnum):
    """What is wrong between a trip and the rule of entry."""

    NO_RULE = "no_rule"
    TOO_CLOSE = "too_close"
    TOO_LONG = "too_long"


class ItemKind(StrEnum):
    """What an item of an itinerary is."""

    OFFICIAL = "official"
    SEMINAR = "seminar"
    B2B = "b2b"
    VISIT = "visit"
    TRANSFER = "transfer"
    FREE = "free"


class CostKind(StrEnum):
    """A kind of cost that a scheme may bear a share of."""

    TRAVEL = "travel"
    LODGING = "lodging"
    INTERPRETING = "interpreting"
    GUIDE = "guide"
    FAIR_ENTRY = "fair_entry"
    MEETING = "meeting"


class PaperKind(StrEnum):
    """A paper that a claim needs."""

    INVOICE = "invoice"
    BOARDING_CARD = "boarding_card"
    PAYMENT = "payment"
    REPORT = "report"


class DelegateRelation(StrEnum):
    """What a delegate is to the firm; nobody else may travel for it."""

    OWNER = "owner"
    PARTNER = "partner"
    EMPLOYEE = "employee"


class VisaState(StrEnum):
    """How far the visa of a delegate is."""

    NOT_STARTED = "not_started"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"


class ReadyItem(StrEnum):
    """A thing a delegate has to have before departure."""

    PROFILE = "profile"
    MEETINGS = "meetings"
    PASSPORT = "passport"
    VISA = "visa"
    INSURANCE = "insurance"
    CONSENT = "consent"


class Light(StrEnum):
    """How far something is: ready, some of it missing, or impossible as it stands."""

    READY = "ready"
    MISSING = "missing"
    BLOCKED = "blocked"


class ViabilityChoice(StrEnum):
    """What staff may do with a trip that has too few firms at its deadline."""

    EXTEND = "extend"
    MERGE = "merge"
    CANCEL = "cancel"
    GO_AHEAD = "go_ahead"


class LetterKind(StrEnum):
    """What a letter is for."""

    INVITATION = "invitation"
    VISA_SUPPORT = "visa_support"
    PARTICIPATION = "participation"


class LetterState(StrEnum):
    """What became of a letter."""

    ISSUED = "issued"
    SENT = "sent"
    CANCELLED = "cancelled"


class ClaimState(StrEnum):
    """Where a claim for co-financing stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    PAID = "paid"


class ClaimGap(StrEnum):
    """What keeps a claim closed."""

    NO_SCHEME = "no_scheme"
    NOT_TRAVELLED = "not_travelled"
    TRIP_NOT_OVER = "trip_not_over"
    ATTENDANCE = "attendance"
    PAPERS = "papers"
    COSTS = "costs"


class CostModel(StrEnum):
    """Who pays for a trip."""

    FIRM = "firm"
    SHARED = "shared"
    INSTITUTION = "institution"


class Criterion(StrEnum):
    """What assessors score, as trade missions do: the product first, then potential and goals, then the firm itself."""

    SUITABILITY = "suitability"
    POTENTIAL = "potential"
    GOALS = "goals"
    EXPERIENCE = "experience"
    SIZE = "size"
