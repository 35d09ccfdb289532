"""The totals of one firm with any firms of a segment, computed from what each of them has: the arithmetic of ``score``."""

from typing import Any

import numpy as np
import numpy.typing as npt

from matchmaker.engines.fit.columns import UNKNOWN
from matchmaker.engines.fit.points import (
    breadth_points,
    certificate_points,
    product_steps,
    reciprocity_points,
    volume_points_of_many,
)
from matchmaker.engines.fit.request import Request, Wanted
from matchmaker.engines.fit.segment import Array, Places, Segment

Points = npt.NDArray[np.int64]


class Entries:
    """The entries of some firms in one list, flattened: the positions, and reductions back to the firms."""

    def __init__(self, segment: Segment, name: str, places: Places) -> None:
        starts = segment.arrays[f"{name}.starts"]
        begins = starts[places].astype(np.int64)
        self.counts = starts[places + 1] - begins
        ends = np.cumsum(self.counts)
        self._firsts = ends - self.counts
        total = int(ends[-1]) if len(ends) else 0
        self.at = np.repeat(begins - self._firsts, self.counts) + np.arange(total)
        self._some = self.counts > 0
        self._whole = bool(self._some.all())

    def best(self, values: Array) -> Array:
        """The greatest value of each firm, 0 for a firm without entries."""
        return self._reduced(np.maximum, values)

    def sum(self, values: Array) -> Array:
        """The sum of each firm's values."""
        return self._reduced(np.add, values)

    def _reduced(self, how: np.ufunc, values: Array) -> Array:
        if not len(values):
            return np.zeros(len(self.counts), dtype=np.int64)
        found: Array = how.reduceat(values, self._firsts if self._whole else self._firsts[self._some])
        if self._whole:
            return found
        spread = np.zeros(len(self.counts), dtype=found.dtype)
        spread[self._some] = found
        return spread


def totals(segment: Segment, request: Request, places: Places) -> Points:
    """What ``score`` gives for the asking firm and the firm at each place."""
    shared = shared_points(segment, request, places).astype(np.int64)
    return shared + goods_points(segment, request, places)


def goods_points(segment: Segment, request: Request, places: Places) -> Points:
    """Points for products, volume, certificates and reciprocity."""
    weights = request.weights
    products_a, more_a = _gained(segment, request, places)
    products_b, more_b = _given(segment, request, places)
    mutual = reciprocity_points(np.minimum(products_a, products_b), weights)
    return products_a + products_b + 2 * mutual + more_a + more_b


def shared_points(segment: Segment, request: Request, places: Places | slice) -> npt.NDArray[np.int16]:
    """Points that both sides get alike: partnership, language, branch."""
    weights = request.weights
    found = partnership_points(segment, request, places)
    found += _meets(segment, "language", request.language, places) * np.int16(2 * weights.languages)
    found += sector_points(segment, request, places)
    return found


def partnership_points(segment: Segment, request: Request, places: Places | slice) -> npt.NDArray[np.int16]:
    """Points of both sides for an answering kind of partnership."""
    meets = _meets(segment, "partnership", request.partnership, places)
    return meets * np.int16(2 * request.weights.partnership)


def language_points(segment: Segment, request: Request, places: Places | slice) -> npt.NDArray[np.int16]:
    """Points of both sides for a common language."""
    return _meets(segment, "language", request.language, places) * np.int16(2 * request.weights.languages)


def _meets(segment: Segment, kind: str, words: dict[int, int], places: Places | slice) -> Array:
    """Whether the firms have any of the codes."""
    length = len(segment.ids[places]) if isinstance(places, slice) else len(places)
    found = np.zeros(length, dtype=np.bool_)
    for word, mask in words.items():
        found |= (segment.arrays[f"{kind}.{word}"][places] & np.uint64(mask)) != 0
    return found


