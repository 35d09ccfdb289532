"""Firms that belong together: people of one work for the other too, or both have one number or one domain of their own.

The product knows no groups; this is what can be seen of them. Only firms of one country are looked at, since the officers of
one country do not read what firms of another one have not published.
"""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from matchmaker.core.db import db
from matchmaker.firms.duplicates.enums import Sign
from matchmaker.firms.duplicates.models import DuplicateKey
from matchmaker.firms.duplicates.rules import MOST_OF_A_HOST
from matchmaker.firms.models import Firm, FirmMember


def related_firms(firm_id: int) -> frozenset[int]:
    """The numbers of the firms that belong together with one."""
    return frozenset((*_by_people(firm_id), *_by_keys(firm_id)))


def _by_people(firm_id: int) -> list[int]:
    own, other, firm, near = aliased(FirmMember), aliased(FirmMember), aliased(Firm), aliased(Firm)
    found = (
        select(near.id)
        .join(other, other.firm_id == near.id)
        .join(own, own.person_id == other.person_id)
        .join(firm, firm.id == own.firm_id)
        .where(firm.id == firm_id, near.id != firm_id, near.country == firm.country)
    )
    return list(db.session.scalars(found.distinct()))


def _by_keys(firm_id: int) -> list[int]:
    """By keys that few firms share: a domain of many is that of a host. Each key begins with the country."""
    own, other, each = aliased(DuplicateKey), aliased(DuplicateKey), aliased(DuplicateKey)
    sharing = select(func.count(each.id)).where(each.key == own.key).scalar_subquery()
    telling = or_(own.key.like(f"__:{Sign.NUMBER}:%"), own.key.like(f"__:{Sign.HOST}:%"))
    found = (
        select(other.firm_id)
        .join(own, own.key == other.key)
        .where(own.firm_id == firm_id, telling, other.firm_id != firm_id, sharing <= MOST_OF_A_HOST)
    )
    return list(db.session.scalars(found.distinct()))
