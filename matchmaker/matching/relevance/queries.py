"""Reads of what firms called not relevant."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

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


def marks_to_lower_by(
    rows: Collection[NotRelevant], today: date, session: Session | scoped_session[Session] | None = None
) -> list[Mark]:
    """The marks with the profiles that they compare with; a firm that left the directory lowers no other one."""
    profiles = profiles_of({row.other_id for row in rows}, today, session)
    return [Mark(profiles[row.other_id], row.reason) for row in rows if row.other_id in profiles]


def profiles_of(
    ids: Collection[int], today: date, session: Session | scoped_session[Session] | None = None
) -> Mapping[int, FitProfile]:
    """The profiles of matchable firms by number."""
    return {one.firm_id: one for one in load_profiles(session or db.session, ids, today)}
