"""What the worker does for opportunities by itself."""

from matchmaker.core.jobs import loop
from matchmaker.opportunities import reviews


@loop("opportunities", 300)
def keep_time() -> None:
    """Publish what nobody objected to, and warn of the last day."""
    reviews.open_due()
    reviews.warn_of_ends()
