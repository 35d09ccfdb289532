"""Legal forms of firms by country, with the spellings under which they stand in names."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from matchmaker.reference.tables import Labels, labels, parts, rows


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form; `holder` tells a company from a person, which decides the identifiers; country "" = anywhere."""

    code: str
    country: str
    holder: str
    labels: Labels
    spellings: tuple[str, ...]

    def label(self, language: str) -> str:
        """The name in this language, else in English."""
        return self.labels.best(language)


@cache
def all_forms() -> Mapping[str, LegalForm]:
    """Every legal form by its code, in the order of the table."""
    return MappingProxyType(
        {
            row["code"]: LegalForm(
                row["code"], row["country"], row["holder"], labels(row, "name"), parts(row["spellings"])
            )
            for row in rows("legal_forms")
        }
    )


def get(code: str) -> LegalForm | None:
    """The legal form of a code, or None."""
    return all_forms().get(code)


@cache
def of_country(country: str) -> tuple[LegalForm, ...]:
    """The forms of a country; those that fit anywhere where the table has none of its own."""
    own = tuple(one for one in all_forms().values() if one.country == country)
    return own or tuple(one for one in all_forms().values() if not one.country)


def label(code: str, language: str) -> str:
    """The name of a stored form; the code itself where it is unknown."""
    found = get(code)
    return found.label(language) if found else code
