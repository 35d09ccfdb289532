"""What the worker does for opportunities by itself."""

from matchmaker.core.jobs import loop
from matchmaker.opportunities import reviews
from matchmaker.opportunities.interests import services as interests


@loop("opportunities", 300)
def keep_time() -> None:
    """Publish what nobody objected to, warn of the last day, remind of interests without an answer."""
    reviews.open_due()
    reviews.warn_of_ends()
    interests.remind_due()
