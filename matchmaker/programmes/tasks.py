"""What the worker does for programmes every minute."""

from matchmaker.core.jobs import loop
from matchmaker.programmes import figures, offers, timekeeping

__all__ = ["figures", "keep_time"]


@loop("programmes", 60)
def keep_time() -> None:
    """Open, close, start and finish what is due; end offers that ran out and pass free places on."""
    timekeeping.move_due()
    offers.lapse_due()
    offers.offer_due()
