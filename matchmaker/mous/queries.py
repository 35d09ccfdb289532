"""Reads of memorandums."""

from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import NotFound
from matchmaker.institutions.models import Institution
from matchmaker.mous import rules
from matchmaker.mous.enums import CoverProblem, ScopeArea
from matchmaker.mous.models import Mou, MouContactPoint, MouOverride, MouParty


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
    found = nearest(one, other, area, today)
    return found if found is not None and rules.covers(found, area, today) else None


def nearest(one: str, other: str, area: ScopeArea, today: date) -> Mou | None:
    """The signed memorandum of two countries that covers the area, else the one that lacks least; the oldest of equals."""
    if one == other:
        return None
    order = [None, *reversed(CoverProblem)]
    found = ((rules.cover_problem(item, area, today), item) for item in _between(one, other))
    ranked = [
        (order.index(problem), item.id, item)
        for problem, item in found
        if problem is not CoverProblem.UNSIGNED
    ]
    return min(ranked, key=lambda row: row[:2])[2] if ranked else None


def partner_countries(country: str, area: ScopeArea, today: date) -> frozenset[str]:
    """The countries of the other parties of all memorandums of a country that cover the area today."""
    found = db.session.scalars(_loaded().where(_has_party(country)))
    covered = [rules.countries(item) for item in found if rules.covers(item, area, today)]
    return frozenset().union(*covered) - {country}


def for_cover(mou_id: int) -> Mou:
    """The memorandum as it is now, which nobody ends or narrows before this transaction is over; raises NotFound."""
    found = db.session.scalar(
        _loaded()
        .where(Mou.id == mou_id)
        .with_for_update(of=Mou, read=True)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def overrides(mou_id: int) -> list[MouOverride]:
    """What was published without cover of the memorandum, newest first."""
    found = select(MouOverride).where(MouOverride.mou_id == mou_id).options(selectinload(MouOverride.person))
    return list(db.session.scalars(found.order_by(MouOverride.id.desc())))


def _between(one: str, other: str) -> list[Mou]:
    return list(db.session.scalars(_loaded().where(_has_party(one), _has_party(other)).order_by(Mou.id)))


def _has_party(country: str) -> ColumnElement[bool]:
    return (
        select(MouParty.id)
        .join(Institution, Institution.id == MouParty.institution_id)
        .where(MouParty.mou_id == Mou.id, Institution.country == country)
        .exists()
    )
