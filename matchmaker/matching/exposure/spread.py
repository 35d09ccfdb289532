"""How evenly the places of all lists are spread over the firms."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

BANDS: Final = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500)
"""Lower ends of the bands of the histogram, in lists; the last band is open."""


def gini(counts: Iterable[int]) -> float:
    """The Gini coefficient of how often firms are shown: 0 when all are shown equally often, near 1 when one gets all.

    Twice the sum of rank times value over n times the total, less (n + 1) / n, for values in rising order with ranks
    from 1 (Gini 1912 in the form of Dixon et al. 1987, without the correction for small samples). 0 without any place.
    """
    values = sorted(counts)
    total, n = sum(values), len(values)
    if total == 0:
        return 0.0
    weighted = sum(rank * value for rank, value in enumerate(values, start=1))
    return 2 * weighted / (n * total) - (n + 1) / n


def top_share(counts: Iterable[int], percent: int = 10) -> float:
    """The share, 0 to 1, of all places that the most shown `percent` of the firms hold; at least one firm is counted."""
    values = sorted(counts, reverse=True)
    total = sum(values)
    if total == 0:
        return 0.0
    most = max(1, len(values) * percent // 100)
    return sum(values[:most]) / total


def histogram(counts: Iterable[int]) -> list[int]:
    """How many firms are shown in as many lists as each of BANDS says."""
    found = [0] * len(BANDS)
    for count in counts:
        found[max(at for at, least in enumerate(BANDS) if count >= least)] += 1
    return found


def spread_of(owners: Sequence[int], shown: Mapping[int, int]) -> dict[str, Any]:
    """How the places are spread over all firms that have a list, those never shown included; ready to be stored."""
    counts = [shown.get(number, 0) for number in owners]
    return {
        "gini": round(gini(counts), 4),
        "top": round(top_share(counts), 4),
        "never": sum(count == 0 for count in counts),
        "most": max(counts, default=0),
        "histogram": histogram(counts),
    }
