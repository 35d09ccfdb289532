"""What a check finds, what becomes of the opportunity, and the kinds of sensitive words."""

from enum import StrEnum


class WordKind(StrEnum):
    """Why a word of the list is looked at."""

    MILITARY = "military"
    DUAL_USE = "dual_use"
    RULES = "rules"
    CONTACT = "contact"


class FindingKind(StrEnum):
    """What a check found."""

    SAME_OWN = "same_own"
    NEAR_OWN = "near_own"
    SAME_RELATED = "same_related"
    NEAR_RELATED = "near_related"
    REFUSED_BEFORE = "refused_before"
    LISTED_GOODS = "listed_goods"
    MILITARY_WORDS = "military_words"
    DUAL_USE_WORDS = "dual_use_words"
    RULE_WORDS = "rule_words"
    CONTACT_WORDS = "contact_words"
    REWORDED = "reworded"


class Outcome(StrEnum):
    """What becomes of an opportunity that a firm sends: to the review, to the review with marks, or back to the firm."""

    CLEAN = "clean"
    MARKED = "marked"
    REFUSED = "refused"
