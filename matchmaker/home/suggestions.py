"""The firms that fit best, for the home page and the page of all suggestions, with the reason that weighs most."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import ngettext

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, show_date
from matchmaker.firms import queries as firms_queries
from matchmaker.firms.enums import FieldGroup, Visibility
from matchmaker.firms.models import Firm
from matchmaker.firms.names import ShownName, shown_name
from matchmaker.firms.rules import groups_at
from matchmaker.matching.highlights import summary
from matchmaker.matching.lists import ranking
from matchmaker.matching.naming import shown_names
from matchmaker.matching.own_fit import OwnFit, own_fits
from matchmaker.matching.relevance.queries import marks_of
from matchmaker.matching.relevance.words import REASONS, lowering_text
from matchmaker.matching.rules import acts_for
from matchmaker.matching.visible_fit import visible_part
from matchmaker.reference import nace, regions

MOST = 5
ALL = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One firm with its score, both halves as per cents, and why; `lowered` says why it stands lower than it fits."""

    firm_id: int
    name: ShownName
    url: str
    meta: str
    why: str
    score: int
    own_points: int
    other_points: int
    lowered: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A firm that was called not relevant."""

    firm_id: int
    name: ShownName
    reason: str
    note: str
    day: str


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """All suggestions of a firm, and what it called not relevant."""

    firm: Firm
    suggestions: Sequence[Suggestion]
    marked: Sequence[Marked]
    speaks: bool


def suggestions(firm: Firm, most: int = MOST) -> list[Suggestion]:
    """The best counterparts of a firm; none while it is not matchable."""
    numbers = [number for number, _total in ranking(firm.id, most)]
    found = firms_queries.firms(numbers)
    fits = own_fits(firm, list(found.values()))
    return [_suggestion(found[number], fits[number]) for number in numbers if number in found]


def suggestions_page(actor: Actor, firm: Firm) -> SuggestionsPage:
    """The page of all suggestions of a fully loaded firm."""
    marks = marks_of(firm.id)
    names = shown_names({row.other_id for row in marks})
    return SuggestionsPage(
        firm=firm,
        suggestions=suggestions(firm, ALL),
        marked=[
            Marked(
                row.other_id,
                names[row.other_id],
                str(REASONS[row.reason]),
                row.note,
                show_date(row.created_at.date()),
            )
            for row in marks
            if row.other_id in names
        ],
        speaks=acts_for(actor, firm.id),
    )


def _suggestion(other: Firm, found: OwnFit) -> Suggestion:
    own_half, other_half = found.halves
    groups = groups_at(other, Visibility.REGISTERED)
    return Suggestion(
        firm_id=other.id,
        name=shown_name(other, language()),
        url=url_for("directory.show", firm_id=other.id),
        meta=" · ".join(_meta(other)),
        why=summary(visible_part(found.fit, groups)),
        score=found.total,
        own_points=own_half,
        other_points=other_half,
        lowered=lowering_text(found.lowering, groups) if found.lowering.points else "",
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
