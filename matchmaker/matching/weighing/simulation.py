"""What another set of points would change: who enters and who leaves the first ten of every firm's list, and by how much."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from matchmaker.engines.fit.profile import FitProfile
from matchmaker.engines.fit.weights import Weights
from matchmaker.matching.everybody import Everybody
from matchmaker.matching.exposure import allocation
from matchmaker.matching.exposure.allocating import allocate
from matchmaker.matching.exposure.spread import spread_of

KEPT_LISTS: Final = 60
"""Lists that the report keeps in full: those with most changes."""
Progress = Callable[[int, int], None]


class Change(NamedTuple):
    """A firm that enters or leaves a list, with its total by the set in use and by the other set."""

    firm_id: int
    before: int
    after: int


class ListChange(NamedTuple):
    """What changes in the first places of one firm's list."""

    owner: int
    entered: list[Change]
    left: list[Change]


def compare(lists: Everybody, share: int, now: Weights, then: Weights, progress: Progress) -> dict[str, Any]:
    """The report of a simulation, ready to be stored: counts, spread and the lists that change most.

    Both sets are compared as the firms would see them: with wishes, what was called not relevant, and the cap of `share`.
    """
    steps = 3 * len(lists.owners)
    before = allocate(lists, share, now, lambda done, total: progress(done, steps))
    after = allocate(lists, share, then, lambda done, total: progress(total + done, steps))
    changes = list[ListChange]()
    for done, own in enumerate(lists.profiles(), start=1):
        first, second = before.lists.get(own.firm_id, []), after.lists.get(own.firm_id, [])
        changes.append(_change(lists, own, first, second, now, then))
        progress(2 * len(lists.owners) + done, steps)
    return _report(changes) | {
        "spread": [spread_of(lists.owners, one.shown) for one in (before, after)],
    }


def _change(
    lists: Everybody,
    own: FitProfile,
    first: Sequence[int],
    second: Sequence[int],
    now: Weights,
    then: Weights,
) -> ListChange:
    """Who enters and who leaves, each in the order of its list, with what the pair's points are by both sets."""
    entered = [number for number in second if number not in set(first)]
    left = [number for number in first if number not in set(second)]
    moved = [*entered, *left]
    before, after = (lists.index.score_many(own, moved, weights) if moved else {} for weights in (now, then))
    return ListChange(own.firm_id, _told(entered, before, after), _told(left, before, after))


def _told(numbers: Iterable[int], before: dict[int, int], after: dict[int, int]) -> list[Change]:
    return [Change(number, before.get(number, 0), after.get(number, 0)) for number in numbers]


def _report(changes: Sequence[ListChange]) -> dict[str, Any]:
    by_size = [0] * (allocation.PLACES + 1)
    for change in changes:
        by_size[max(len(change.entered), len(change.left))] += 1
    changed = [change for change in changes if change.entered or change.left]
    most_changed = sorted(changed, key=lambda one: (-len(one.entered) - len(one.left), one.owner))
    return {
        "lists": len(changes),
        "changed": len(changed),
        "places": sum(len(change.entered) for change in changes),
        "by_size": by_size,
        "rows": [
            [one.owner, [list(item) for item in one.entered], [list(item) for item in one.left]]
            for one in most_changed[:KEPT_LISTS]
        ],
    }
