"""Kinds and states of opportunities."""

from enum import StrEnum


class OpportunityKind(StrEnum):
    """What a firm offers or looks for."""

    BUSINESS_OFFER = "business_offer"
    BUSINESS_REQUEST = "business_request"
    TECHNOLOGY_OFFER = "technology_offer"
    TECHNOLOGY_REQUEST = "technology_request"
    RESEARCH_REQUEST = "research_request"


class OpportunityState(StrEnum):
    """draft -> submitted -> announced to the other institution -> published; expiry follows from the days."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ANNOUNCED = "announced"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class OpportunityVerb(StrEnum):
    """What somebody does to an opportunity."""

    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    RETURN = "return"
    REFUSE = "refuse"
    ANNOUNCE = "announce"
    CLEAR = "clear"
    OBJECT = "object"
    PUBLISH = "publish"
    RENEW = "renew"
    REVISE = "revise"
    WITHDRAW = "withdraw"


class Part(StrEnum):
    """In what part somebody moves an opportunity: its firm, the firm's institution, another one, or the clock."""

    FIRM = "firm"
    STAFF = "staff"
    COUNTERPART = "counterpart"
    SYSTEM = "system"


class Standing(StrEnum):
    """What the institution of a country says about an opportunity before its firms see it."""

    OPEN = "open"
    CLEAR = "clear"
    OBJECTED = "objected"


class Stage(StrEnum):
    """How far a technology is."""

    IDEA = "idea"
    PROTOTYPE = "prototype"
    FIELD_TESTED = "field_tested"
    ON_MARKET = "on_market"


class PropertyState(StrEnum):
    """How a technology is protected."""

    NONE = "none"
    KNOW_HOW = "know_how"
    APPLIED = "applied"
    GRANTED = "granted"
    COPYRIGHT = "copyright"


class PartnerKind(StrEnum):
    """What kind of partner is wanted."""

    COMPANY = "company"
    RESEARCH = "research"
    PUBLIC = "public"
    ANY = "any"


class Supply(StrEnum):
    """How often something is delivered."""

    SAMPLE = "sample"
    REGULAR = "regular"
    PROJECT = "project"
