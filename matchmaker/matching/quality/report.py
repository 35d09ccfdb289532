"""Two sets of points compared on the decisions that nobody learned from."""

from collections.abc import Sequence
from dataclasses import dataclass

from matchmaker.engines.fit.numbers import weights_from
from matchmaker.engines.fit.weights import Weights
from matchmaker.matching.quality import decisions
from matchmaker.matching.quality.measures import LEAST_LISTS, Compared, compare, counts
from matchmaker.matching.weighing.models import WeightSet


@dataclass(frozen=True, slots=True)
class QualityReport:
    """The measures by both sets, and what they rest on."""

    one: Weights
    other: Weights
    measures: Sequence[Compared]
    decisions: int
    accepted: int
    lists: int
    told: int

    @property
    def few(self) -> bool:
        """Whether there are too few lists to rely on."""
        return self.told < LEAST_LISTS

    @property
    def verdict(self) -> int:
        """1 where the other set is shown to be better by nDCG, -1 where it is shown to be worse, 0 where neither is."""
        return 0 if self.few else next(one.shown for one in self.measures if one.measure == "ndcg_10")


def report(one: Weights, other: Weights) -> QualityReport:
    """The report on the decisions of the firms that are held out."""
    found = decisions.answers(held_out=True)
    first, second = decisions.judged_lists(found, one), decisions.judged_lists(found, other)
    return QualityReport(
        one=one,
        other=other,
        measures=compare(first, second),
        decisions=len(found),
        accepted=sum(answer.accepted for answer in found),
        lists=len(first),
        told=sum(counts(judged) for judged in first.values()),
    )


def weights_of(weight_set: WeightSet) -> Weights:
    """The points of a stored set under its name, a draft under its number."""
    return weights_from(weight_set.name or f"draft {weight_set.id}", weight_set.points)
