"""Reads of memorandums."""

from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import NotFound
from matchmaker.mous import rules
from matchmaker.mous.enums import ScopeArea
from matchmaker.mous.models import Mou, MouContactPoint, MouParty


def _loaded() -> Select[Mou]:
    return select(Mou).options(
        selectinload(Mou.parties).selectinload(MouParty.institution),
        selectinload(Mou.areas),
        selectinload(Mou.transfer_bases),
    )


def mou(mou_id: int) -> Mou:
    """One memorandum with all that its page shows; raises NotFound."""
    points = selectinload(Mou.contact_points)
    found = db.session.scalar(
        _loaded()
        .options(
            points.selectinload(MouContactPoint.person), points.selectinload(MouContactPoint.institution)
        )
        .where(Mou.id == mou_id)
    )
    if found is None:
        raise NotFound
    return found


def signed() -> list[Mou]:
    """All memorandums that were signed or announced, newest first."""
    published = or_(Mou.signed_on.is_not(None), Mou.announced_on.is_not(None))
    return list(db.session.scalars(_loaded().where(published).order_by(Mou.announced_on.desc(), Mou.id)))


def covering(one: str, other: str, area: ScopeArea, today: date) -> Mou | None:
    """The memorandum under which firms of two countries may be introduced today; the oldest where there are several."""
    return next(
        (
            item
            for item in db.session.scalars(_loaded().order_by(Mou.id))
            if {one, other} <= rules.countries(item) and one != other and rules.covers(item, area, today)
        ),
        None,
    )
