"""What the worker does for lists on a schedule every minute."""

from matchmaker.core.jobs import loop
from matchmaker.programmes.lists import services


@loop("scheduled lists", 60)
def send_lists() -> None:
    """Tell the readers of the lists whose moment has come."""
    services.send_due()
