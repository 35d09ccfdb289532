"""The order of one firm's suggestions, the same for its own pages, for the simulation of points and for the exposure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from matchmaker.engines.fit.index import FitIndex, Ranked
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.engines.fit.weights import Weights

Lower = Callable[[Mapping[int, int]], Mapping[int, int]]
"""Totals by firm to the points by which some of these firms are lowered."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides about one firm's list beside the points.

    `countries` and `excluded` are the hard rules; `wished` are firms that stand above all others, by how far a wish lifts
    them; `lower` says which firms stand lower because the owner called similar ones not relevant, never wished ones.
    """

    countries: Collection[str]
    excluded: frozenset[int] = frozenset()
    wished: Mapping[int, int] = field(default_factory=dict)
    lower: Lower | None = None


def best(
    index: FitIndex, own: FitProfile, terms: Terms, most: int, weights: Weights
) -> list[tuple[int, int]]:
    """Number and total of the firms suggested to `own`: wished ones first, then by total, equal ones by number."""
    wished = index.score_many(own, terms.wished.keys() - terms.excluded, weights)
    totals = _others(index, own, terms, most, weights) | wished
    ranked = sorted(totals.items(), key=lambda item: (-terms.wished.get(item[0], 0), -item[1], item[0]))
    return ranked[:most]


def _others(index: FitIndex, own: FitProfile, terms: Terms, most: int, weights: Weights) -> dict[int, int]:
    """The best firms by total less what they are lowered by, at least `most` of them where there are so many.

    A firm that was not fetched has at most the total of the last one fetched, so the order is certain once the firm in
    the last place asked for stands above that; otherwise twice as many are fetched.
    """
    wanted = most if terms.lower is None else 2 * most
    while True:
        found = index.top(own, wanted, excluded=terms.excluded, countries=terms.countries, weights=weights)
        if terms.lower is None:
            return {one.firm_id: one.total for one in found}
        totals = _lowered(found, terms)
        ranked = sorted(totals.values(), reverse=True)
        if len(found) < wanted or ranked[most - 1] > found[-1].total:
            return totals
        wanted *= 2


def _lowered(found: Collection[Ranked], terms: Terms) -> dict[int, int]:
    totals = {one.firm_id: one.total for one in found}
    points = terms.lower(totals) if terms.lower else {}
    return {
        number: total if number in terms.wished else total - points.get(number, 0)
        for number, total in totals.items()
    }
