"""What the worker does for running days twice a minute."""

from matchmaker.core.jobs import loop
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.live import offers, queries, timekeeping


@loop("running B2B days", 30)
def keep_days_in_time() -> None:
    """Let the clock go on in all running days, and end offers that nobody answered."""
    for number in queries.running_days():
        day = day_queries.locked_day(number)
        timekeeping.catch_up(day)
        offers.lapse_due(day)
