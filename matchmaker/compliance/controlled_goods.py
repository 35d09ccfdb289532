"""The Common High Priority List: 50 subheadings of HS 2022 in six tiers, packaged with the version it was taken from."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from matchmaker.reference import hs

TABLE: Final = Path(__file__).parent / "data" / "controlled_goods.csv"
TIERS: Final = ("1", "2", "3.A", "3.B", "4.A", "4.B")
"""The tiers from the gravest to the least."""


@dataclass(frozen=True, slots=True)
class ListedGood:
    """One subheading of the list, its tier, and the date of the list it stands on."""

    code: str
    tier: str
    version: str

    def label(self, language: str) -> str:
        """The wording of the nomenclature."""
        return hs.label(self.code, language)


@cache
def listed_goods() -> tuple[ListedGood, ...]:
    """All of the list in the order of the codes; source: notice of the US Bureau of Industry and Security, 2024-02-23."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            sorted(
                (ListedGood(row["hs"], row["tier"], row["version"]) for row in csv.DictReader(lines)),
                key=lambda good: good.code,
            )
        )
