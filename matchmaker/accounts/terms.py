"""How long links and sessions last."""

from datetime import timedelta

from flask import current_app

from matchmaker.accounts.enums import LinkPurpose

LINK_TERMS = {
    LinkPurpose.CONFIRM_EMAIL: timedelta(hours=48),
    LinkPurpose.RESET: timedelta(hours=1),
}
SECOND_FACTOR_SECONDS = 10 * 60
"""Time between the password and the code."""


def session_term() -> timedelta:
    """How long a session lasts without activity: SESSION_HOURS."""
    return timedelta(hours=current_app.config["SESSION_HOURS"])
