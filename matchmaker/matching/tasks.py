"""What the worker does for matches every minute."""

from matchmaker.core.jobs import loop
from matchmaker.matching import services


@loop("matches", 60)
def keep_time() -> None:
    """Expire, remind, and open contacts that had to wait."""
    services.expire_due()
    services.remind_due()
    services.open_contacts_due()
