"""What the worker does about declarations of size by itself."""

from matchmaker.core import clock
from matchmaker.core.jobs import loop
from matchmaker.firms.declarations import notices, queries, rules

EVERY_SECONDS = 3600


@loop("declaration-reminders", EVERY_SECONDS)
def remind() -> None:
    """Remind the people of a firm 30 and 7 days before its declaration ends, each once; a renewed one is reminded of anew."""
    today = clock.today()
    for firm in queries.ending_soon(today):
        days = rules.reminder_due(firm.declared_until, today) if firm.declared_until else None
        if days is not None:
            notices.tell_ending(firm, days)
