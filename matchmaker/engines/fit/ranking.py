"""The best firms of a segment without computing all of them, and exactly those that computing all would give.

Firms fall into classes by how deep their goods go with those of the asking firm, read off the inverted lists. Each class
has a most that its firms can reach. Classes are looked at from the highest most downward; in a class the shared points
are added, which gives each firm a bound of its own, and only firms whose bound can still enter the best are computed.
A class whose most cannot enter any more ends the search, because no bound after it is higher. Equal totals rank by firm
id, so a firm enters at an equal total only with a smaller id; bounds are compared in the same way.
"""

from dataclasses import dataclass, field
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from matchmaker.engines.fit.request import CHAPTER, HEADING, NOTHING, SUBHEADING, Request, Wanted
from matchmaker.engines.fit.segment import Array, Places, Segment
from matchmaker.engines.fit.totals import (
    goods_points,
    language_points,
    partnership_points,
    sector_points,
    shared_points,
)

BLOCK: Final = 1 << 16
TOGETHER: Final = 1 << 11
FIRST_BATCH: Final = 256
_BARRED: Final = 255
_STEP: Final = 4
"""Levels of one side in the number of a class."""


@dataclass(slots=True)
class Best:
    """The k best so far, of any number of segments: highest totals first, equal ones by id."""

    k: int
    ids: Array = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    totals: Array = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def add(self, ids: Array, totals: Array) -> None:
        """Take firms in; those without a point are left out."""
        kept = np.flatnonzero(totals >= max(self.border[0], 1))
        ids = np.concatenate((self.ids, ids[kept]))
        totals = np.concatenate((self.totals, totals[kept].astype(np.int64)))
        order = np.lexsort((ids, -totals))[: self.k]
        self.ids, self.totals = ids[order], totals[order]

    @property
    def border(self) -> tuple[int, int]:
        """Total and id of the last one; (0, 0) while there is room."""
        if len(self.ids) < self.k:
            return (0, 0)
        return (int(self.totals[-1]), int(self.ids[-1])) if self.k else (1 << 30, 0)

    def takes(self, bounds: Array, ids: Array) -> Array:
        """Which firms could still enter with totals of these bounds."""
        total, last = self.border
        if not total:
            return np.asarray(bounds > 0)
        return np.asarray((bounds > total) | ((bounds == total) & (ids < last)))


@dataclass(frozen=True, slots=True)
class Class:
    """Firms whose goods have the same levels in common, and the most that they reach without the shared points."""

    number: int
    most: int
    least: int


def rank(segment: Segment, request: Request, barred: Places, best: Best) -> None:
    """Take the firms of a segment into the best."""
    if not len(segment) or not best.k:
        return
    found = _levels(segment, request, barred)
    _rank_classes(segment, request, _classes(request, deep=True), found, best)
    plain = _classes(request, deep=False)
    if plain[0].most + request.most_shared >= best.border[0]:
        _add_chapters(segment, request, found)
        _rank_classes(segment, request, plain[:-1], found, best)
        if request.most_shared >= best.border[0]:
            _rank_rest(segment, request, found, best)


def count(segment: Segment, request: Request, barred: Places, least: int) -> int:
    """How many firms of a segment reach a total; firms are computed only where their class leaves it open."""
    least = max(least, 1)
    if not len(segment):
        return 0
    found, shared, reached = _levels(segment, request, barred), request.most_shared, 0
    for deep in (True, False):
        classes = _classes(request, deep=deep)
        if classes[0].most + shared < least:
            continue
        if not deep:
            _add_chapters(segment, request, found)
        for one in classes:
            if one.most + shared >= least:
                reached += _count_class(segment, request, one, np.flatnonzero(found == one.number), least)
    return reached


def _levels(segment: Segment, request: Request, barred: Places) -> npt.NDArray[np.uint8]:
    """The number of each firm's class: level of what is sought times _STEP plus level of what is offered."""
    levels = [
        _side_levels(segment, side, wanted)
        for side, wanted in (("offered", request.sought), ("sought", request.offered))
    ]
    levels[0] *= np.uint8(_STEP)
    levels[0] += levels[1]
    levels[0][barred] = _BARRED
    return levels[0]


def _side_levels(segment: Segment, side: str, wanted: Wanted) -> npt.NDArray[np.uint8]:
    level = np.zeros(len(segment), dtype=np.uint8)
    for heading, _lines in wanted.headings:
        level[segment.between(side, heading * 800 + 4, heading * 800 + 800)] = HEADING
    for code in wanted.subheadings:
        level[segment.between(side, code, code + 1)] = SUBHEADING
    return level


