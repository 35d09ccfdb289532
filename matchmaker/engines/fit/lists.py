"""All firms as inverted lists over their codes, and the totals of one firm against all of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from matchmaker.engines.fit.points import (
    IntArray,
    breadth_points,
    certificate_points,
    product_steps,
    reciprocity_points,
    sector_steps,
    volume_points_of_many,
)
from matchmaker.engines.fit.postings import Arrays, Postings
from matchmaker.engines.fit.profile import COMPLEMENTS, FitProfile, ProductLine, digits
from matchmaker.engines.fit.weights import Weights

Totals = npt.NDArray[np.int16]
Bits = npt.NDArray[np.uint64]

_LEVELS: Final = (2, 4, 6)
_SECTOR_LEVELS: Final = (2, 3, 4)
_POSTINGS: Final = (
    *(f"{side}{level}" for side in ("offered", "sought") for level in _LEVELS),
    *(f"sector{level}" for level in _SECTOR_LEVELS),
    "language",
    "partnership",
)
_UNKNOWN: Final = -1


class Vocabulary:
    """Codes of one kind, numbered in alphabetical order."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = sorted(set(codes))
        self._numbers = {code: number for number, code in enumerate(self.codes)}

    def number(self, code: str | None) -> int:
        """The number of a code, -1 for one that no firm has."""
        return _UNKNOWN if code is None else self._numbers.get(code, _UNKNOWN)

    def bits(self, sets: Sequence[Iterable[str]]) -> Bits:
        """One row of 64-bit words per set, a bit per known code."""
        width = max(1, -(-len(self.codes) // 64))
        rows = np.zeros((len(sets), width), dtype=np.uint64)
        for at, codes in enumerate(sets):
            for number in map(self.number, codes):
                if number != _UNKNOWN:
                    rows[at, number // 64] |= np.uint64(1) << np.uint64(number % 64)
        return rows


def _common_bits(one: Bits, other: Bits) -> IntArray:
    counts: IntArray = np.bitwise_count(one & other).sum(axis=1, dtype=np.int64)
    return counts


def _prefix(hs: str, level: int) -> int:
    return int(hs[:level])


class Lists:
    """The lists over a set of profiles, in the order of their firm ids; never changed after it was built."""

    def __init__(self, arrays: Arrays, vocabularies: dict[str, Vocabulary]) -> None:
        self.arrays = arrays
        self.vocabularies = vocabularies
        self.ids: IntArray = arrays["ids"].view(np.int64)
        self.countries = arrays["country"].view(np.int32)
        self._lines = arrays["lines"].view(np.int64)
        self._certificates = arrays["certificates"].view(np.uint64)
        self._postings = {name: Postings.from_arrays(name, arrays) for name in _POSTINGS}

    @classmethod
    def build(cls, profiles: Iterable[FitProfile]) -> Self:
        """Lists over the profiles; ValueError when a firm comes twice."""
        firms = sorted(profiles, key=lambda profile: profile.firm_id)
        if len({firm.firm_id for firm in firms}) != len(firms):
            raise ValueError("a firm may have one profile only")
        vocabularies = _vocabularies(firms)
        arrays: Arrays = {
            "ids": np.asarray([firm.firm_id for firm in firms], dtype=np.int64),
            "country": np.asarray(
                [vocabularies["country"].number(firm.country) for firm in firms], dtype=np.int32
            ),
            "lines": np.asarray([len(firm.sought) for firm in firms], dtype=np.int64),
            "certificates": vocabularies["certificate"].bits([firm.certificates for firm in firms]),
        }
        arrays |= _product_arrays("offered", [firm.offered for firm in firms], vocabularies)
        arrays |= _product_arrays("sought", [firm.sought for firm in firms], vocabularies)
        arrays |= _code_arrays(firms, vocabularies)
        return cls(arrays, vocabularies)

    def places_of(self, ids: Iterable[int]) -> tuple[IntArray, IntArray]:
        """Of these firms the ones that are here: their ids and their places."""
        wanted = np.unique(np.fromiter(ids, dtype=np.int64))
        at = np.searchsorted(self.ids, wanted)
        known = at < len(self.ids)
        known[known] = self.ids[at[known]] == wanted[known]
        return wanted[known], at[known].astype(np.int64)

    def totals(self, firm: FitProfile, weights: Weights) -> Totals:
        """The total of ``score(firm, other, weights)`` for every firm here, by place."""
        totals = self._shared_points(firm, weights)
        level_a, level_b = self._levels("offered", firm.sought), self._levels("sought", firm.offered)
        touched = np.flatnonzero(level_a | level_b)
        if len(touched) == 0:
            return totals
        products_a, products_b = self._product_points(firm, level_a, level_b, touched, weights)
        mutual = reciprocity_points(np.minimum(products_a, products_b), weights)
        extra = self._volume(firm, weights)[touched] + self._certificate_points(firm, weights)[touched]
        totals[touched] += (products_a + products_b + 2 * mutual + extra).astype(np.int16)
        return totals

    def _shared_points(self, firm: FitProfile, weights: Weights) -> Totals:
        """Points that both sides get alike: partnership, languages, sector."""
        totals: Totals = np.zeros(len(self.ids), dtype=np.int16)
        answers = [f"{kind}|{COMPLEMENTS[side]}" for kind, side in firm.partnerships]
        for name, codes, points in (
            ("partnership", answers, weights.partnership),
            ("language", firm.languages, weights.languages),
        ):
            shared = np.zeros(len(self.ids), dtype=np.bool_)
            for number in map(self.vocabularies[name].number, codes):
                shared[self._postings[name].of(number)] = True
            totals += shared.astype(np.int16) * np.int16(2 * points)
        level = np.zeros(len(self.ids), dtype=np.int8)
        for digits_in_common in _SECTOR_LEVELS:
            for sector in sorted({digits(code)[:digits_in_common] for code in firm.sectors}):
                level[self._postings[f"sector{digits_in_common}"].of(int(sector))] = digits_in_common
        totals += np.asarray(sector_steps(weights), dtype=np.int16)[level] * np.int16(2)
        return totals

    def _levels(self, name: str, lines: Sequence[ProductLine]) -> npt.NDArray[np.int8]:
        """Most HS digits that any of these lines has in common with any line of each firm."""
        level = np.zeros(len(self.ids), dtype=np.int8)
        for length in _LEVELS:
            for key in sorted({_prefix(line.hs, length) for line in lines if len(line.hs) >= length}):
                level[self._postings[f"{name}{length}"].of(key)] = length
        return level

    def _product_points(
        self,
        firm: FitProfile,
        level_a: npt.NDArray[np.int8],
        level_b: npt.NDArray[np.int8],
        touched: npt.NDArray[np.intp],
        weights: Weights,
    ) -> tuple[IntArray, IntArray]:
        steps = np.asarray(product_steps(weights), dtype=np.int64)
        covered_a: IntArray = np.zeros(len(self.ids), dtype=np.int64)
        for key, lines in Counter(_prefix(line.hs, 4) for line in firm.sought if len(line.hs) >= 4).items():
            covered_a[self._postings["offered4"].distinct(key)] += lines
        covered_b: IntArray = np.zeros(len(self.ids), dtype=np.int64)
        for key in sorted({_prefix(line.hs, 4) for line in firm.offered if len(line.hs) >= 4}):
            np.add.at(covered_b, self._postings["sought4"].of(key), 1)
        lines_a: IntArray = np.full(len(touched), max(len(firm.sought), 1), dtype=np.int64)
        lines_b: IntArray = np.maximum(self._lines[touched], 1)
        points_a: IntArray = steps[level_a[touched]] + breadth_points(covered_a[touched], lines_a, weights)
        points_b: IntArray = steps[level_b[touched]] + breadth_points(covered_b[touched], lines_b, weights)
        return points_a, points_b

    def _volume(self, firm: FitProfile, weights: Weights) -> IntArray:
        """Volume points of both sides."""
        best: dict[str, IntArray] = {}
        for name, lines in (("offered", firm.sought), ("sought", firm.offered)):
            best[name] = np.zeros(len(self.ids), dtype=np.int64)
            for line in lines:
                if line.has_volume and len(line.hs) >= 4:
                    self._raise_volume(best[name], name, line, weights)
        return best["offered"] + best["sought"]

    def _raise_volume(self, best: IntArray, name: str, line: ProductLine, weights: Weights) -> None:
        span = self._postings[f"{name}4"].span(_prefix(line.hs, 4))
        unit = self.vocabularies["unit"].number(line.unit)
        same_unit = (self.arrays[f"{name}.unit"].view(np.int32)[span] == unit) & (unit != _UNKNOWN)
        theirs = self.arrays[f"{name}.quantity"].view(np.float64)[span][same_unit]
        ours = np.full(len(theirs), line.quantity_per_year, dtype=np.float64)
        capacity, need = (theirs, ours) if name == "offered" else (ours, theirs)
        places = self._postings[f"{name}4"].places[span][same_unit]
        np.maximum.at(best, places, volume_points_of_many(capacity, need, weights))

    def _certificate_points(self, firm: FitProfile, weights: Weights) -> IntArray:
        """Certificate points of both sides."""
        required = self.vocabularies["certificate"]
        best_a: IntArray = np.zeros(len(self.ids), dtype=np.int64)
        for line in firm.sought:
            if line.required_certificates and len(line.hs) >= 4:
                places = self._postings["offered4"].distinct(_prefix(line.hs, 4))
                held = _common_bits(self._certificates[places], required.bits([line.required_certificates]))
                count: IntArray = np.full(len(held), len(line.required_certificates), dtype=np.int64)
                best_a[places] = np.maximum(best_a[places], certificate_points(held, count, weights))
        best_b: IntArray = np.zeros(len(self.ids), dtype=np.int64)
        own = required.bits([firm.certificates])
        counts = self.arrays["sought.required_count"].view(np.int64)
        for key in sorted({_prefix(line.hs, 4) for line in firm.offered if len(line.hs) >= 4}):
            span = self._postings["sought4"].span(key)
            asking = counts[span] > 0
            held = _common_bits(self.arrays["sought.required"].view(np.uint64)[span][asking], own)
            places = self._postings["sought4"].places[span][asking]
            np.maximum.at(best_b, places, certificate_points(held, counts[span][asking], weights))
        return best_a + best_b


def _vocabularies(firms: Sequence[FitProfile]) -> dict[str, Vocabulary]:
    lines = [line for firm in firms for line in (*firm.offered, *firm.sought)]
    certificates = {code for firm in firms for code in firm.certificates}
    certificates.update(code for line in lines for code in line.required_certificates)
    return {
        "country": Vocabulary(firm.country for firm in firms),
        "language": Vocabulary(code for firm in firms for code in firm.languages),
        "partnership": Vocabulary(f"{kind}|{side}" for firm in firms for kind, side in firm.partnerships),
        "certificate": Vocabulary(certificates),
        "unit": Vocabulary(line.unit for line in lines if line.unit),
    }


def _product_arrays(
    name: str, products: Sequence[Sequence[ProductLine]], vocabularies: dict[str, Vocabulary]
) -> Arrays:
    """Lists by chapter and subheading once per firm, by heading once per line with the line's columns beside."""
    arrays: Arrays = {}
    for level in (2, 6):
        entries = sorted(
            {
                (_prefix(line.hs, level), place)
                for place, lines in enumerate(products)
                for line in lines
                if len(line.hs) >= level
            }
        )
        postings, _ = Postings.build([key for key, _ in entries], [place for _, place in entries])
        arrays |= postings.arrays(f"{name}{level}")
    by_line = [(place, line) for place, lines in enumerate(products) for line in lines if len(line.hs) >= 4]
    postings, order = Postings.build(
        [_prefix(line.hs, 4) for _, line in by_line], [place for place, _ in by_line]
    )
    arrays |= postings.arrays(f"{name}4")
    ordered = [by_line[at][1] for at in order.tolist()]
    arrays[f"{name}.quantity"] = np.asarray(
        [line.quantity_per_year if line.has_volume else np.nan for line in ordered], dtype=np.float64
    )
    units = [vocabularies["unit"].number(line.unit) if line.has_volume else _UNKNOWN for line in ordered]
    arrays[f"{name}.unit"] = np.asarray(units, dtype=np.int32)
    if name == "sought":
        required = [line.required_certificates for line in ordered]
        arrays["sought.required"] = vocabularies["certificate"].bits(required)
        arrays["sought.required_count"] = np.asarray([len(codes) for codes in required], dtype=np.int64)
    return arrays


def _code_arrays(firms: Sequence[FitProfile], vocabularies: dict[str, Vocabulary]) -> Arrays:
    entries: dict[str, list[tuple[int, int]]] = {
        f"sector{level}": [
            (int(sector), place)
            for place, firm in enumerate(firms)
            for sector in {digits(code)[:level] for code in firm.sectors}
        ]
        for level in _SECTOR_LEVELS
    }
    entries["language"] = [
        (vocabularies["language"].number(code), place)
        for place, firm in enumerate(firms)
        for code in firm.languages
    ]
    entries["partnership"] = [
        (vocabularies["partnership"].number(f"{kind}|{side}"), place)
        for place, firm in enumerate(firms)
        for kind, side in firm.partnerships
    ]
    arrays: Arrays = {}
    for name, pairs in entries.items():
        postings, _ = Postings.build([key for key, _ in pairs], [place for _, place in pairs])
        arrays |= postings.arrays(name)
    return arrays
