"""Until which day of the year a declaration of size counts: the dated rule of a country.

The rows of declaration_terms.csv are what the product begins with; staff record further ones, which stand before these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from matchmaker.reference import legal_forms
from matchmaker.reference.size_rules import area_of
from matchmaker.reference.tables import Labels, labels, rows

ANYWHERE: Final = "*"
ANY_HOLDER: Final = ""
HOLDERS: Final = (ANY_HOLDER, "company", "person")


@dataclass(frozen=True, slots=True)
class DeclarationTerm:
    """One rule: declarations made from `valid_from` on end on a day of the year; `holder` as with legal forms, "" for all."""

    area: str
    holder: str
    valid_from: date
    month: int
    day: int
    source: Labels
    recorded: bool = False

    @property
    def version(self) -> str:
        """What a declaration keeps of the rule that was applied to it."""
        return f"{self.area} {self.valid_from}"


@cache
def packaged_terms() -> tuple[DeclarationTerm, ...]:
    """The rules that the product brings, in the order of the table."""
    return tuple(
        DeclarationTerm(
            row["area"],
            row["holder"],
            date.fromisoformat(row["valid_from"]),
            int(row["month"]),
            int(row["day"]),
            labels(row, "source"),
        )
        for row in rows("declaration_terms")
    )


def holder_of(legal_form: str) -> str:
    """Whether a company or a person stands behind a legal form; a company where the form is not known."""
    form = legal_forms.get(legal_form)
    return form.holder if form else "company"


def term_on(recorded: Iterable[DeclarationTerm], country: str, holder: str, day: date) -> DeclarationTerm:
    """The rule for declarations made on a day: that of the country before that of its union before that for anywhere.

    The newest stands, then one for this kind of holder, then one that staff recorded.
    """
    mine = [
        one
        for one in (*recorded, *packaged_terms())
        if one.valid_from <= day and one.holder in (ANY_HOLDER, holder)
    ]
    for area in (country, area_of(country), ANYWHERE):
        found = [one for one in mine if one.area == area]
        if found:
            return max(found, key=lambda one: (one.valid_from, one.holder != ANY_HOLDER, one.recorded))
    return next(one for one in packaged_terms() if one.area == ANYWHERE)
