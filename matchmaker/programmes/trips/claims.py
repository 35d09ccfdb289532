"""Decisions about co-financing: the rate of a region, the sum, and what keeps a claim closed. Plain numbers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from matchmaker.programmes.trips.enums import ClaimGap, ClaimState

if TYPE_CHECKING:
    from matchmaker.programmes.trips.models import SupportRate, SupportScheme

CENT = Decimal("0.01")
NEXT: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.DRAFT: frozenset({ClaimState.SUBMITTED}),
    ClaimState.SUBMITTED: frozenset({ClaimState.APPROVED, ClaimState.REFUSED, ClaimState.DRAFT}),
    ClaimState.APPROVED: frozenset({ClaimState.PAID}),
    ClaimState.REFUSED: frozenset(),
    ClaimState.PAID: frozenset(),
}
"""Which state may follow which; a submitted claim goes back to draft when staff ask for more."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost of a claim, in the currency of the scheme."""

    kind: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What is known when somebody wants to send a claim; missed are items that a delegate did not attend."""

    travelled: bool
    trip_over: bool
    missed: int
    papers: frozenset[str]
    wanted_papers: frozenset[str]
    costs: tuple[Cost, ...]


def in_force(scheme: "SupportScheme", day: date) -> bool:
    """Whether a scheme is valid on a day."""
    return scheme.valid_from <= day and (scheme.valid_to is None or day <= scheme.valid_to)


def rate_for(rates: Iterable["SupportRate"], region_code: str) -> "SupportRate | None":
    """The rate of a region, else that of all the others, else none."""
    by_region = {rate.region_code: rate for rate in rates}
    return by_region.get(region_code) or by_region.get("")


def amount(costs: Iterable[Cost], eligible: Collection[str], percent: Decimal, cap: Decimal) -> Decimal:
    """The share of the eligible costs, cut to whole cents in favour of the payer, at most the cap."""
    total = sum((cost.amount for cost in costs if cost.kind in eligible), Decimal(0))
    share = (total * percent / 100).quantize(CENT, ROUND_DOWN)
    return min(share, cap)


def gaps(facts: ClaimFacts | None) -> tuple[ClaimGap, ...]:
    """What is missing before a claim opens, in the order of the work; none when it may be sent. None: no scheme."""
    if facts is None:
        return (ClaimGap.NO_SCHEME,)
    wrong = (
        (ClaimGap.NOT_TRAVELLED, not facts.travelled),
        (ClaimGap.TRIP_NOT_OVER, not facts.trip_over),
        (ClaimGap.ATTENDANCE, facts.missed > 0),
        (ClaimGap.PAPERS, not facts.wanted_papers <= facts.papers),
        (ClaimGap.COSTS, not facts.costs),
    )
    return tuple(gap for gap, is_wrong in wrong if is_wrong)