def _add_chapters(segment: Segment, request: Request, found: npt.NDArray[np.uint8]) -> None:
    """Tell apart the firms without a common heading that have a chapter in common."""
    plain = found == 0
    for side, wanted, step in (("offered", request.sought, _STEP), ("sought", request.offered, 1)):
        level = np.zeros(len(segment), dtype=np.uint8)
        for chapter in wanted.chapters:
            level[segment.between(side, chapter * 80_000, (chapter + 1) * 80_000)] = CHAPTER * step
        found += level * plain


def _classes(request: Request, *, deep: bool) -> list[Class]:
    """The classes from the highest most downward: those with a heading in common, or those without, the rest last."""
    levels = (NOTHING, CHAPTER, HEADING, SUBHEADING)
    found = []
    for level_a, level_b in product(levels, levels):
        if (max(level_a, level_b) >= HEADING) is not deep or (deep and CHAPTER in (level_a, level_b)):
            continue
        # Beside a common heading nobody has looked for a common chapter on the other side: it may be there.
        loose = [max(level, CHAPTER) if deep else level for level in (level_a, level_b)]
        found.append(Class(level_a * _STEP + level_b, request.most(*loose), request.least(level_a, level_b)))
    return sorted(found, key=lambda one: (-one.most, -one.number))


def _rank_classes(
    segment: Segment, request: Request, classes: list[Class], found: npt.NDArray[np.uint8], best: Best
) -> None:
    """Look at the classes in turn, small ones together, until the next cannot enter any more."""
    shared, waiting, size = request.most_shared, list[tuple[Class, Places]](), 0
    for one in classes:
        if one.most + shared < best.border[0]:
            break
        places = np.flatnonzero(found == one.number)
        waiting.append((one, places))
        size += len(places)
        if size >= TOGETHER:
            _rank_together(segment, request, waiting, best)
            waiting, size = [], 0
    _rank_together(segment, request, waiting, best)


def _rank_together(
    segment: Segment, request: Request, classes: list[tuple[Class, Places]], best: Best
) -> None:
    if not classes:
        return
    places = np.concatenate([places for _one, places in classes])
    most = np.repeat([one.most for one, _places in classes], [len(places) for _one, places in classes])
    for start in range(0, len(places), BLOCK):
        block = slice(start, start + BLOCK)
        _rank_block(segment, request, *_entering(segment, request, places[block], most[block], best), best)


def _entering(
    segment: Segment, request: Request, places: Places, most: Array, best: Best
) -> tuple[Places, Array, Array]:
    """The firms that may still enter, their most without the shared points, and their bounds with them.

    Each kind of shared points sorts out before the next is read.
    """
    bounds = most + request.most_shared
    weights = request.weights
    for points, above in (
        (partnership_points, weights.partnership * bool(request.partnership)),
        (language_points, weights.languages * bool(request.language)),
        (sector_points, weights.sector[2] * bool(request.sectors)),
    ):
        kept = best.takes(bounds, segment.ids[places])
        if not kept.all():
            places, most, bounds = places[kept], most[kept], bounds[kept]
        if above:
            bounds = bounds + points(segment, request, places) - 2 * above
    kept = best.takes(bounds, segment.ids[places])
    return places[kept], most[kept], bounds[kept]


def _rank_block(
    segment: Segment, request: Request, places: Places, most: Array, bounds: Array, best: Best
) -> None:
    """Compute firms from the highest bound downward, in growing batches, until no bound can enter."""
    order = np.argsort(-bounds, kind="stable")
    size = FIRST_BATCH
    while len(order):
        batch, order = order[:size], order[size:]
        at = places[batch]
        best.add(segment.ids[at], goods_points(segment, request, at) + bounds[batch] - most[batch])
        order = order[best.takes(bounds[order], segment.ids[places[order]])]
        size *= 2


def _rank_rest(segment: Segment, request: Request, found: npt.NDArray[np.uint8], best: Best) -> None:
    """Firms that have no goods in common: their shared points are their total, and equal ones rank in their order."""
    for start in range(0, len(segment), BLOCK):
        if request.most_shared < best.border[0] + (segment.ids[start] > best.border[1] > 0):
            return
        block = slice(start, start + BLOCK)
        totals = shared_points(segment, request, block)
        totals[found[block] != 0] = 0
        best.add(segment.ids[block], totals)


def _count_class(segment: Segment, request: Request, one: Class, places: Places, least: int) -> int:
    reached = 0
    for start in range(0, len(places), BLOCK):
        block = places[start : start + BLOCK]
        shared = shared_points(segment, request, block).astype(np.int64)
        sure = shared + one.least >= least
        reached += int(np.count_nonzero(sure))
        if one.number:
            open_ones = ~sure & (shared + one.most >= least)
            totals = goods_points(segment, request, block[open_ones]) + shared[open_ones]
            reached += int(np.count_nonzero(totals >= least))
    return reached
