"""Reads of what firms called not relevant."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.matching.profiles import load_profiles
from matchmaker.matching.relevance.models import NotRelevant
from matchmaker.matching.relevance.rules import Mark


def marks_of(firm_id: int) -> Sequence[NotRelevant]:
    """What a firm called not relevant, the latest first."""
    found = select(NotRelevant).where(NotRelevant.firm_id == firm_id)
    return db.session.scalars(found.order_by(NotRelevant.created_at.desc(), NotRelevant.id.desc())).all()


def mark_of(firm_id: int, other_id: int) -> NotRelevant | None:
    """What a firm said of another one."""
    return db.session.scalar(
        select(NotRelevant).where(NotRelevant.firm_id == firm_id, NotRelevant.other_id == other_id)
    )


def marks_to_lower_by(rows: Collection[NotRelevant], profiles: Mapping[int, FitProfile]) -> list[Mark]:
    """The marks with the profiles that they compare with; a firm that left the directory lowers no other one."""
    return [Mark(profiles[row.other_id], row.reason) for row in rows if row.other_id in profiles]


def profiles_of(ids: Collection[int]) -> Mapping[int, FitProfile]:
    """The profiles of matchable firms by number, as of today."""
    return {one.firm_id: one for one in load_profiles(db.session, ids, clock.today())}
