"""All pages of the timetable, for the list of the application's parts."""

from matchmaker.meetings.plan import grid_views, run_views

__all__ = ["grid_views", "run_views"]
