"""What the worker does for matches every minute."""

from matchmaker.core.db import db
from matchmaker.core.jobs import loop
from matchmaker.matching import figures, lists, services
from matchmaker.matching.lists_files import ListsBusy

__all__ = ["figures", "keep_time", "renew_lists"]


@loop("matches", 60)
def keep_time() -> None:
    """Expire, remind, and open contacts that had to wait."""
    services.expire_due()
    services.remind_due()
    services.open_contacts_due()


@loop("fit lists", 300)
def renew_lists() -> None:
    """Write the lists of a large installation anew when they are missing, a day old or much has changed."""
    db.session.rollback()
    try:
        if lists.is_rebuild_due():
            lists.rebuild_lists()
    except ListsBusy:
        # Another process of this machine writes them.
        return
