"""A set of points as plain numbers with names, as it is stored, typed into a form and proposed by a calibration."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final, NamedTuple

from matchmaker.engines.fit.weights import Weights

HALF: Final = 50
"""Most points of one side; both sides together make 100."""
LEVELS: Final[Mapping[str, tuple[str, str, str]]] = {
    "product": ("product_2", "product_4", "product_6"),
    "volume": ("volume_some", "volume_half", "volume_full"),
    "sector": ("sector_2", "sector_3", "sector_4"),
}
"""Criteria with three levels of points, the least first; only the last level counts for the sum."""
SINGLE: Final = ("breadth", "partnership", "certificates", "languages", "reciprocity")
NAMES: Final = (
    *LEVELS["product"],
    "breadth",
    "partnership",
    *LEVELS["volume"],
    "certificates",
    "languages",
    *LEVELS["sector"],
    "reciprocity",
)
"""All numbers in the order in which they are shown."""
TOPS: Final = tuple(
    name for name in NAMES if name in SINGLE or name in {steps[2] for steps in LEVELS.values()}
)
"""The numbers that add up to HALF."""


class Flaw(NamedTuple):
    """What keeps numbers from being a set: the number at fault, empty for the sum, and `falling`, `sum` or `range`."""

    name: str
    kind: str


def numbers_of(weights: Weights) -> dict[str, int]:
    """The numbers of a set."""
    found = {name: int(getattr(weights, name)) for name in SINGLE}
    for criterion, steps in LEVELS.items():
        found |= dict(zip(steps, getattr(weights, criterion), strict=True))
    return {name: found[name] for name in NAMES}


def weights_from(name: str, numbers: Mapping[str, Any]) -> Weights:
    """The set of these numbers under a name; raises ValueError as `Weights` does, KeyError where one is missing."""
    levels = {criterion: tuple(int(numbers[step]) for step in steps) for criterion, steps in LEVELS.items()}
    return Weights(
        name=name,
        product=_three(levels["product"]),
        volume=_three(levels["volume"]),
        sector=_three(levels["sector"]),
        **{single: int(numbers[single]) for single in SINGLE},
    )


def _three(levels: tuple[int, ...]) -> tuple[int, int, int]:
    least, middle, most = levels
    return least, middle, most


def half_sum(numbers: Mapping[str, int]) -> int:
    """The most points that one side can get with these numbers."""
    return sum(numbers[name] for name in TOPS)


def flaws(numbers: Mapping[str, int]) -> list[Flaw]:
    """Everything that keeps the numbers from being a set; empty just when `weights_from` accepts them."""
    found = [Flaw(name, "range") for name in NAMES if not 0 <= numbers[name] <= HALF]
    for steps in LEVELS.values():
        found += [
            Flaw(higher, "falling") for lower, higher in pairwise(steps) if numbers[higher] < numbers[lower]
        ]
    if not found and numbers["product_6"] + numbers["breadth"] == 0:
        found.append(Flaw("product_6", "range"))
    if half_sum(numbers) != HALF:
        found.append(Flaw("", "sum"))
    return found
