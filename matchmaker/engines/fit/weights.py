"""Points per criterion, as named and dated sets: a match keeps the name of the set it was judged by."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """Most points that ONE side can get per criterion; two sides together make 100. Raises ValueError otherwise.

    ``product`` are points for the best line by HS digits in common (2, 4, 6), ``breadth`` for the share of sought
    lines that are met at heading level, ``volume`` for some, half and all of a need, ``sector`` for the digits of the
    NACE class in common (2, 3, 4), ``reciprocity`` for what both sides get out of products together.
    """

    name: str
    product: tuple[int, int, int]
    breadth: int
    partnership: int
    volume: tuple[int, int, int]
    certificates: int
    languages: int
    sector: tuple[int, int, int]
    reciprocity: int

    def __post_init__(self) -> None:
        for steps in (self.product, self.volume, self.sector):
            if not 0 <= steps[0] <= steps[1] <= steps[2]:
                raise ValueError(f"points have to rise with the level: {steps}")
        if self.products == 0 or min(self.most.values()) < 0 or sum(self.most.values()) != 50:
            raise ValueError(f"a side gets at most 50 points, not {sum(self.most.values())}")

    @property
    def products(self) -> int:
        """Most points of a side for products."""
        return self.product[2] + self.breadth

    @property
    def most(self) -> dict[str, int]:
        """Most points of a side per criterion, in the order in which they are shown."""
        return {
            "products": self.products,
            "partnership": self.partnership,
            "volume": self.volume[2],
            "certificates": self.certificates,
            "languages": self.languages,
            "sector": self.sector[2],
            "reciprocity": self.reciprocity,
        }


WEIGHTS_2026_1: Final = Weights(
    name="2026-1",
    product=(4, 10, 17),
    breadth=6,
    partnership=6,
    volume=(1, 3, 5),
    certificates=4,
    languages=3,
    sector=(1, 2, 4),
    reciprocity=5,
)
"""The first set, chosen by judgement before any decision was there to learn from.

Products carry 46 of 100, because without something to sell to each other two firms have no reason to talk; an exact
subheading is worth clearly more than a heading and a chapter is only a hint. Reciprocity (10) lifts pairs in which both
sides win above pairs in which one takes all. Partnership type (12) is what they want to do together. Volume (10) and
certificates (8) decide whether a deal can be made at all, but firms rarely state them, so they do not outweigh
products. Languages (6) and sector (8) make talking easier and cannot make a match by themselves.
"""
