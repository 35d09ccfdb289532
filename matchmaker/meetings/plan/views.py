"""All pages of the timetable, for the list of the application's parts."""

from matchmaker.meetings.plan import (
    agenda_calendar,
    agenda_views,
    grid_views,
    notices,
    paper_views,
    run_views,
    version_views,
)

__all__ = [
    "agenda_calendar",
    "agenda_views",
    "grid_views",
    "notices",
    "paper_views",
    "run_views",
    "version_views",
]
