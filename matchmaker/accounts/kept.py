"""How long sessions and one-time links are kept once they are over."""

from flask_babel import lazy_gettext as _l

from matchmaker.accounts.models import OneTimeLink, SignedInSession
from matchmaker.core.retention import DataClass, Due, Purged, delete_older


def _purge(due: Due) -> Purged:
    ended = delete_older(SignedInSession, SignedInSession.expires_at, due)
    return ended + delete_older(OneTimeLink, OneTimeLink.expires_at, due)


CLASSES = (
    DataClass(
        "sessions",
        _l("Sessions and one-time links"),
        _l("The session or the link ended"),
        _l("Security of accounts: what happened can be looked into for a short time."),
        days=30,
        least=1,
        most=180,
        purge=_purge,
    ),
)
