"""All pages of business trips, for the list of the application's parts."""

from matchmaker.programmes.trips import table_views
from matchmaker.programmes.trips.blueprint import bp

__all__ = ["bp", "table_views"]
