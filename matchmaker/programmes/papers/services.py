"""Badges are given their tokens."""

import secrets

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.models import Programme
from matchmaker.programmes.papers import queries
from matchmaker.programmes.papers.models import Badge


def prepare_badges(actor: Actor, programme: Programme) -> int:
    """Give everybody whose place is settled a token, once; answers how many are new."""
    programme_queries.lock_programme(programme.id)
    there = queries.tokens(programme.id)
    new = [one.id for one in queries.participants(programme.id) if one.id not in there]
    db.session.add_all([Badge(delegate_id=number, token=secrets.token_urlsafe(18)) for number in new])
    if new:
        audit.record(actor, "prepare_badges", "programme", programme.id, after={"badges": len(new)})
    db.session.flush()
    return len(new)
