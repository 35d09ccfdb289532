"""The method of the fit as its public page tells it: the points from the set in use, never repeated by hand."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.engines.fit.weights import Weights
from matchmaker.matching.fit_words import CRITERIA

ABOUT: dict[str, LazyString] = {
    "products": _l("What one side seeks against what the other offers, by codes of the Harmonized System."),
    "partnership": _l("One side offers the kind of partnership that the other seeks."),
    "volume": _l("The yearly capacity of one side against the yearly need of the other, in the same unit."),
    "certificates": _l("Valid certificates that one side requires and the other holds."),
    "languages": _l("At least one working language in common."),
    "sector": _l("How near the branches of the two firms are, by NACE Rev. 2."),
    "reciprocity": _l(
        "Extra points when both sides get something out of goods, as many as the lesser side gets."
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One way to get points within a criterion."""

    text: LazyString
    points: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: the most one side and both sides can get, and the steps to it."""

    name: LazyString
    about: LazyString
    side: int
    both: int
    steps: tuple[Step, ...]


def criteria(weights: Weights) -> list[Criterion]:
    """All criteria of a set in the order in which they are shown."""
    steps = _steps(weights)
    return [
        Criterion(CRITERIA[name], ABOUT[name], most, 2 * most, steps.get(name, ()))
        for name, most in weights.most.items()
    ]


def _steps(weights: Weights) -> dict[str, tuple[Step, ...]]:
    return {
        "products": (
            Step(_l("The best pair of goods has the same six digits"), weights.product[2]),
            Step(_l("The best pair of goods has the same four digits"), weights.product[1]),
            Step(_l("The best pair of goods has the same two digits"), weights.product[0]),
            Step(
                _l("All goods sought are offered, at four digits or more; a share of it for some"),
                weights.breadth,
            ),
        ),
        "volume": (
            Step(_l("The capacity covers the whole need"), weights.volume[2]),
            Step(_l("The capacity covers half of the need or more"), weights.volume[1]),
            Step(_l("The capacity covers some of the need"), weights.volume[0]),
        ),
        "certificates": (
            Step(_l("All certificates required are held; a share of it for some"), weights.certificates),
        ),
        "sector": (
            Step(_l("The same class, four digits"), weights.sector[2]),
            Step(_l("The same group, three digits"), weights.sector[1]),
            Step(_l("The same division, two digits"), weights.sector[0]),
        ),
    }
