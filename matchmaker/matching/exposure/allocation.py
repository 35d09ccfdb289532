"""Who stands in whose first ten when no firm may stand in more than so many lists.

The lists and the firms choose each other as in deferred acceptance (Gale and Shapley 1962): every list goes down its own
order, every firm keeps the lists in which it stands with most points, as many as it may, and the list that loses it goes on
to its next firm. Because both sides of a pair have the same points, the outcome does not depend on the order in which lists
are taken, but for equal points, where the list of the lower number comes first. A firm that an owner wants to meet never
gives way in that owner's list, though the place counts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Final

PLACES: Final = 10
Ranking = Callable[[int, int], list[tuple[int, int]]]
"""The first so many firms of an owner's list with their totals."""


def most_lists(share: int, lists: int, firms: int) -> int:
    """In how many of `lists` a firm may stand at `share` per cent, where `firms` could stand in them.

    Never less than what each would get if all were shown alike, rounded up: otherwise places would have to stay empty.
    """
    alike = -(-PLACES * lists // max(firms, 1))
    return max(share * lists // 100, alike, 1)


@dataclass(slots=True)
class Allocation:
    """The first places of all lists; `natural` counts what each firm would get by points alone, `over` who gave way."""

    lists: dict[int, list[int]] = field(default_factory=dict)
    natural: Counter[int] = field(default_factory=Counter)
    over: set[int] = field(default_factory=set)

    @property
    def shown(self) -> Counter[int]:
        """In how many lists each firm stands."""
        return Counter(number for numbers in self.lists.values() for number in numbers)


class Allocator:
    """One run of the allocation."""

    def __init__(
        self, rank: Ranking, limit: Callable[[int], int], wished: Mapping[int, Container[int]] | None = None
    ) -> None:
        self._rank, self._limit, self._wished = rank, limit, wished or {}
        self._fetched: dict[int, list[tuple[int, int]]] = {}
        self._exhausted: set[int] = set()
        self._next: Counter[int] = Counter()
        self._held: dict[int, list[tuple[bool, int, int]]] = defaultdict(list)
        self._lists: dict[int, dict[int, int]] = {}
        self._found = Allocation()

    def run(self, owners: Iterable[int], progress: Callable[[int], None] = lambda done: None) -> Allocation:
        """Allocate the places of all owners' lists."""
        for done, owner in enumerate(owners, start=1):
            self._lists[owner] = {}
            self._found.natural.update(number for number, _total in self._more(owner, PLACES))
            self._settle(owner)
            progress(done)
        self._found.lists = {
            owner: [number for number, _at in sorted(places.items(), key=lambda item: item[1])]
            for owner, places in self._lists.items()
        }
        return self._found

    def _settle(self, owner: int) -> None:
        """Fill the list of an owner, and those of the owners that lose a firm by that."""
        open_lists = [owner]
        while open_lists:
            one = open_lists[-1]
            candidate = self._candidate(one) if len(self._lists[one]) < PLACES else None
            if candidate is None:
                open_lists.pop()
                continue
            loser = self._offer(one, *candidate)
            if loser is not None and loser != one:
                open_lists.append(loser)

    def _candidate(self, owner: int) -> tuple[int, int, int] | None:
        """The next firm of an owner's list that was not tried: its place in the list, its number and its total."""
        at = self._next[owner]
        ranked = self._more(owner, at + 1)
        if at >= len(ranked):
            return None
        self._next[owner] += 1
        return at, *ranked[at]

    def _more(self, owner: int, wanted: int) -> list[tuple[int, int]]:
        known = self._fetched.get(owner, [])
        if len(known) < wanted and owner not in self._exhausted:
            ask = max(wanted, 2 * len(known), 2 * PLACES)
            known = self._fetched[owner] = self._rank(owner, ask)
            if len(known) < ask:
                self._exhausted.add(owner)
        return known[:PLACES] if wanted == PLACES else known

    def _offer(self, owner: int, at: int, number: int, total: int) -> int | None:
        """Put a firm into a list; answers the owner of the list that it leaves for that, if any."""
        held = self._held[number]
        heappush(held, (number in self._wished.get(owner, ()), total, -owner))
        self._lists[owner][number] = at
        if len(held) <= self._limit(number) or held[0][0]:
            return None
        loser = -heappop(held)[2]
        self._found.over.add(number)
        del self._lists[loser][number]
        return loser
