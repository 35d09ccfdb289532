"""What another set of points would change: who enters and who leaves the first ten of every firm's list, and by how much."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from matchmaker.engines.fit.weights import Weights
from matchmaker.matching.everybody import Everybody
from matchmaker.matching.exposure.spread import gini, histogram, top_share
from matchmaker.matching.ranking import best

PLACES: Final = 10
KEPT_LISTS: Final = 60
"""Lists that the report keeps in full: those with most changes."""
Progress = Callable[[int, int], None]
Listed = Sequence[tuple[int, int]]


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


def compare(lists: Everybody, now: Weights, then: Weights, progress: Progress) -> dict[str, Any]:
    """The report of a simulation, ready to be stored: counts, spread and the lists that change most."""
    changes, shown_before, shown_after = list[ListChange](), Counter[int](), Counter[int]()
    for done, own in enumerate(lists.profiles(), start=1):
        terms = lists.terms(own)
        before = best(lists.index, own, terms, PLACES, now)
        after = best(lists.index, own, terms, PLACES, then)
        shown_before.update(number for number, _total in before)
        shown_after.update(number for number, _total in after)
        entered, left = _moved(before, after)
        scores = [
            lists.index.score_many(own, [*entered, *left], weights) if entered or left else {}
            for weights in (now, then)
        ]
        changes.append(ListChange(own.firm_id, _told(entered, *scores), _told(left, *scores)))
        progress(done, len(lists.owners))
    return _report(lists, changes, shown_before, shown_after)


def _moved(before: Listed, after: Listed) -> tuple[list[int], list[int]]:
    """Who enters and who leaves, each in the order of its list."""
    first, second = [number for number, _ in before], [number for number, _ in after]
    return (
        [number for number in second if number not in set(first)],
        [number for number in first if number not in set(second)],
    )


def _told(numbers: Iterable[int], before: dict[int, int], after: dict[int, int]) -> list[Change]:
    return [Change(number, before.get(number, 0), after.get(number, 0)) for number in numbers]


def _report(
    lists: Everybody, changes: Sequence[ListChange], before: Counter[int], after: Counter[int]
) -> dict[str, Any]:
    by_size = [0] * (PLACES + 1)
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
        "spread": [spread_of(lists, shown) for shown in (before, after)],
    }


def spread_of(lists: Everybody, shown: Counter[int]) -> dict[str, Any]:
    """How the places are spread over all firms that have a list, those never shown included."""
    counts = [shown.get(number, 0) for number in lists.owners]
    return {
        "gini": round(gini(counts), 4),
        "top": round(top_share(counts), 4),
        "never": sum(count == 0 for count in counts),
        "most": max(counts, default=0),
        "histogram": histogram(counts),
    }
