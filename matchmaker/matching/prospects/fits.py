"""Which registered firms of the other side fit a business that is not here yet, judged by its branch alone.

A register tells the branch and nothing about goods, partners or languages. The profile made of it holds its classes, and
as goods offered the chapters that firms of its divisions usually make; firms are ranked by the same points as ever, of
which only those for goods and branch can arise.
"""

from dataclasses import dataclass
from typing import Final

from matchmaker.core.i18n import language
from matchmaker.engines.fit.facts import ProductFact, SectorFact
from matchmaker.engines.fit.profile import FitProfile, ProductLine, digits
from matchmaker.engines.fit.scoring import score
from matchmaker.firms import queries as firms
from matchmaker.firms.models import Firm, RegisterEntry
from matchmaker.firms.names import ShownName, shown_name
from matchmaker.matching.exclusions import partner_countries
from matchmaker.matching.lists import ranked_for
from matchmaker.matching.profiles import profile_of
from matchmaker.matching.prospects.index import classes_of
from matchmaker.reference import hs, nace, regions
from matchmaker.reference.goods_of_sectors import chapters_of

MOST: Final = 5
NOBODY: Final = 0
"""The number of a firm that is not registered."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A registered firm, its points, and what fits in words."""

    firm_id: int
    name: ShownName
    region: str
    points: int
    sector: str
    good: str


def profile_of_entry(entry: RegisterEntry) -> FitProfile:
    """What the register lets one say about a business."""
    classes = classes_of(entry)
    chapters = dict.fromkeys(chapter for code in classes for chapter in chapters_of(code[:2]))
    return FitProfile(
        firm_id=NOBODY,
        country=entry.country,
        offered=tuple(ProductLine(chapter) for chapter in chapters),
        sectors=tuple(digits(code) for code in classes),
    )


def counterparts(entry: RegisterEntry) -> list[Counterpart]:
    """The registered firms that fit best, best first; none without a memorandum that covers the two countries."""
    profile = profile_of_entry(entry)
    found = ranked_for(profile, MOST, partner_countries(entry.country))
    loaded = firms.firms([number for number, _total in found])
    return [_counterpart(profile, loaded[number], total) for number, total in found if number in loaded]


def _counterpart(profile: FitProfile, firm: Firm, total: int) -> Counterpart:
    facts = [fact for row in score(profile, profile_of(firm)).rows for fact in row.facts]
    sector = next((fact.sector_b for fact in facts if isinstance(fact, SectorFact)), "")
    good = next((fact.sought for fact in facts if isinstance(fact, ProductFact) and fact.side == "b"), "")
    return Counterpart(
        firm_id=firm.id,
        name=shown_name(firm, language()),
        region=regions.label(firm.region_code, language()) if firm.region_code else "",
        points=total,
        sector=nace.label(nace.dotted(sector), language()) if sector else "",
        good=hs.label(good[:4], language()) if good else "",
    )
