"""All pages of business trips, for the list of the application's parts."""

from matchmaker.programmes.trips import frame_views, item_views, table_views
from matchmaker.programmes.trips.blueprint import bp

__all__ = ["bp", "frame_views", "item_views", "table_views"]
