"""How often what occurs: branches and goods after Zipf, regions by their weight, sizes and habits by shares.

The rank of a branch or a good differs by country and falls as chance has it; shares are round figures of the kind that
statistics of small firms show, not measurements.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from matchmaker.demo.tables import dice, rows
from matchmaker.reference import hs, nace, regions
from matchmaker.reference.goods_of_sectors import chapters_of

Floats = npt.NDArray[np.float64]
COUNTRIES: Final = ("TR", "RU")
SHARES: Final = (3.5, 6.0)
"""Millions of small firms in each country."""
SIZES: Final = ("micro", "small", "medium")
SIZE_SHARES: Final = (0.78, 0.18, 0.04)
HEADCOUNTS: Final = {"TR": ((1, 9), (10, 49), (50, 249)), "RU": ((1, 15), (16, 100), (101, 250))}
_SECTION_RANKS: Final = "GCHFIMNAJSLQPREDKBO"
"""Sections of NACE from the one with most small firms to the one with fewest."""
_TAIL_WEIGHT: Final = 3


def zipf(count: int) -> Floats:
    """Cumulative shares of ranks 1, 2, ... after Zipf's law with exponent 1."""
    weights = 1.0 / np.arange(1, count + 1)
    return np.asarray(np.cumsum(weights) / weights.sum())


def cumulative(weights: npt.ArrayLike) -> Floats:
    """Cumulative shares of weights."""
    raw = np.asarray(weights, dtype=np.float64)
    return np.asarray(np.cumsum(raw) / raw.sum())


@cache
def region_codes(country: str) -> tuple[tuple[str, ...], Floats]:
    """The regions of a country and their cumulative shares."""
    weights = dict(
        entry.split(":")
        for row in rows("region_weights")
        if row["country"] == country
        for entry in row["weights"].split()
    )
    codes = [one.code for one in regions.all_regions().values() if one.country == country]
    return tuple(codes), cumulative([int(weights.get(code, _TAIL_WEIGHT)) for code in codes])


@cache
def branches(country: str) -> tuple[tuple[str, ...], Floats]:
    """The NACE classes of a country from the most to the least frequent, and their cumulative shares.

    Classes of common sections tend to stand before those of rare ones, with enough chance to mix them.
    """
    chance = dice("branches", country)
    classes = [one.code for one in nace.at_level(4)]
    order = {section: rank for rank, section in enumerate(_SECTION_RANKS)}
    ranked = sorted(classes, key=lambda code: order.get(_section(code), 18) / 6 + chance.random() * 2.5)
    return tuple(ranked), zipf(len(ranked))


@cache
def _section(code: str) -> str:
    found = nace.get(code)
    while found is not None and found.parent:
        found = nace.get(found.parent)
    return found.code if found else ""


@dataclass(frozen=True, slots=True)
class Baskets:
    """Goods to draw from: basket after basket, each with the cumulative shares of its goods shifted by its number."""

    codes: npt.NDArray[np.int32]
    shares: Floats

    def draw(self, baskets: npt.NDArray[np.integer], chance: Floats) -> npt.NDArray[np.int32]:
        """A good out of each basket."""
        found: npt.NDArray[np.int32] = self.codes[
            np.searchsorted(self.shares, baskets + chance, side="right")
        ]
        return found


@cache
def baskets(country: str) -> tuple[Baskets, tuple[str, ...]]:
    """The goods of each division, the last basket holding all goods; six digits, by Zipf in an order of the country."""
    chance = dice("goods", country)
    every = [one.code for one in hs.at_level(hs.HsLevel.SUBHEADING)]
    chance.shuffle(every)
    divisions = sorted({one.code[:2] for one in nace.at_level(4) if chapters_of(one.code[:2])})
    chosen = [[code for code in every if code[:2] in chapters_of(division)] for division in divisions]
    chosen.append(every)
    shares = [at + zipf(len(codes)) for at, codes in enumerate(chosen)]
    return (
        Baskets(
            np.asarray([int(code) for codes in chosen for code in codes], dtype=np.int32),
            np.concatenate(shares),
        ),
        (*divisions, ""),
    )
