"""What the worker does for askings every few minutes."""

from matchmaker.core.jobs import loop
from matchmaker.matching.follow_ups import services


@loop("follow-ups", 120)
def ask() -> None:
    """Ask whose day has come, and forget old links."""
    services.ask_due()
    services.forget_old_links()
