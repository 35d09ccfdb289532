"""Kinds of one-time links."""

from enum import StrEnum


class LinkPurpose(StrEnum):
    """What a one-time link lets its holder do."""

    CONFIRM_EMAIL = "confirm_email"
    RESET = "reset_password"
