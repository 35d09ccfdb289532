"""The relevance rate: of the suggestions of which firms said something, how many they wanted."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

Z: Final = 1.96
"""The normal quantile of a 95 per cent interval."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one firm said of another: wanted it (asked for an introduction, must or would meet) or called it not relevant.

    `country` and `sector` (NACE division) are those of the firm that said so, `weights` the set in use at that time.
    """

    wanted: bool
    country: str
    sector: str
    weights: str


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of wanted ones among the judged, with its 95 per cent interval; 0 to 1."""

    key: str
    wanted: int
    judged: int

    @property
    def share(self) -> float:
        """The rate itself."""
        return self.wanted / self.judged if self.judged else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The score interval of Wilson (1927), which stays within 0 and 1 and holds for few judgements too."""
        if not self.judged:
            return 0.0, 1.0
        n, share = self.judged, self.share
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


def rates(judgements: Iterable[Judgement], key: Callable[[Judgement], str]) -> list[Rate]:
    """The rate for each value of a key, most judgements first and then by key."""
    judged, wanted = Counter[str](), Counter[str]()
    for one in judgements:
        judged[key(one)] += 1
        wanted[key(one)] += one.wanted
    found = [Rate(name, wanted[name], count) for name, count in judged.items()]
    return sorted(found, key=lambda rate: (-rate.judged, rate.key))
