"""What the worker does for programmes every minute."""

from matchmaker.core.jobs import loop
from matchmaker.programmes import timekeeping


@loop("programmes", 60)
def keep_time() -> None:
    """Open, close, start and finish what is due."""
    timekeeping.move_due()
