"""What a no to one suggestion means for similar ones.

Each firm that was called not relevant lowers the firms that resemble it in what was named, by STEP points; all together
lower a firm by at most MOST points and never below 0. A firm resembles another one

* in goods, when it meets the own firm through goods of no other headings than that one does;
* in the kind of partnership, when it meets the own firm in no other kinds than that one does;
* in the sector, when the two have a branch in the same NACE division;
* in size, when both are of the same size class.

That the firm is known already, or another reason, says nothing of others. Only the list of the firm that said so changes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from matchmaker.engines.fit.profile import COMPLEMENTS, FitProfile, digits
from matchmaker.engines.fit.scoring import HEADING, common_level
from matchmaker.matching.relevance.enums import Irrelevance

STEP: Final = 4
MOST: Final = 12
LONGEST_NOTE: Final = 500
Meeting = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A firm that was called not relevant, and why."""

    other: FitProfile
    reason: Irrelevance


def goods_met(own: FitProfile, other: FitProfile) -> Meeting:
    """The headings of the other firm's goods through which it meets the own firm, with the side they stand on."""
    found = {
        ("offered", theirs.hs[:HEADING])
        for ours in own.sought
        for theirs in other.offered
        if common_level(ours.hs, theirs.hs) >= HEADING
    }
    found |= {
        ("sought", theirs.hs[:HEADING])
        for ours in own.offered
        for theirs in other.sought
        if common_level(ours.hs, theirs.hs) >= HEADING
    }
    return frozenset(found)


def partnerships_met(own: FitProfile, other: FitProfile) -> Meeting:
    """The kinds of partnership in which the two firms take answering sides, as the other firm has them."""
    answers = {(kind, COMPLEMENTS[side]) for kind, side in own.partnerships}
    return frozenset(answers & other.partnerships)


def _divisions(firm: FitProfile) -> frozenset[str]:
    return frozenset(digits(code)[:2] for code in firm.sectors)


def _within(
    met: Callable[[FitProfile, FitProfile], Meeting], own: FitProfile, mark: Mark, other: FitProfile
) -> bool:
    theirs = met(own, other)
    return bool(theirs) and theirs <= met(own, mark.other)


def resembles(own: FitProfile, mark: Mark, other: FitProfile) -> bool:
    """Whether a firm resembles one that was called not relevant in what was named."""
    if other.firm_id == mark.other.firm_id:
        return False
    if mark.reason is Irrelevance.GOODS:
        return _within(goods_met, own, mark, other)
    if mark.reason is Irrelevance.PARTNERSHIP:
        return _within(partnerships_met, own, mark, other)
    if mark.reason is Irrelevance.SECTOR:
        return bool(_divisions(other) & _divisions(mark.other))
    if mark.reason is Irrelevance.SIZE:
        return bool(other.size_class) and other.size_class == mark.other.size_class
    return False


@dataclass(frozen=True, slots=True)
class Lowering:
    """By how many points a firm is lowered, and the reasons named of the firms that it resembles."""

    points: int = 0
    reasons: tuple[Irrelevance, ...] = ()


def lowering(own: FitProfile, other: FitProfile, total: int, marks: Iterable[Mark]) -> Lowering:
    """The rule of this module for one firm with its total."""
    reasons = tuple(mark.reason for mark in marks if resembles(own, mark, other))
    points = min(STEP * len(reasons), MOST, total)
    return Lowering(points, reasons) if points else Lowering()


def lowered(
    own: FitProfile, others: Iterable[FitProfile], totals: Mapping[int, int], marks: Iterable[Mark]
) -> dict[int, int]:
    """By how many points each of these firms is lowered, only those that are."""
    known = tuple(marks)
    found = {
        other.firm_id: lowering(own, other, totals.get(other.firm_id, 0), known).points for other in others
    }
    return {number: points for number, points in found.items() if points}
