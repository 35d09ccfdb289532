"""How places are counted: what is kept for whom, and whether a group fits. Plain arithmetic, no database.

Each sign-up that holds places is counted under one quota or in the common pool. A quota keeps its places for those who
match it until the release day; a group that matches takes what is left of the quota first and the rest from the common
pool. After the release day a quota keeps only what is taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from matchmaker.programmes.enums import QuotaDimension


@dataclass(frozen=True, slots=True)
class Facts:
    """What quotas go by, of one applicant."""

    country: str = ""
    region: str = ""
    size: str = ""
    sectors: frozenset[str] = frozenset()
    women_led: bool = False


@dataclass(frozen=True, slots=True)
class Quota:
    """Places kept for one value of a dimension."""

    id: int
    dimension: QuotaDimension
    value: str
    places: int

    def matches(self, facts: Facts) -> bool:
        """Whether an applicant may take these places."""
        if self.dimension is QuotaDimension.COUNTRY:
            return self.value == facts.country
        if self.dimension is QuotaDimension.REGION:
            return self.value == facts.region
        if self.dimension is QuotaDimension.SIZE:
            return self.value == facts.size
        if self.dimension is QuotaDimension.SECTOR:
            return self.value in facts.sectors
        return facts.women_led


@dataclass(frozen=True, slots=True)
class Seat:
    """Under which quota a group is counted; None is the common pool."""

    quota_id: int | None


@dataclass(frozen=True, slots=True)
class Pool:
    """The places of one programme at one moment; `taken` counts people by quota."""

    places: int
    quotas: tuple[Quota, ...] = ()
    taken: Mapping[int | None, int] = field(default_factory=dict)
    released: bool = False

    @property
    def all_taken(self) -> int:
        """People who hold places."""
        return sum(self.taken.values())

    @property
    def left(self) -> int:
        """Places that nobody holds, for whomever they are kept."""
        return max(self.places - self.all_taken, 0)

    def left_of(self, quota: Quota) -> int:
        """Places of a quota that nobody has taken."""
        return max(quota.places - self.taken.get(quota.id, 0), 0)

    @property
    def common_left(self) -> int:
        """Places that anybody may take: what is neither taken nor kept."""
        kept = 0 if self.released else sum(self.left_of(quota) for quota in self.quotas)
        return max(self.places - self.all_taken - kept, 0)

    def left_for(self, facts: Facts) -> int:
        """The largest group of such applicants that still fits."""
        own = [self.left_of(quota) for quota in self.quotas if quota.matches(facts)]
        return self.common_left if self.released else self.common_left + max(own, default=0)

    def seat(self, facts: Facts, people: int) -> Seat | None:
        """Where a group is counted, or None where it does not fit whole.

        The matching quota with the most places left comes first, at equal places the first in the organiser's order,
        so that common places stay for those who match no quota.
        """
        if people > self.left_for(facts):
            return None
        own = [quota for quota in self.quotas if quota.matches(facts) and self.left_of(quota) > 0]
        best = max(own, key=self.left_of, default=None)
        return Seat(best.id if best else None)

    def with_taken(self, seat: Seat, people: int) -> "Pool":
        """The pool after a group took its places."""
        taken = {**self.taken, seat.quota_id: self.taken.get(seat.quota_id, 0) + people}
        return Pool(self.places, self.quotas, taken, self.released)


def seats(pool: Pool, groups: Iterable[tuple[Facts, int]]) -> list[Seat | None]:
    """Where each group would be counted if they were accepted in this order; None for one that does not fit whole."""
    found: list[Seat | None] = []
    for facts, people in groups:
        seat = pool.seat(facts, people)
        found.append(seat)
        pool = pool.with_taken(seat, people) if seat else pool
    return found


def is_released(release_on: date | None, today: date) -> bool:
    """Whether unused places of the quotas have gone back to the common pool."""
    return release_on is not None and release_on <= today
