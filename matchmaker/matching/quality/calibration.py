"""Points learned from decisions: how much each criterion tells of a yes, drawn towards the points in use.

The model says that the chance of a yes grows with the pair's points: the log of its odds is a constant of the event (all
introductions, or one B2B day) plus the sum over the criteria of a weight, never below 0, times the share of the criterion's
points that the pair gets (logistic regression stratified by event). How many say yes at an event at all is therefore no
evidence for or against a criterion, and an event at which all said the same is left out. The weights are those with the
highest posterior under a normal prior around the weights in use, so few decisions move little. They are then brought to
whole points of 50 a side by largest remainders. How sure it is comes from the same computation over bootstrap samples of
the lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from matchmaker.engines.fit.numbers import HALF, LEVELS, numbers_of
from matchmaker.engines.fit.weights import Weights
from matchmaker.matching.quality.evidence import INTRODUCTIONS

Numbers = npt.NDArray[np.float64]
RESAMPLES: Final = 200
SEED: Final = 20262
STEPS: Final = 60
FEW_DECISIONS, FEW_OF_A_KIND = 100, 30
"""Below so many decisions, or so many yes or no, a proposal says little."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided pair: whose list it stands in, the share (0 to 1) of each criterion's points it gets, answer and event."""

    owner: int
    shares: tuple[float, ...]
    accepted: bool
    event: str = INTRODUCTIONS


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
    meetings: int = 0
    """How many of the decisions were said after meetings."""

    @property
    def few(self) -> bool:
        """Whether there are too few decisions to rely on."""
        refused = self.decisions - self.accepted
        return self.decisions < FEW_DECISIONS or min(self.accepted, refused) < FEW_OF_A_KIND


def calibrate(decisions: Sequence[Decision], now: Weights, resamples: int = RESAMPLES) -> Calibration:
    """The points that the decisions speak for; ValueError where all answers of every event are alike."""
    divided = _divided(decisions)
    telling = [one for one in decisions if one.event in divided]
    if not telling:
        raise ValueError("answers of both kinds are needed")
    data = _data(telling)
    centre = np.asarray(list(now.most.values()), dtype=np.float64)
    points = to_points(_fit(data, centre))
    samples = _samples([one.owner for one in telling], data, centre, resamples)
    least, most = np.quantile(samples, (0.05, 0.95), axis=0)
    return Calibration(
        numbers=_numbers(now, dict(zip(now.most, points, strict=True))),
        learned=[
            Learned(name, now.most[name], points[at], round(float(least[at])), round(float(most[at])))
            for at, name in enumerate(now.most)
        ],
        decisions=len(telling),
        accepted=sum(one.accepted for one in telling),
        lists=len({one.owner for one in telling}),
        meetings=sum(one.event != INTRODUCTIONS for one in telling),
    )


def _divided(decisions: Sequence[Decision]) -> set[str]:
    """The events at which there was a yes and a no."""
    said = {(one.event, one.accepted) for one in decisions}
    return {event for event, _accepted in said if {(event, True), (event, False)} <= said}


@dataclass(frozen=True, slots=True)
class _Data:
    """Decisions as numbers: shares by criterion, the answers, and in which event each one stands (a column of ones each)."""

    shares: Numbers
    answers: Numbers
    events: Numbers

    def drawn(self, rows: npt.NDArray[np.int64]) -> "_Data":
        return _Data(self.shares[rows], self.answers[rows], self.events[rows])


def _data(decisions: Sequence[Decision]) -> _Data:
    names = sorted({one.event for one in decisions})
    return _Data(
        shares=np.asarray([one.shares for one in decisions], dtype=np.float64),
        answers=np.asarray([one.accepted for one in decisions], dtype=np.float64),
        events=np.asarray(
            [[float(one.event == name) for name in names] for one in decisions], dtype=np.float64
        ),
    )


def _samples(owners: Sequence[int], data: _Data, centre: Numbers, resamples: int) -> Numbers:
    """Points of the criteria for samples of whole lists; a sample without both answers says nothing and is drawn again."""
    of_list = np.asarray(owners)
    rows = [np.flatnonzero(of_list == owner) for owner in np.unique(of_list)]
    chance, found = np.random.default_rng(SEED), list[Numbers]()
    for _attempt in range(4 * resamples):
        drawn = np.concatenate([rows[at] for at in chance.integers(0, len(rows), size=len(rows))])
        if 0 < data.answers[drawn].sum() < len(drawn):
            weights = _fit(data.drawn(drawn), centre)
            found.append(HALF * weights / weights.sum())
        if len(found) == resamples:
            break
    return np.asarray(found or [centre], dtype=np.float64)


def _fit(data: _Data, centre: Numbers) -> Numbers:
    """The weights with the highest posterior; the scale of the prior comes from the total alone."""
    scale, constants = _scale(data, data.shares @ centre)
    prior, criteria = scale * centre, len(centre)
    # A weight may well be half of the present one or one and a half times as much, and two points more or less in any case.
    precision = 1 / (prior / 2 + 2 * scale) ** 2
    weights, design = prior.copy(), np.column_stack((data.shares, data.events))
    held = np.append(precision, np.full(len(constants), 1e-6))
    for _step in range(STEPS):
        chance = _chance(design @ np.append(weights, constants))
        slope = design.T @ (data.answers - chance)
        slope[:criteria] -= precision * (weights - prior)
        spread = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(held)
        step = np.linalg.solve(spread, slope)
        moved = np.maximum(weights + step[:criteria], 0.0)
        constants = constants + step[criteria:]
        still = float(np.abs(moved - weights).max()) < 1e-6
        weights = moved
        if still:
            break
    return weights if weights.sum() > 0 else prior


def _scale(data: _Data, totals: Numbers) -> tuple[float, Numbers]:
    """How fast the log of the odds grows with the total, at least a little, and each event's constant: a regression on one number."""
    means = (data.events.T @ totals) / np.maximum(data.events.sum(axis=0), 1.0)
    centred = totals - data.events @ means
    design = np.column_stack((centred, data.events))
    held = np.append(1.0, np.full(len(means), 1e-6))
    scale, constants = 0.05, np.zeros(len(means))
    for _step in range(STEPS):
        chance = _chance(design @ np.append(scale, constants))
        slope = design.T @ (data.answers - chance)
        slope[0] -= scale
        spread = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(held)
        step = np.linalg.solve(spread, slope)
        scale, constants = max(scale + float(step[0]), 0.01), constants + step[1:]
        if float(np.abs(step).max()) < 1e-8:
            break
    return scale, constants - scale * means


def _chance(odds: Numbers) -> Numbers:
    """The chance of a yes for the log of its odds."""
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))


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
