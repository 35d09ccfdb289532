"""Saved searches and the wish for their mails."""

import secrets
from datetime import datetime

from matchmaker.accounts.secret_keys import fingerprint, lock
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.directory.saved.enums import Frequency
from matchmaker.directory.saved.models import SavedSearch
from matchmaker.directory.saved.queries import selection_of
from matchmaker.directory.saved.rules import key_of
from matchmaker.notifications.enums import NewsCategory
from matchmaker.notifications.models import NewsOptIn
from matchmaker.notifications.queries import TOKENS


def saved_search(
    person_id: int,
    query: str = "",
    *,
    frequency: Frequency = Frequency.DAILY,
    told_until: datetime | None = None,
    telling_since: datetime | None = None,
    name: str = "My search",
) -> SavedSearch:
    """A search that somebody saved, with its mails wanted and told up to now unless another moment is given."""
    row = SavedSearch(
        person_id=person_id,
        name=name,
        query=query,
        query_key=key_of(selection_of(query)),
        frequency=frequency,
        telling_since=telling_since or told_until or clock.now(),
        told_until=told_until or clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def wish_for_mails(person_id: int, since: datetime | None = None) -> tuple[NewsOptIn, str]:
    """That somebody asked for the mails of saved searches, with the token of their link."""
    token = secrets.token_urlsafe(32)
    row = NewsOptIn(
        person_id=person_id,
        category=NewsCategory.SAVED_SEARCHES,
        since=since or clock.now(),
        digest=fingerprint(token, TOKENS),
        locked_token=lock(token, TOKENS),
    )
    db.session.add(row)
    db.session.flush()
    return row, token
