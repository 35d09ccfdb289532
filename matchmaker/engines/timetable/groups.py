"""Groups of firms that want too much of each other: n people hold n // 2 meetings at a time, the odd one sits out.

Five firms that all meet each other have ten meetings and two at a time, so four slots are too few although nobody has
more than four meetings. Such a group is grown from a firm that has hardly a slot to spare.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations
from typing import Final

from matchmaker.engines.timetable.bits import mask_of, slots_of
from matchmaker.engines.timetable.board import Board

LARGEST: Final = 25
"""Firms of a group at most: each more spares a third of a slot less, and looking takes longer."""


def crowded(board: Board) -> tuple[list[int], int, int] | None:
    """Firms with more meetings among each other, in the whole day or a session, than places for them; None when none is found."""
    sessions: dict[str, int] = defaultdict(int)
    for at, slot in enumerate(board.day.slots):
        sessions[slot.session] |= mask_of((at,))
    spans = sorted({(1 << board.slots) - 1, *sessions.values()}, reverse=True)
    return next(chain.from_iterable(_Meetings(board, span).groups() for span in spans), None)


class _Meetings:
    """The meetings of a board that can only be held in some slots, by firm."""

    def __init__(self, board: Board, within: int) -> None:
        self.board = board
        self.of: dict[int, set[int]] = defaultdict(set)
        self.times: dict[int, int] = defaultdict(int)
        for at, mask in enumerate(board.allowed):
            for firm in board.parts[at] if not mask & ~within else ():
                self.of[firm].add(at)
                self.times[firm] |= mask

    def groups(self) -> Iterator[tuple[list[int], int, int]]:
        """Groups with more meetings than places, none of whose firms can be left out.

        The firms of such a group have together fewer slots to spare than there are slots, so that it is looked for from
        those with less than a third.
        """
        for firm, mine in sorted(self.of.items()):
            places = self.times[firm].bit_count() * self.board.seats[firm]
            if 3 * (places - len(mine)) < self.board.slots:
                group = self._grown(firm)
                if group:
                    least = self._least(group)
                    yield sorted(least), *self._count(least)

    def _grown(self, firm: int) -> set[int]:
        """A group that is too large, from one firm by whoever meets most of those in it; empty when there is none."""
        group, met = {firm}, Counter[int]()
        while len(group) < LARGEST:
            met.update(other for at in self.of[firm] for other in self.board.parts[at] if other not in group)
            if not met:
                break
            firm = min(met, key=lambda other: (-met[other], other))
            del met[firm]
            group.add(firm)
            if self._is_full(group):
                return group
        return set()

    def _least(self, group: set[int]) -> set[int]:
        smaller = next(
            (
                group.difference(some)
                for some in chain(((one,) for one in sorted(group)), combinations(sorted(group), 2))
                if self._is_full(group.difference(some))
            ),
            None,
        )
        return group if smaller is None else self._least(smaller)

    def _is_full(self, group: set[int]) -> bool:
        wanted, places = self._count(group)
        return wanted > places

    def _count(self, group: set[int]) -> tuple[int, int]:
        """Meetings among a group, and how many it can hold: two of those present at a time for each."""
        board = self.board
        shared = Counter(at for firm in group for at in self.of[firm])
        inner = {at for at, parties in shared.items() if parties > 1}
        present = _present({firm: self.of[firm] & inner for firm in group}, board.allowed)
        seats: Counter[int] = Counter()
        for firm, times in present.items():
            for slot in slots_of(times):
                seats[slot] += board.seats[firm]
        return len(inner), sum(free // 2 for free in seats.values())


def _present(of: Mapping[int, Iterable[int]], allowed: list[int]) -> dict[int, int]:
    """The slots in which each firm could hold one of these meetings."""
    times: dict[int, int] = defaultdict(int)
    for firm, meetings in of.items():
        for at in meetings:
            times[firm] |= allowed[at]
    return times
