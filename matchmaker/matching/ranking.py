"""The order of one firm's suggestions, the same for its own pages, for the simulation of points and for the exposure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from matchmaker.engines.fit.index import FitIndex
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.engines.fit.weights import Weights


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides about one firm's list beside the points.

    `countries` and `excluded` are the hard rules; `wished` are firms that stand above all others, by how far a wish lifts
    them.
    """

    countries: Collection[str]
    excluded: frozenset[int] = frozenset()
    wished: Mapping[int, int] = field(default_factory=dict)


def best(
    index: FitIndex, own: FitProfile, terms: Terms, most: int, weights: Weights
) -> list[tuple[int, int]]:
    """Number and total of the firms suggested to `own`: wished ones first, then by total, equal ones by number."""
    found = index.top(own, most, excluded=terms.excluded, countries=terms.countries, weights=weights)
    totals = {one.firm_id: one.total for one in found}
    totals |= index.score_many(own, terms.wished.keys() - terms.excluded, weights)
    ranked = sorted(totals.items(), key=lambda item: (-terms.wished.get(item[0], 0), -item[1], item[0]))
    return ranked[:most]
