"""What the score saw, in codes and levels: enough for a higher layer to write one sentence per row in any language."""

from dataclasses import dataclass
from typing import Literal

Side = Literal["a", "b"]
"""Which firm of the pair: the first or the second argument of ``score``."""


@dataclass(frozen=True, slots=True)
class ProductFact:
    """The best line of what ``side`` seeks and the other offers, and how many sought lines are met at heading level."""

    side: Side
    level: int
    sought: str
    offered: str
    covered: int
    lines: int


@dataclass(frozen=True, slots=True)
class VolumeFact:
    """What ``side`` needs a year and what the other can deliver, in the same unit."""

    side: Side
    sought: str
    offered: str
    unit: str
    need: float
    capacity: float


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """Certificates that ``side`` requires for a line it seeks, and those of them that the other holds."""

    side: Side
    sought: str
    required: tuple[str, ...]
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnershipFact:
    """A partnership type on which the two firms take answering sides."""

    kind: str
    side_a: str
    side_b: str


@dataclass(frozen=True, slots=True)
class LanguageFact:
    """Languages that both firms work in."""

    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectorFact:
    """The closest pair of sectors and the digits they have in common."""

    level: int
    sector_a: str
    sector_b: str


@dataclass(frozen=True, slots=True)
class ReciprocityFact:
    """Product points that each side gets."""

    products_a: int
    products_b: int


Fact = (
    ProductFact | VolumeFact | CertificateFact | PartnershipFact | LanguageFact | SectorFact | ReciprocityFact
)


@dataclass(frozen=True, slots=True)
class Missing:
    """What would raise the score: a criterion, the firm that left a field of its profile empty, and points at stake.

    ``gains`` names the side whose points would rise, ``points`` the most they could rise by.
    """

    criterion: str
    firm: Side
    field: str
    gains: Side
    points: int


@dataclass(frozen=True, slots=True)
class FitRow:
    """One criterion: what each side gets, the most it could get, and why."""

    criterion: str
    points_a: int
    points_b: int
    most_a: int
    most_b: int
    facts: tuple[Fact, ...]

    @property
    def points(self) -> int:
        """Points of both sides together."""
        return self.points_a + self.points_b


@dataclass(frozen=True, slots=True)
class Fit:
    """The score of a pair: ``total`` is exactly the sum of the rows' points."""

    total: int
    rows: tuple[FitRow, ...]
    missing: tuple[Missing, ...]
    weights: str

    def row(self, criterion: str) -> FitRow:
        """The row of a criterion; KeyError for an unknown one."""
        for row in self.rows:
            if row.criterion == criterion:
                return row
        raise KeyError(criterion)
