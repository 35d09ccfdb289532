"""What the worker does for requests every minute."""

from matchmaker.core import clock
from matchmaker.core.jobs import loop
from matchmaker.meetings.wishes import asking

__all__ = ["keep_requests_in_time"]


@loop("meeting requests", 60)
def keep_requests_in_time() -> None:
    """End the requests that nobody answered in time."""
    asking.expire(clock.now())
