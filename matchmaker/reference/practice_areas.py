"""Areas of support practice in which institutions exchange experts and keep good practices."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from matchmaker.reference.tables import Labels, labels, rows


@dataclass(frozen=True, slots=True)
class PracticeArea:
    """One area with its wording in three languages."""

    code: str
    labels: Labels

    def label(self, language: str) -> str:
        """The wording in this language, else in English."""
        return self.labels.best(language)


@cache
def all_areas() -> Mapping[str, PracticeArea]:
    """Every area by its code, in the order of the table."""
    found = (PracticeArea(row["code"], labels(row, "name")) for row in rows("practice_areas"))
    return MappingProxyType({area.code: area for area in found})


def label(code: str, language: str) -> str:
    """The wording of a code; the code itself where the table no longer has it."""
    area = all_areas().get(code)
    return area.label(language) if area else code


def choices(language: str) -> list[tuple[str, str]]:
    """Codes and wordings for a select, in the order of the table."""
    return [(code, area.label(language)) for code, area in all_areas().items()]
