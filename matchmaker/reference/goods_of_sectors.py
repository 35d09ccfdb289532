"""Which goods a branch makes: the bridge from divisions of NACE to chapters of the Harmonized System.

An approximation for ranking, of our own making and not an official table: each chapter names the divisions whose firms
usually make its goods, the nearest first. Trade and services make none.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from matchmaker.reference.tables import rows


@cache
def _chapters() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in rows("hs_nace"):
        found[row["nace_division"]].append((int(row["rank"]), row["hs_chapter"]))
    return MappingProxyType(
        {division: tuple(chapter for _rank, chapter in sorted(some)) for division, some in found.items()}
    )


def chapters_of(division: str) -> tuple[str, ...]:
    """The chapters of a division, those nearest to it first; empty for trade and services."""
    return _chapters().get(division, ())
