"""The Harmonized System, 2022 edition, to six digits: sections, chapters, headings, subheadings.

Turkish and Russian names are our own short translations to find and tell goods by, not the text of a tariff.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from matchmaker.reference.tables import Labels, labels, rows

REVISION: Final = "HS2022"
STEP: Final = " › "


class HsLevel(IntEnum):
    """The depth of a code: sections bear Roman numbers, the others 2, 4 and 6 digits."""

    SECTION = 1
    CHAPTER = 2
    HEADING = 3
    SUBHEADING = 4


@dataclass(frozen=True, slots=True)
class HsCode:
    """One line of the nomenclature, named in the three languages."""

    code: str
    level: HsLevel
    parent: str
    revision: str
    labels: Labels

    @property
    def dotted(self) -> str:
        """The code as people write it: 8481.80."""
        return f"{self.code[:4]}.{self.code[4:]}" if self.level is HsLevel.SUBHEADING else self.code

    @property
    def path(self) -> tuple["HsCode", ...]:
        """Section, chapter and heading above this code, from the top, without the code itself."""
        above = get(self.parent) if self.parent else None
        return (*above.path, above) if above else ()

    def label(self, language: str) -> str:
        """The wording in this language, else in English."""
        return self.labels.best(language)

    def path_label(self, language: str) -> str:
        """What stands above the code in one line: section, chapter, heading."""
        return STEP.join(one.label(language) for one in self.path)


@cache
def all_codes() -> Mapping[str, HsCode]:
    """Every code by its number, in the order of the nomenclature."""
    return MappingProxyType(
        {
            row["code"]: HsCode(
                row["code"], HsLevel(int(row["level"])), row["parent"], row["revision"], labels(row)
            )
            for row in rows("hs")
        }
    )


def get(code: str) -> HsCode | None:
    """The line of a code as stored (no dots), or None when the edition does not have it."""
    return all_codes().get(code)


def clean(text: str) -> str:
    """The HS digits of a typed code: dots and spaces dropped, national digits after the sixth cut off."""
    digits = "".join(letter for letter in text if letter.isdecimal() and letter.isascii())
    return digits[:6]


@cache
def at_level(level: HsLevel) -> tuple[HsCode, ...]:
    """All codes of one level, in order."""
    return tuple(one for one in all_codes().values() if one.level is level)


@cache
def children(code: str) -> tuple[HsCode, ...]:
    """The codes directly below a code."""
    return tuple(one for one in all_codes().values() if one.parent == code)


def label(code: str, language: str) -> str:
    """The label of a stored code; the code itself where the edition no longer has it."""
    found = get(code)
    return found.label(language) if found else code
