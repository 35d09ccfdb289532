"""Reads of shortlists."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.directory.shortlist.models import ShortlistEntry


def entries(firm_id: int) -> Sequence[ShortlistEntry]:
    """A firm's list, the latest first."""
    found = select(ShortlistEntry).where(ShortlistEntry.firm_id == firm_id)
    return db.session.scalars(
        found.options(selectinload(ShortlistEntry.person)).order_by(
            ShortlistEntry.created_at.desc(), ShortlistEntry.id.desc()
        )
    ).all()


def entry(firm_id: int, other_id: int) -> ShortlistEntry | None:
    """One firm on the list."""
    return db.session.scalar(
        select(ShortlistEntry).where(ShortlistEntry.firm_id == firm_id, ShortlistEntry.other_id == other_id)
    )


def kept(firm_id: int, ids: Collection[int]) -> frozenset[int]:
    """Which of these firms are on the list."""
    return frozenset(
        db.session.scalars(
            select(ShortlistEntry.other_id).where(
                ShortlistEntry.firm_id == firm_id, ShortlistEntry.other_id.in_(sorted(ids))
            )
        )
    )


def count(firm_id: int) -> int:
    """How many firms are on the list."""
    return (
        db.session.scalar(
            select(func.count()).select_from(ShortlistEntry).where(ShortlistEntry.firm_id == firm_id)
        )
        or 0
    )