def sector_points(segment: Segment, request: Request, places: Places | slice) -> npt.NDArray[np.int16]:
    """Points of both sides for the nearest branches."""
    if isinstance(places, slice):
        places = np.arange(*places.indices(len(segment)))
    if not request.sectors:
        return np.zeros(len(places), dtype=np.int16)
    entries = Entries(segment, "sector", places)
    codes = segment.arrays["sector.codes"][entries.at]
    level = np.zeros(len(codes), dtype=np.int8)
    for sector in request.sectors:
        # How many of division, group and class are the same: each holds the next.
        same = np.zeros(len(codes), dtype=np.int8)
        for width in (100, 10, 1):
            same += (codes - np.int16(sector // width * width)).view(np.uint16) < width
        np.maximum(level, same, out=level)
    found: npt.NDArray[np.int16] = request.sector_points[entries.best(level)]
    return found


class Goods:
    """The lines of some firms on one side beside the lines wanted: headings, depth, and what they have in common."""

    def __init__(self, segment: Segment, side: str, wanted: Wanted, places: Places) -> None:
        self.entries = Entries(segment, side, places)
        self.codes = segment.arrays[f"{side}.codes"][self.entries.at]
        self.heading = self.codes // 800
        self.heading[self.codes % 8 < 4] = UNKNOWN
        self._segment, self._side, self._wanted = segment, side, wanted

    def column(self, name: str) -> Array:
        """A column of the lines."""
        found: Array = self._segment.arrays[f"{self._side}.{name}"][self.entries.at]
        return found

    def levels(self) -> Array:
        """Digits in common of the best line of each firm."""
        chapters = self.codes // 80_000
        level = np.zeros(len(self.codes), dtype=np.int8)
        for chapter in self._wanted.chapters:
            level[chapters == chapter] = 2
        for heading, _lines in self._wanted.headings:
            level[self.heading == heading] = 4
        for code in self._wanted.subheadings:
            level[self.codes == code] = 6
        return self.entries.best(level)

    def volumes(self, request: Request, *, theirs_is_capacity: bool) -> Array:
        """Points for the best covered amount of each firm."""
        points = np.zeros(len(self.codes), dtype=np.int64)
        if not self._wanted.volumes or not len(points):
            return self.entries.best(points)
        units, amounts = self.column("units"), self.column("quantities")
        for heading, unit, amount in self._wanted.volumes:
            at = np.flatnonzero((self.heading == heading) & (units == unit))
            if not len(at):
                continue
            theirs, ours = amounts[at], np.full(len(at), amount, dtype=np.float64)
            capacity, need = (theirs, ours) if theirs_is_capacity else (ours, theirs)
            points[at] = np.maximum(points[at], volume_points_of_many(capacity, need, request.weights))
        return self.entries.best(points)


def _gained(segment: Segment, request: Request, places: Places) -> tuple[Points, Points]:
    """What the asking firm gets: products, then volume and certificates."""
    wanted, weights = request.sought, request.weights
    nothing: Points = np.zeros(len(places), dtype=np.int64)
    if not wanted.lines:
        return nothing, nothing
    goods = Goods(segment, "offered", wanted, places)
    covered, certificates = nothing, np.zeros(len(places), dtype=np.int64)
    for heading, lines in wanted.headings:
        has = goods.entries.best(goods.heading == heading).astype(np.bool_)
        covered = covered + has * lines
        _raise_certificates(certificates, segment, request, places, heading, has)
    lines_of_all = np.full(len(places), len(wanted.lines), dtype=np.int64)
    steps = np.asarray(product_steps(weights), dtype=np.int64)
    products = steps[goods.levels()] + breadth_points(covered, lines_of_all, weights)
    return products, goods.volumes(request, theirs_is_capacity=True) + certificates


def _raise_certificates(
    best: Points, segment: Segment, request: Request, places: Places, heading: int, has: Array
) -> None:
    """Points where a firm with goods under the heading holds what the lines of the heading require."""
    required = {
        line.required_certificates
        for line in request.sought.lines
        if line.required_certificates and len(line.hs) >= 4 and int(line.hs[:4]) == heading
    }
    at = np.flatnonzero(has) if required else ()
    for certificates in sorted(required, key=sorted):
        held = np.zeros(len(at), dtype=np.int64)
        for word, mask in request.vocabularies["certificate"].words(certificates).items():
            bits = segment.arrays[f"certificate.{word}"][places[at]] & np.uint64(mask)
            held += np.bitwise_count(bits)
        whole = np.full(len(at), len(certificates), dtype=np.int64)
        best[at] = np.maximum(best[at], certificate_points(held, whole, request.weights))


def _given(segment: Segment, request: Request, places: Places) -> tuple[Points, Points]:
    """What the other firms get: products, then volume and certificates."""
    wanted, weights = request.offered, request.weights
    nothing: Points = np.zeros(len(places), dtype=np.int64)
    if not wanted.lines:
        return nothing, nothing
    goods = Goods(segment, "sought", wanted, places)
    met = np.zeros(len(goods.codes), dtype=np.bool_)
    for heading, _lines in wanted.headings:
        met |= goods.heading == heading
    covered = goods.entries.sum(met.astype(np.int64))
    lines = np.maximum(goods.entries.counts, 1).astype(np.int64)
    steps = np.asarray(product_steps(weights), dtype=np.int64)
    products = steps[goods.levels()] + breadth_points(covered, lines, weights)
    certificates = goods.entries.best(_certificates_given(request, goods.column("requirements"), met))
    return products, goods.volumes(request, theirs_is_capacity=False) + certificates


def _certificates_given(request: Request, requirements: Array, met: Array) -> Points:
    """Points of each line that the asking firm's certificates answer."""
    points: Points = np.zeros(len(met), dtype=np.int64)
    asking = np.flatnonzero(met & (requirements > 0))
    if len(asking):
        names = request.vocabularies["requirement"].codes
        numbers, which = np.unique(requirements[asking], return_inverse=True)
        table: list[Any] = []
        for number in numbers.tolist():
            required = names[number].split("\n")
            held = len(request.firm.certificates.intersection(required))
            table.append(certificate_points(held, len(required), request.weights))
        points[asking] = np.asarray(table, dtype=np.int64)[which]
    return points
