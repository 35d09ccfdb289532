"""Points learned from decisions: how much each criterion tells of a yes, drawn towards the points in use.

The model says that the chance of a yes grows with the pair's points: the log of its odds is a constant plus the sum over the
criteria of a weight, never below 0, times the share of the criterion's points that the pair gets (logistic regression). The
weights are those with the highest posterior under a normal prior around the weights in use, so few decisions move little.
The weights are then brought to whole points of 50 a side by largest remainders. How sure it is comes from the same
computation over bootstrap samples of the lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from matchmaker.engines.fit.numbers import HALF, LEVELS, numbers_of
from matchmaker.engines.fit.weights import Weights

Numbers = npt.NDArray[np.float64]
RESAMPLES: Final = 200
SEED: Final = 20262
STEPS: Final = 60
FEW_DECISIONS, FEW_OF_A_KIND = 100, 30
"""Below so many decisions, or so many yes or no, a proposal says little."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided pair: whose list it stands in, the share (0 to 1) of each criterion's points it gets, and the answer."""

    owner: int
    shares: tuple[float, ...]
    accepted: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """One criterion: its points now and as learned, and the middle 90 per cent of what the samples of lists give."""

    criterion: str
    now: int
    then: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """A proposal with what it rests on."""

    numbers: Mapping[str, int]
    learned: Sequence[Learned]
    decisions: int
    accepted: int
    lists: int

    @property
    def few(self) -> bool:
        """Whether there are too few decisions to rely on."""
        refused = self.decisions - self.accepted
        return self.decisions < FEW_DECISIONS or min(self.accepted, refused) < FEW_OF_A_KIND


def calibrate(decisions: Sequence[Decision], now: Weights, resamples: int = RESAMPLES) -> Calibration:
    """The points that the decisions speak for; ValueError where all answers are alike."""
    answers = np.asarray([one.accepted for one in decisions], dtype=np.float64)
    if len(answers) == 0 or answers.min() == answers.max():
        raise ValueError("answers of both kinds are needed")
    shares = np.asarray([one.shares for one in decisions], dtype=np.float64)
    centre = np.asarray(list(now.most.values()), dtype=np.float64)
    points = to_points(_fit(shares, answers, centre))
    samples = _samples(decisions, shares, answers, centre, resamples)
    least, most = np.quantile(samples, (0.05, 0.95), axis=0)
    return Calibration(
        numbers=_numbers(now, dict(zip(now.most, points, strict=True))),
        learned=[
            Learned(name, now.most[name], points[at], round(float(least[at])), round(float(most[at])))
            for at, name in enumerate(now.most)
        ],
        decisions=len(decisions),
        accepted=int(answers.sum()),
        lists=len({one.owner for one in decisions}),
    )


def _samples(
    decisions: Sequence[Decision], shares: Numbers, answers: Numbers, centre: Numbers, resamples: int
) -> Numbers:
    """Points of the criteria for samples of whole lists; a sample without both answers says nothing and is drawn again."""
    owners = np.asarray([one.owner for one in decisions])
    rows = [np.flatnonzero(owners == owner) for owner in np.unique(owners)]
    chance, found = np.random.default_rng(SEED), list[Numbers]()
    for _attempt in range(4 * resamples):
        drawn = np.concatenate([rows[at] for at in chance.integers(0, len(rows), size=len(rows))])
        if 0 < answers[drawn].sum() < len(drawn):
            weights = _fit(shares[drawn], answers[drawn], centre)
            found.append(HALF * weights / weights.sum())
        if len(found) == resamples:
            break
    return np.asarray(found or [centre], dtype=np.float64)


def _fit(shares: Numbers, answers: Numbers, centre: Numbers) -> Numbers:
    """The weights with the highest posterior; the scale of the prior comes from the total alone."""
    scale, constant = _scale(shares @ centre, answers)
    prior = scale * centre
    # A weight may well be half of the present one or one and a half times as much, and two points more or less in any case.
    precision = 1 / (prior / 2 + 2 * scale) ** 2
    weights = prior.copy()
    for _step in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(constant + shares @ weights, -30, 30)))
        slope = np.append(
            shares.T @ (answers - chance) - precision * (weights - prior), (answers - chance).sum()
        )
        with_constant = np.column_stack((shares, np.ones(len(shares))))
        spread = (with_constant * (chance * (1 - chance))[:, None]).T @ with_constant
        spread += np.diag(np.append(precision, 1e-6))
        step = np.linalg.solve(spread, slope)
        moved = np.maximum(weights + step[:-1], 0.0)
        constant += float(step[-1])
        still = float(np.abs(moved - weights).max()) < 1e-6
        weights = moved
        if still:
            break
    return weights if weights.sum() > 0 else prior


def _scale(totals: Numbers, answers: Numbers) -> tuple[float, float]:
    """How fast the log of the odds grows with the total, at least a little, and the constant: a regression on one number."""
    scale, constant = 0.05, 0.0
    centred = totals - totals.mean()
    for _step in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(constant + scale * centred, -30, 30)))
        weight = chance * (1 - chance)
        slope = np.asarray([((answers - chance) * centred).sum() - scale, (answers - chance).sum()])
        spread = np.asarray(
            [
                [(weight * centred**2).sum() + 1.0, (weight * centred).sum()],
                [(weight * centred).sum(), weight.sum() + 1e-6],
            ]
        )
        step = np.linalg.solve(spread, slope)
        scale, constant = max(scale + float(step[0]), 0.01), constant + float(step[1])
        if float(np.abs(step).max()) < 1e-8:
            break
    return scale, constant - scale * float(totals.mean())


def to_points(weights: Numbers) -> list[int]:
    """Whole points that add up to HALF in the proportion of the weights, by largest remainders, equal ones in order."""
    exact = HALF * weights / weights.sum()
    points = np.floor(exact).astype(int)
    order = np.argsort(-(exact - points), kind="stable")
    points[order[: HALF - int(points.sum())]] += 1
    return [int(number) for number in points]


def _numbers(now: Weights, points: Mapping[str, int]) -> dict[str, int]:
    """The numbers of a set with these points per criterion; lower levels keep their proportion to the highest one."""
    numbers, old = numbers_of(now), now.most
    for name in ("partnership", "certificates", "languages", "reciprocity"):
        numbers[name] = points[name]
    products = max(points["products"], 1)
    breadth = products * now.breadth // old["products"]
    numbers["breadth"] = breadth
    tops = {"product": products - breadth, "volume": points["volume"], "sector": points["sector"]}
    for criterion, top in tops.items():
        steps = LEVELS[criterion]
        before = numbers_of(now)[steps[2]] or 1
        for step in steps:
            numbers[step] = min(top, round(numbers_of(now)[step] * top / before))
        numbers[steps[2]] = top
    return numbers
