"""The firms that fit best, for the home page, with the reason that weighs most."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import ngettext

from matchmaker.core.i18n import language
from matchmaker.firms import queries as firms_queries
from matchmaker.firms.enums import FieldGroup, Visibility
from matchmaker.firms.models import Firm
from matchmaker.firms.names import ShownName, shown_name
from matchmaker.firms.rules import groups_at
from matchmaker.matching.fitting import fit_of, halves
from matchmaker.matching.highlights import summary
from matchmaker.matching.lists import ranking
from matchmaker.matching.visible_fit import visible_part
from matchmaker.reference import nace, regions

MOST = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One firm with its score, both halves as per cents, and why."""

    name: ShownName
    url: str
    meta: str
    why: str
    score: int
    own_points: int
    other_points: int


def suggestions(firm: Firm) -> list[Suggestion]:
    """The best counterparts of a firm; none while it is not matchable."""
    numbers = [number for number, _total in ranking(firm.id, MOST)]
    found = firms_queries.firms(numbers)
    return [_suggestion(firm, found[number]) for number in numbers if number in found]


def _suggestion(own: Firm, other: Firm) -> Suggestion:
    fit = fit_of(own, other)
    own_half, other_half = halves(fit)
    return Suggestion(
        name=shown_name(other, language()),
        url=url_for("directory.show", firm_id=other.id),
        meta=" · ".join(_meta(other)),
        why=summary(visible_part(fit, groups_at(other, Visibility.REGISTERED))),
        score=fit.total,
        own_points=own_half,
        other_points=other_half,
    )


def _meta(firm: Firm) -> list[str]:
    seen, spoken = groups_at(firm, Visibility.REGISTERED), language()
    main = next((row.nace_class for row in firm.sectors if row.main), "")
    parts = [
        regions.label(firm.region_code, spoken) if firm.region_code and FieldGroup.REGION in seen else "",
        ngettext("%(num)s person", "%(num)s people", firm.headcount)
        if firm.headcount is not None and FieldGroup.SIZE in seen
        else "",
        nace.label(main[:2], spoken) if main and FieldGroup.SECTOR in seen else "",
    ]
    return [part for part in parts if part]
