"""What the worker does for saved searches every few minutes."""

from matchmaker.core.db import db
from matchmaker.core.jobs import loop
from matchmaker.directory.saved import digests


@loop("saved searches", 300)
def send_digests() -> None:
    """Write the mails whose moment has come; who is due is read first, so the worker's write transaction is given back."""
    db.session.rollback()
    digests.send_due()
