"""Measures of a ranking on judged firms, and how sure a difference between two rankings is.

All measures look at a list's judged firms only, in the order of the list (condensed lists, Sakai 2007): a firm of which nobody
decided is not taken for a wrong one. A list counts when it holds at least one accepted and one refused firm; otherwise every
order would be equally good.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final

import numpy as np

RESAMPLES: Final = 2000
SEED: Final = 20261
LEAST_LISTS: Final = 10
"""Below so many lists the interval says little."""


def precision_at(k: int, judged: Sequence[bool]) -> float:
    """The share of accepted ones among the first ``k`` judged; of fewer where the list has fewer."""
    first = judged[:k]
    return sum(first) / len(first) if first else 0.0


def ndcg_at(k: int, judged: Sequence[bool]) -> float:
    """The discounted gain of the first ``k`` judged, as a share of the best order's (Järvelin and Kekäläinen 2002).

    An accepted firm at rank r gains 1 / log2(r + 1), a refused one nothing; 1 when all accepted ones stand first.
    """
    gain = sum(1 / log2(at + 2) for at, accepted in enumerate(judged[:k]) if accepted)
    best = sum(1 / log2(at + 2) for at in range(min(k, sum(judged))))
    return gain / best if best else 0.0


MEASURES: Final[Mapping[str, Callable[[Sequence[bool]], float]]] = {
    "precision_5": lambda judged: precision_at(5, judged),
    "precision_10": lambda judged: precision_at(10, judged),
    "ndcg_10": lambda judged: ndcg_at(10, judged),
}


def counts(judged: Sequence[bool]) -> bool:
    """Whether a list can tell one order from another."""
    return any(judged) and not all(judged)


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure, averaged over the lists: by the one set, by the other, and the difference with its interval."""

    measure: str
    one: float
    other: float
    least: float
    most: float

    @property
    def difference(self) -> float:
        """By how much the other set is better."""
        return self.other - self.one

    @property
    def shown(self) -> int:
        """1 where the other set is shown to be better, -1 where it is shown to be worse, 0 where neither is."""
        return int(self.least > 0) - int(self.most < 0)


def compare(
    one: Mapping[int, Sequence[bool]], other: Mapping[int, Sequence[bool]], resamples: int = RESAMPLES
) -> list[Compared]:
    """The measures of two rankings of the same lists, each a mapping of the list's owner to its judged firms in order.

    The interval is the middle 95 per cent of the difference over bootstrap samples of the lists (Efron 1979, percentile
    method): whole lists are drawn, because the decisions of one list hang together. The same data gives the same interval.
    """
    owners = [owner for owner in sorted(one) if counts(one[owner])]
    found = []
    for name, measure in MEASURES.items():
        by_one = np.asarray([measure(one[owner]) for owner in owners], dtype=np.float64)
        by_other = np.asarray([measure(other[owner]) for owner in owners], dtype=np.float64)
        if not owners:
            found.append(Compared(name, 0.0, 0.0, 0.0, 0.0))
            continue
        chance = np.random.default_rng(SEED)
        drawn = chance.integers(0, len(owners), size=(resamples, len(owners)))
        least, most = np.quantile((by_other - by_one)[drawn].mean(axis=1), (0.025, 0.975))
        found.append(Compared(name, float(by_one.mean()), float(by_other.mean()), float(least), float(most)))
    return found
