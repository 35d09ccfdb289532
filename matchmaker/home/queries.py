"""Reads of the home page that no other page needs."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.firms.enums import JoinState
from matchmaker.firms.models import JoinRequest


def open_join_requests(firm_ids: Sequence[int]) -> list[JoinRequest]:
    """Who waits to join these firms, the longest first."""
    if not firm_ids:
        return []
    return list(
        db.session.scalars(
            select(JoinRequest)
            .where(JoinRequest.state == JoinState.OPEN, JoinRequest.firm_id.in_(firm_ids))
            .options(selectinload(JoinRequest.person))
            .order_by(JoinRequest.created_at, JoinRequest.id)
        )
    )
