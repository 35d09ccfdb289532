"""Certificates, marks and conformity documents that firms hold or ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from matchmaker.reference.tables import Labels, labels, rows


@dataclass(frozen=True, slots=True)
class Certificate:
    """A kind of certificate: its family and the area in which it counts (a country, EAEU, EU or intl)."""

    code: str
    family: str
    area: str
    labels: Labels

    def label(self, language: str) -> str:
        """The name in this language, else in English."""
        return self.labels.best(language)


@cache
def all_certificates() -> Mapping[str, Certificate]:
    """Every kind of certificate by its code, in the order of the table."""
    return MappingProxyType(
        {
            row["code"]: Certificate(row["code"], row["family"], row["area"], labels(row, "name"))
            for row in rows("certificates")
        }
    )


def get(code: str) -> Certificate | None:
    """The certificate of a code, or None."""
    return all_certificates().get(code)


def label(code: str, language: str) -> str:
    """The name of a stored certificate; the code itself where it is unknown."""
    found = get(code)
    return found.label(language) if found else code
