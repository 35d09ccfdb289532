"""Answers to an expression of interest."""

from enum import StrEnum


class Answer(StrEnum):
    """What the owner says, exactly once; after the second the firm may write again."""

    SUITABLE = "suitable"
    MORE_INFORMATION = "more_information"
    NOT_SUITABLE = "not_suitable"
    NOT_ELIGIBLE = "not_eligible"
