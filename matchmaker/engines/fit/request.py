"""One firm's question to the lists: its profile in the numbers of a vocabulary, with the points it can bring at most."""

from collections import Counter
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from matchmaker.engines.fit.columns import UNKNOWN, Vocabularies, hs_number
from matchmaker.engines.fit.points import product_steps, reciprocity_points
from matchmaker.engines.fit.profile import COMPLEMENTS, FitProfile, ProductLine, digits
from matchmaker.engines.fit.weights import Weights

NOTHING, CHAPTER, HEADING, SUBHEADING = 0, 1, 2, 3
DIGITS: Final = (0, 2, 4, 6)
"""Digits in common at each of these levels."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The lines of the asking firm on one side, as ranges of HS numbers and as values to compare."""

    lines: tuple[ProductLine, ...]
    chapters: tuple[int, ...]
    headings: tuple[tuple[int, int], ...]
    subheadings: tuple[int, ...]
    volumes: tuple[tuple[int, int, float], ...]

    @classmethod
    def of(cls, lines: tuple[ProductLine, ...], vocabularies: Vocabularies) -> Self:
        """The lines in numbers; headings with how many lines have them, amounts by heading and unit."""
        deep = [line for line in lines if len(line.hs) >= 4]
        return cls(
            lines=lines,
            chapters=tuple(sorted({int(line.hs[:2]) for line in lines})),
            headings=tuple(sorted(Counter(int(line.hs[:4]) for line in deep).items())),
            subheadings=tuple(sorted({hs_number(line.hs) for line in lines if len(line.hs) == 6})),
            volumes=tuple(
                sorted(
                    (int(line.hs[:4]), unit, float(line.quantity_per_year or 0))
                    for line in deep
                    if line.has_volume and (unit := vocabularies["unit"].number(line.unit)) != UNKNOWN
                )
            ),
        )


@dataclass(frozen=True, slots=True)
class Request:
    """A profile prepared for lists with these vocabularies."""

    firm: FitProfile
    weights: Weights
    vocabularies: Vocabularies
    sought: Wanted
    offered: Wanted
    partnership: dict[int, int]
    language: dict[int, int]
    sectors: tuple[int, ...]

    @classmethod
    def of(cls, firm: FitProfile, weights: Weights, vocabularies: Vocabularies) -> Self:
        """Prepare a profile."""
        answers = [f"{kind}|{COMPLEMENTS[side]}" for kind, side in firm.partnerships]
        return cls(
            firm=firm,
            weights=weights,
            vocabularies=vocabularies,
            sought=Wanted.of(firm.sought, vocabularies),
            offered=Wanted.of(firm.offered, vocabularies),
            partnership=vocabularies["partnership"].words(answers),
            language=vocabularies["language"].words(firm.languages),
            sectors=tuple(sorted({int(digits(code)) for code in firm.sectors})),
        )

    @property
    def most_shared(self) -> int:
        """Most points of both sides for partnership, language and sector."""
        w = self.weights
        return 2 * (
            w.partnership * bool(self.partnership)
            + w.languages * bool(self.language)
            + w.sector[2] * bool(self.sectors)
        )

    def most(self, level_a: int, level_b: int) -> int:
        """Most points without the shared ones for a firm whose goods have these levels in common."""
        products_a, more_a = self._side(level_a, self.sought, certificates=self._required)
        products_b, more_b = self._side(level_b, self.offered, certificates=bool(self.firm.certificates))
        mutual = 2 * reciprocity_points(min(products_a, products_b), self.weights)
        return products_a + products_b + more_a + more_b + mutual

    def least(self, level_a: int, level_b: int) -> int:
        """Fewest points without the shared ones for such a firm."""
        steps = product_steps(self.weights)
        products_a = steps[DIGITS[level_a]]
        if level_a >= HEADING:
            products_a += self.weights.breadth // max(len(self.sought.lines), 1)
        products_b = steps[DIGITS[level_b]]
        return products_a + products_b + 2 * reciprocity_points(min(products_a, products_b), self.weights)

    @property
    def _required(self) -> bool:
        return any(line.required_certificates for line in self.sought.lines)

    def _side(self, level: int, wanted: Wanted, *, certificates: bool) -> tuple[int, int]:
        """Most product points of a side, and most points for volume and certificates."""
        if not wanted.lines or level == NOTHING:
            return 0, 0
        products = product_steps(self.weights)[DIGITS[level]]
        if level < HEADING:
            return products, 0
        more = self.weights.volume[2] * bool(wanted.volumes) + self.weights.certificates * certificates
        return products + self.weights.breadth, more

    @property
    def sector_points(self) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
        """Points of both sides by what is the same: nothing, division, group, class."""
        return 2 * np.asarray((0, *self.weights.sector), dtype=np.int16)
