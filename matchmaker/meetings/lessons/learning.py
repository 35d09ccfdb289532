"""What one day says of the points of the fit: the calibration over what its firms said, checked on those it did not read.

Only this day's judgements are read. What earlier days taught is in the points that people took up since, and those are the
centre from which the calibration starts; nothing is counted twice. All days together, with the introductions, are what the
calibration of the page of the quality reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from matchmaker.core.db import db
from matchmaker.engines.fit.numbers import weights_from
from matchmaker.engines.fit.weights import Weights
from matchmaker.matching.quality import decisions
from matchmaker.matching.quality.calibration import FEW_DECISIONS, Calibration, calibrate
from matchmaker.matching.quality.decisions import Answer
from matchmaker.matching.quality.evidence import Said
from matchmaker.matching.quality.measures import LEAST_LISTS, Compared, compare, counts
from matchmaker.matching.weighing.queries import weights_in_use
from matchmaker.meetings.enums import DayState
from matchmaker.meetings.lessons import evidence
from matchmaker.meetings.lessons.rules import Finding, Kept, event_name
from matchmaker.meetings.models import B2bDay


@dataclass(frozen=True, slots=True)
class Checked:
    """How both sets order what firms said that the calibration did not read: by nDCG of ten, over so many lists."""

    measure: Compared
    lists: int

    @property
    def few(self) -> bool:
        """Whether there are too few lists to rely on."""
        return self.lists < LEAST_LISTS


@dataclass(frozen=True, slots=True)
class Ground:
    """What a finding rests on: meetings kept, what firms said of them, and how much of that may be learned from."""

    kept: Kept
    said: int
    useful: int
    read: int
    read_useful: int
    meetings: int


@dataclass(frozen=True, slots=True)
class Learning:
    """What a day says of the points: on what ground, with what finding, checked by which answers."""

    ground: Ground
    now: Weights
    finding: Finding
    found: Calibration | None = None
    then: Weights | None = None
    checked: Checked | None = None


def learn(day: B2bDay) -> Learning:
    """Read a day, whatever its state; points are found only once it is over and enough was said."""
    said, now = evidence.of_day(day.id), weights_in_use()
    read = decisions.with_profiles(decisions.learnable(said))
    ground = _ground(day, said, read)
    if day.state is not DayState.DONE:
        return Learning(ground, now, Finding.NOT_OVER)
    if len({one.accepted for one in read}) < 2:
        return Learning(ground, now, Finding.ALIKE if len(read) >= FEW_DECISIONS else Finding.TOO_FEW)
    found = calibrate(decisions.shares_of(read), now)
    if found.few:
        return Learning(ground, now, Finding.TOO_FEW)
    if all(one.now == one.then for one in found.learned):
        return Learning(ground, now, Finding.AS_NOW, found)
    then = weights_from(name_of_day(day), found.numbers)
    unread = decisions.with_profiles(one for one in said if decisions.is_held_out(one.owner))
    return Learning(ground, now, Finding.OTHERS, found, then, _check(unread, now, then))


def _ground(day: B2bDay, said: Sequence[Said], read: Sequence[Answer]) -> Ground:
    return Ground(
        kept=evidence.kept_of(day.id),
        said=len(said),
        useful=sum(one.accepted for one in said),
        read=len(read),
        read_useful=sum(one.accepted for one in read),
        meetings=len({frozenset((one.own.firm_id, one.other.firm_id)) for one in read}),
    )


def _check(unread: Sequence[Answer], now: Weights, then: Weights) -> Checked:
    first, second = decisions.judged_lists(unread, now), decisions.judged_lists(unread, then)
    measure = next(one for one in compare(first, second) if one.measure == "ndcg_10")
    return Checked(measure, sum(counts(judged) for judged in first.values()))


def name_of_day(day: B2bDay) -> str:
    """What the set of points of a day is called."""
    earlier = select(func.count()).where(B2bDay.held_on == day.held_on, B2bDay.id < day.id)
    return event_name(day.held_on, db.session.scalar(earlier) or 0)
