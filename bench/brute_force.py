"""Every total of one firm, the slow and plain way, as a check: one loop over firms, compiled, without lists or bounds.

Written apart from the product's ranking, from the description of the score alone; the bench compares it with ``score``
pair by pair before it trusts it.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from matchmaker.engines.fit.columns import hs_number
from matchmaker.engines.fit.request import Request
from matchmaker.engines.fit.segment import Segment

Totals = npt.NDArray[np.int16]


def all_totals(segment: Segment, request: Request) -> Totals:
    """The total of every firm of a segment with the asking firm."""
    firm, weights, known = request.firm, request.weights, request.vocabularies
    points = np.array(
        [
            *(*weights.product, weights.breadth, weights.partnership, *weights.volume, weights.certificates),
            *(weights.languages, *weights.sector, weights.reciprocity, weights.products),
        ],
        dtype=np.int64,
    )
    sets = [
        np.array([request.partnership.get(0, 0), request.language.get(0, 0)], dtype=np.uint64),
        np.array(sorted(known["certificate"].known(firm.certificates)), dtype=np.int64),
    ]
    required = [name.split("\n") if name else [] for name in known["requirement"].codes]
    masks = np.array([_mask(known["certificate"].known(codes)) for codes in required], dtype=np.uint64)
    sizes = np.array([len(codes) for codes in required], dtype=np.int64)
    own = np.uint64(_mask(sets[1].tolist()))
    arrays = segment.arrays
    columns = [
        arrays[name]
        for side in ("offered", "sought")
        for name in (f"{side}.starts", f"{side}.codes", f"{side}.quantities", f"{side}.units")
    ]
    found: Totals = _totals(
        points,
        _lines(firm.sought, request),
        _lines(firm.offered, request),
        *columns,
        arrays["sought.requirements"],
        arrays["partnership.0"] & sets[0][0],
        arrays["language.0"] & sets[0][1],
        arrays["certificate.0"],
        arrays["sector.starts"],
        arrays["sector.codes"],
        np.array(request.sectors, dtype=np.int64),
        masks,
        sizes,
        own,
    )
    return found


def _mask(numbers: list[int]) -> int:
    if any(number > 63 for number in numbers):
        raise ValueError("this check knows up to 64 certificates")
    return sum(1 << number for number in numbers)


def _lines(lines: Any, request: Request) -> npt.NDArray[np.float64]:
    """Code, unit, amount, and the certificates a line requires as a number beside how many they are."""
    known = request.vocabularies
    rows = [
        (
            hs_number(line.hs),
            known["unit"].number(line.unit) if line.has_volume else -1,
            line.quantity_per_year or 0.0,
            float(_mask(known["certificate"].known(line.required_certificates))),
            len(line.required_certificates),
        )
        for line in lines
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), 5)


@njit(cache=True)
def _level(one: int, other: int) -> int:
    depth = min(one % 8, other % 8)
    if depth == 6 and one // 8 == other // 8:
        return 6
    if depth >= 4 and one // 800 == other // 800:
        return 4
    return 2 if one // 80000 == other // 80000 else 0


@njit(cache=True)
def _steps(points: Any, level: int) -> int:
    return points[2] if level == 6 else points[1] if level == 4 else points[0] if level == 2 else 0


@njit(cache=True)
def _volume(points: Any, capacity: float, need: float) -> int:
    return points[7] if capacity >= need else points[6] if 2 * capacity >= need else points[5]


@njit(cache=True)
def _bits(mask: int) -> int:
    count = 0
    while mask:
        mask &= mask - np.uint64(1)
        count += 1
    return count


@njit(cache=True)
def _totals(  # noqa: C901 - one plain loop on purpose, so that it can be read against the description
    points, sought, offered, o_starts, o_codes, o_amounts, o_units, s_starts, s_codes, s_amounts, s_units,
    s_required, partner, language, held, n_starts, n_codes, sectors, masks, sizes, own,
):  # fmt: skip
    firms = len(o_starts) - 1
    totals = np.zeros(firms, dtype=np.int16)
    for f in range(firms):
        level = covered = volume = certificates = 0
        for i in range(len(sought)):
            met = False
            for j in range(o_starts[f], o_starts[f + 1]):
                common = _level(int(sought[i, 0]), o_codes[j])
                level = max(level, common)
                if common >= 4:
                    met = True
                    if sought[i, 1] >= 0 and sought[i, 1] == o_units[j]:
                        volume = max(volume, _volume(points, o_amounts[j], sought[i, 2]))
            covered += met
            if met and sought[i, 4] > 0:
                share = _bits(held[f] & np.uint64(sought[i, 3])) * points[8] // int(sought[i, 4])
                certificates = max(certificates, share)
        a = _steps(points, level) + (points[3] * covered // max(len(sought), 1) if level else 0)
        level = covered = volume_b = certificates_b = 0
        for j in range(s_starts[f], s_starts[f + 1]):
            met = False
            for i in range(len(offered)):
                common = _level(int(offered[i, 0]), s_codes[j])
                level = max(level, common)
                if common >= 4:
                    met = True
                    if offered[i, 1] >= 0 and offered[i, 1] == s_units[j]:
                        volume_b = max(volume_b, _volume(points, offered[i, 2], s_amounts[j]))
            covered += met
            if met and s_required[j] > 0:
                share = points[8] * _bits(own & masks[s_required[j]]) // sizes[s_required[j]]
                certificates_b = max(certificates_b, share)
        lines = max(s_starts[f + 1] - s_starts[f], 1)
        b = _steps(points, level) + (points[3] * covered // lines if level else 0)
        near = 0
        for j in range(n_starts[f], n_starts[f + 1]):
            for i in range(len(sectors)):
                for at, width in enumerate((100, 10, 1)):
                    if n_codes[j] // width == sectors[i] // width:
                        near = max(near, points[10 + at])
        shared = points[4] * (partner[f] != 0) + points[9] * (language[f] != 0) + near
        mutual = points[13] * min(a, b) // points[14]
        totals[f] = a + b + volume + certificates + volume_b + certificates_b + 2 * (shared + mutual)
    return totals
