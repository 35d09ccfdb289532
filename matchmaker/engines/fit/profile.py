"""What the score knows about a firm: codes and quantities only, no names."""

from dataclasses import dataclass
from typing import Final

COMPLEMENTS: Final = {"a": "b", "b": "a", "seeks": "offers", "offers": "seeks", "symmetric": "symmetric"}
"""The side of a partnership type that answers a side; types without sides answer themselves."""

HS_LEVELS: Final = (2, 4, 6)


def digits(code: str) -> str:
    """A code without the dots that people write into it."""
    return code.replace(".", "")


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product offered or sought: HS code of 2, 4 or 6 digits, yearly capacity or need, certificates it must come with.

    Raises ValueError for a code of another length. Quantities are compared only where the units are equal.
    """

    hs: str
    quantity_per_year: float | None = None
    unit: str | None = None
    required_certificates: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if len(self.hs) not in HS_LEVELS or not (self.hs.isascii() and self.hs.isdecimal()):
            raise ValueError(f"an HS code has 2, 4 or 6 digits: {self.hs!r}")

    @property
    def has_volume(self) -> bool:
        """Whether the quantity can be compared."""
        return self.quantity_per_year is not None and self.quantity_per_year > 0 and bool(self.unit)


@dataclass(frozen=True, slots=True)
class FitProfile:
    """A firm for the score. ``partnerships`` are (type, side) pairs with the sides of ``COMPLEMENTS``; ``sectors`` are
    NACE classes of four digits, with or without dot; ``size_class`` takes part in no criterion and is kept for callers.

    Raises ValueError for an unknown side or a sector that is not a class.
    """

    firm_id: int
    country: str
    offered: tuple[ProductLine, ...] = ()
    sought: tuple[ProductLine, ...] = ()
    partnerships: frozenset[tuple[str, str]] = frozenset()
    certificates: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    sectors: tuple[str, ...] = ()
    size_class: str = ""

    def __post_init__(self) -> None:
        for kind, side in self.partnerships:
            if side not in COMPLEMENTS:
                raise ValueError(f"unknown side of partnership type {kind}: {side!r}")
        for sector in self.sectors:
            if len(digits(sector)) != 4 or not (digits(sector).isascii() and digits(sector).isdecimal()):
                raise ValueError(f"a NACE class has 4 digits: {sector!r}")
