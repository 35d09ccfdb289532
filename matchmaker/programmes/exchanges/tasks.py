"""What the worker does for exchanges every hour."""

from matchmaker.core.jobs import loop
from matchmaker.programmes.exchanges import timekeeping


@loop("exchanges", 3600)
def keep_exchanges_in_time() -> None:
    """Begin what is ready, remind of what is due."""
    timekeeping.keep_time()
