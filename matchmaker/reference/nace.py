"""Branches of industry: NACE Rev. 2 with the OKVED 2 and Turkish national codes that lead to it.

The Turkish wording is our own translation, the Russian one that of the classification's Kazakh edition.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from matchmaker.reference.tables import Labels, labels, rows

_NUMBER = re.compile(r"\d{1,6}", re.ASCII)


class NaceRevision(StrEnum):
    """The classification a code was registered under; equal digits of two revisions may mean different things."""

    NACE_2 = "NACE2"
    NACE_2_1 = "NACE2.1"
    OKVED_2 = "OKVED2"
    NACE_2_TR = "NACE2-TR"


@dataclass(frozen=True, slots=True)
class NaceCode:
    """One line of NACE Rev. 2: section (level 1), division, group or class (level 4)."""

    code: str
    level: int
    parent: str
    revision: str
    okved: tuple[str, ...]
    okved_same: bool
    labels: Labels

    @property
    def path(self) -> tuple["NaceCode", ...]:
        """What stands above this code, from the section down."""
        above = get(self.parent) if self.parent else None
        return (*above.path, above) if above else ()

    def label(self, language: str) -> str:
        """The wording in this language, else in English."""
        return self.labels.best(language)


@cache
def all_codes() -> Mapping[str, NaceCode]:
    """Every code of NACE Rev. 2 in order."""
    return MappingProxyType({row["code"]: _entry(row) for row in rows("nace")})


def _entry(row: dict[str, str]) -> NaceCode:
    return NaceCode(
        code=row["code"],
        level=int(row["level"]),
        parent=row["parent"],
        revision=row["revision"],
        okved=tuple(row["okved"].split(";")) if row["okved"] else (),
        okved_same=row["okved_relation"] == "same",
        labels=labels(row),
    )


def get(code: str) -> NaceCode | None:
    """The line of a NACE Rev. 2 code written with its dot (28.14), or None."""
    return all_codes().get(code)


@cache
def at_level(level: int) -> tuple[NaceCode, ...]:
    """All codes of a level: 1 sections, 2 divisions, 3 groups, 4 classes."""
    return tuple(one for one in all_codes().values() if one.level == level)


def label(code: str, language: str) -> str:
    """The label of a NACE Rev. 2 code; the code itself where it is unknown."""
    found = get(code)
    return found.label(language) if found else code


def dotted(code: str) -> str:
    """A code of any revision in one form: 25, 25.6, 25.62, 25.62.1, 25.62.01; empty when it is not a code."""
    digits = code.strip().replace(".", "")
    if not _NUMBER.fullmatch(digits) or len(digits) < 2:
        return ""
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:]) if part)


@cache
def _exceptions(revision: NaceRevision) -> Mapping[str, str]:
    return {row["code"]: row["nace2"] for row in rows("sector_exceptions") if row["revision"] == revision}


def sector_of(code: str, revision: str) -> str | None:
    """The NACE Rev. 2 code that firms of all countries share: the class where it can be told, else what is above it.

    OKVED 2 follows NACE Rev. 2 but for 19, 85 and 92; Turkish six-digit codes follow it in the first four digits;
    Rev. 2.1 is led back by its correspondence table. None for a code that leads nowhere.
    Raises ValueError for an unknown revision.
    """
    digits = dotted(code).replace(".", "")
    if not digits:
        return None
    exceptions = _exceptions(NaceRevision(revision))
    for length in range(len(digits), 1, -1):
        if (special := exceptions.get(dotted(digits[:length]))) is not None:
            return special or None
    if revision == NaceRevision.NACE_2_1:
        return None
    return next((one for length in (4, 3, 2) if (one := dotted(digits[:length])) in all_codes()), None)
