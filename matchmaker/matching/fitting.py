"""The fit of a pair as a match keeps it and as its pages show it."""

from typing import Any

from matchmaker.engines.fit.facts import Fit
from matchmaker.engines.fit.scoring import score
from matchmaker.engines.fit.weights import Weights
from matchmaker.firms.models import Firm
from matchmaker.matching.profiles import profile_of
from matchmaker.matching.weighing.queries import weights_in_use


def fit_of(own: Firm, other: Firm, weights: Weights | None = None) -> Fit:
    """The fit seen from `own` by the set of points in use, which lists read once; both firms fully loaded."""
    return score(profile_of(own), profile_of(other), weights or weights_in_use())


def kept_points(fit: Fit) -> list[Any]:
    """The rows of a fit as stored with a match: criterion, points and most of the asker, then of the answerer."""
    return [[row.criterion, row.points_a, row.most_a, row.points_b, row.most_b] for row in fit.rows]


def halves(fit: Fit) -> tuple[int, int]:
    """What each side gets, 0 to 100, for the two halves of the arch."""
    most = sum(row.most_a for row in fit.rows) or 1
    return (
        round(100 * sum(row.points_a for row in fit.rows) / most),
        round(100 * sum(row.points_b for row in fit.rows) / most),
    )
