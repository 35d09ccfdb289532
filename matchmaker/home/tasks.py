"""What the worker does for the inbox by itself."""

from matchmaker.core.jobs import loop
from matchmaker.home.assigning import ageing


@loop("overdue tasks", 3600)
def tell_of_overdue() -> None:
    """Tell heads what has become overdue."""
    ageing.tell_heads()
