"""What the worker does for reminders every minute."""

from matchmaker.core.jobs import loop
from matchmaker.programmes.mailings import reminder_services


@loop("programme reminders", 60)
def remind() -> None:
    """Send the reminders whose moment has come."""
    reminder_services.send_due()
