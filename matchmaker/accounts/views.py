"""The pages of accounts."""

from matchmaker.accounts import (
    agenda_views,
    browsers,
    calendar_views,
    demo_views,
    settings_views,
    sign_in_views,
    sign_up_views,
)
from matchmaker.accounts.blueprint import bp

__all__ = [
    "agenda_views",
    "bp",
    "browsers",
    "calendar_views",
    "demo_views",
    "settings_views",
    "sign_in_views",
    "sign_up_views",
]
