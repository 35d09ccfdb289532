"""All pages of business trips, for the list of the application's parts."""

from matchmaker.programmes.trips import (
    application_views,
    claim_views,
    frame_views,
    gates,
    item_views,
    letter_views,
    notices,
    paper_views,
    table_views,
)
from matchmaker.programmes.trips.blueprint import bp

__all__ = [
    "application_views",
    "bp",
    "claim_views",
    "frame_views",
    "gates",
    "item_views",
    "letter_views",
    "notices",
    "paper_views",
    "table_views",
]
