"""Types of partnership and the two ends each has, so that firms are matched as complements."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from matchmaker.reference.tables import Labels, labels, rows

OFFERS: Final = "offers"
SEEKS: Final = "seeks"


@dataclass(frozen=True, slots=True)
class PartnershipType:
    """A type of cooperation; a symmetric one has a single end, stored as "offers"."""

    code: str
    group: str
    symmetric: bool
    labels: Labels
    ends: Mapping[str, Labels]

    @property
    def sides(self) -> tuple[str, ...]:
        """The ends that a firm can choose."""
        return tuple(self.ends)

    def label(self, language: str) -> str:
        """The name of the type in this language, else in English."""
        return self.labels.best(language)

    def side_label(self, side: str, language: str) -> str:
        """What a firm at this end says about itself."""
        return self.ends[side if side in self.ends else OFFERS].best(language)


@cache
def all_types() -> Mapping[str, PartnershipType]:
    """Every type by its code, in the order of the table."""
    return MappingProxyType({row["code"]: _entry(row) for row in rows("partnership_types")})


def _entry(row: dict[str, str]) -> PartnershipType:
    ends = {OFFERS: labels(row, OFFERS)}
    if row["symmetric"] == "no":
        ends[SEEKS] = labels(row, SEEKS)
    return PartnershipType(
        row["code"], row["group"], row["symmetric"] == "yes", labels(row, "name"), MappingProxyType(ends)
    )


def get(code: str) -> PartnershipType | None:
    """The type of a code, or None."""
    return all_types().get(code)


def label(code: str, language: str) -> str:
    """The name of a stored type; the code itself where it is unknown."""
    found = get(code)
    return found.label(language) if found else code
