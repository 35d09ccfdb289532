"""Figures of the landing page, counted from the records."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import CTE, case, func, select, union
from sqlalchemy.orm import aliased

from matchmaker.core.db import db
from matchmaker.core.i18n import language, order_countries
from matchmaker.core.small_cells import without_small
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.institutions.models import Institution
from matchmaker.matching.models import Match
from matchmaker.mous import queries as mous_queries
from matchmaker.mous import rules as mous_rules
from matchmaker.reference import regions

MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class Arcs:
    """The arch diagram: places of two sides and the introductions between them, the strongest last."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    links: tuple[tuple[int, int, int], ...]

    def cut(self, most: int) -> "Arcs":
        """A diagram with fewer places a side, for phones."""
        left, right = self.left[-most:], self.right[:most]
        skipped = len(self.left) - len(left)
        links = tuple(
            (one - skipped, other, count)
            for one, other, count in self.links
            if one >= skipped and other < most
        )
        return Arcs(left, right, links)


def sides() -> tuple[str, str] | None:
    """The two countries of the first memorandum, in the reader's order; None where there is none yet."""
    for mou in mous_queries.signed():
        found = order_countries(sorted(mous_rules.countries(mou)))
        if len(found) == 2:
            return found[0], found[1]
    return None


def partner_institutions() -> list[Institution]:
    """The parties of the memorandums, those of the reader's side first."""
    found = {
        party.institution.id: party.institution for mou in mous_queries.signed() for party in mou.parties
    }
    order = order_countries(sorted({item.country for item in found.values() if item.country}))
    place = {code: number for number, code in enumerate(order)}
    return sorted(
        found.values(), key=lambda item: (place.get(item.country or "", len(place)), item.short_name)
    )


def verified_firms() -> int:
    """How many firms are listed."""
    return db.session.scalar(select(func.count()).where(Firm.state == FirmState.VERIFIED)) or 0


def introductions() -> int:
    """How many pairs of firms were introduced, whatever came of it."""
    return db.session.scalar(select(func.count()).where(Match.introduced_at.is_not(None))) or 0


def arcs(left_country: str, right_country: str) -> Arcs:
    """Introductions between the regions of two countries; the busiest regions stand nearest to the middle.

    Everybody sees them, so that a pair of regions with fewer than five firms has no arc.
    """
    pairs = without_small(_pairs(left_country, right_country), _firms_of_pairs(left_country, right_country))
    left, right = _busiest(_sums(pairs, 0)), _busiest(_sums(pairs, 1))
    left.reverse()
    links = sorted(
        (
            (left.index(one), right.index(other), count)
            for (one, other), count in pairs.items()
            if one in left and other in right
        ),
        key=lambda link: (link[2], link),
    )
    spoken = language()
    return Arcs(
        tuple(regions.short_label(code, spoken) for code in left),
        tuple(regions.short_label(code, spoken) for code in right),
        tuple(links),
    )


def _pairs(left: str, right: str) -> dict[tuple[str, str], int]:
    found = _introduced(left, right)
    rows = db.session.execute(
        select(found.c.left, found.c.right, func.count()).group_by(found.c.left, found.c.right)
    )
    return {(own, partner): count for own, partner, count in rows}


def _firms_of_pairs(left: str, right: str) -> dict[tuple[str, str], int]:
    """How many firms stand behind each pair of regions."""
    found = _introduced(left, right)
    seen = union(
        *(
            select(found.c.left, found.c.right, firm.label("firm"))
            for firm in (found.c.asker, found.c.answerer)
        )
    ).subquery()
    rows = db.session.execute(
        select(seen.c.left, seen.c.right, func.count()).group_by(seen.c.left, seen.c.right)
    )
    return {(own, partner): count for own, partner, count in rows}


def _introduced(left: str, right: str) -> CTE:
    """The introductions between two countries: the regions of the two, the two firms."""
    one, other = aliased(Firm), aliased(Firm)
    is_left = one.country == left
    return (
        select(
            case((is_left, one.region_code), else_=other.region_code).label("left"),
            case((is_left, other.region_code), else_=one.region_code).label("right"),
            one.id.label("asker"),
            other.id.label("answerer"),
        )
        .select_from(Match)
        .join(one, one.id == Match.asker_id)
        .join(other, other.id == Match.answerer_id)
        .where(
            Match.introduced_at.is_not(None),
            one.country.in_((left, right)),
            other.country.in_((left, right)),
            one.country != other.country,
            one.region_code != "",
            other.region_code != "",
        )
        .cte()
    )


def _sums(pairs: Mapping[tuple[str, str], int], side: int) -> Counter[str]:
    sums: Counter[str] = Counter()
    for pair, count in pairs.items():
        sums[pair[side]] += count
    return sums


def _busiest(sums: Counter[str]) -> list[str]:
    return sorted(sums, key=lambda code: (-sums[code], code))[:MOST_PLACES]
