"""Profiles as flat columns: what lists are built from and what totals are computed from, many firms at a time.

A code of the Harmonized System is one number that keeps its depth: six digits, filled with zeros, times eight, plus the
digits it really has. So all codes under a chapter or heading lie beside each other. Sets of codes are bits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from matchmaker.engines.fit.profile import FitProfile, ProductLine, digits

Ints = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]
UNKNOWN: Final = -1
"""The number of a code that no firm has."""
WORD: Final = 64


def hs_number(hs: str) -> int:
    """A code of 2, 4 or 6 digits as one number."""
    return int(hs.ljust(6, "0")) * 8 + len(hs)


def hs_text(number: int) -> str:
    """The code of a number."""
    return f"{number // 8:06}"[: number % 8]


class Codes:
    """Codes of one kind, numbered in the order in which they came; numbers never change."""

    def __init__(self, codes: Iterable[str] = ()) -> None:
        self.codes: list[str] = []
        self._numbers: dict[str, int] = {}
        for code in codes:
            self.add(code)

    def __len__(self) -> int:
        return len(self.codes)

    def number(self, code: str | None) -> int:
        """The number of a code, UNKNOWN for one that no firm has."""
        return UNKNOWN if code is None else self._numbers.get(code, UNKNOWN)

    def add(self, code: str) -> int:
        """The number of a code, a new one if need be."""
        number = self._numbers.setdefault(code, len(self.codes))
        if number == len(self.codes):
            self.codes.append(code)
        return number

    def known(self, codes: Iterable[str]) -> list[int]:
        """The numbers of those of the codes that some firm has."""
        return [number for number in map(self.number, codes) if number != UNKNOWN]

    def words(self, codes: Iterable[str]) -> dict[int, int]:
        """The known codes as bits: the mask of each 64-bit word that has any."""
        masks: dict[int, int] = {}
        for number in self.known(codes):
            masks[number // WORD] = masks.get(number // WORD, 0) | 1 << number % WORD
        return masks

    @property
    def width(self) -> int:
        """64-bit words that a set of these codes takes."""
        return max(1, -(-len(self.codes) // WORD))


KINDS: Final = ("country", "language", "partnership", "certificate", "unit", "requirement")
SET_KINDS: Final = ("language", "partnership", "certificate")


class Vocabularies:
    """The codes of all kinds. A requirement is a whole set of certificates, its codes joined; the empty one is number 0."""

    def __init__(self, codes: dict[str, list[str]] | None = None) -> None:
        self._kinds = {kind: Codes((codes or {}).get(kind, ())) for kind in KINDS}
        self["requirement"].add("")

    def __getitem__(self, kind: str) -> Codes:
        return self._kinds[kind]

    def codes(self) -> dict[str, list[str]]:
        """The codes of every kind in the order of their numbers."""
        return {kind: list(codes.codes) for kind, codes in self._kinds.items()}


def requirement(certificates: Iterable[str]) -> str:
    """The name of a set of required certificates."""
    return "\n".join(sorted(certificates))


@dataclass(slots=True)
class LineColumns:
    """The lines of many firms on one side, firm after firm: how many each has, code, yearly amount, unit, requirement."""

    counts: Ints
    codes: npt.NDArray[np.int32]
    quantities: npt.NDArray[np.float64]
    units: npt.NDArray[np.int16]
    requirements: npt.NDArray[np.int32]


@dataclass(slots=True)
class Columns:
    """Many firms. ``sets`` holds a row of bits per firm for each of SET_KINDS; ``sectors`` are NACE classes as numbers,
    ``sector_counts`` how many each firm has.
    """

    vocabularies: Vocabularies
    ids: Ints
    country: npt.NDArray[np.int16]
    offered: LineColumns
    sought: LineColumns
    sets: dict[str, Bits]
    sector_counts: Ints
    sectors: npt.NDArray[np.int16]
    _starts: dict[str, Ints] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, profiles: Sequence[FitProfile], vocabularies: Vocabularies) -> Self:
        """The columns of profiles; their codes are added to the vocabularies."""
        country = [vocabularies["country"].add(one.country) for one in profiles]
        sectors = [sorted({int(digits(code)) for code in one.sectors}) for one in profiles]
        return cls(
            vocabularies=vocabularies,
            ids=np.asarray([one.firm_id for one in profiles], dtype=np.int64),
            country=np.asarray(country, dtype=np.int16),
            offered=_lines([one.offered for one in profiles], vocabularies),
            sought=_lines([one.sought for one in profiles], vocabularies),
            sets={
                "language": bits([one.languages for one in profiles], vocabularies["language"]),
                "partnership": bits(
                    [[f"{kind}|{side}" for kind, side in sorted(one.partnerships)] for one in profiles],
                    vocabularies["partnership"],
                ),
                "certificate": bits([one.certificates for one in profiles], vocabularies["certificate"]),
            },
            sector_counts=np.asarray([len(codes) for codes in sectors], dtype=np.int64),
            sectors=np.asarray([code for codes in sectors for code in codes], dtype=np.int16),
        )

    def profile(self, at: int) -> FitProfile:
        """The profile of the firm at a place, as far as the score sees it."""
        first, last = self._span("sectors", self.sector_counts, at)
        partnerships = self._set("partnership", at)
        return FitProfile(
            firm_id=int(self.ids[at]),
            country=self.vocabularies["country"].codes[int(self.country[at])],
            offered=self._profile_lines("offered", self.offered, at),
            sought=self._profile_lines("sought", self.sought, at),
            partnerships=frozenset(
                (kind, side) for kind, _, side in (p.rpartition("|") for p in partnerships)
            ),
            certificates=self._set("certificate", at),
            languages=self._set("language", at),
            sectors=tuple(f"{code:04}" for code in self.sectors[first:last].tolist()),
        )

    def _span(self, name: str, counts: Ints, at: int) -> tuple[int, int]:
        if name not in self._starts:
            self._starts[name] = starts_of(counts)
        starts = self._starts[name]
        return int(starts[at]), int(starts[at + 1])

    def _set(self, kind: str, at: int) -> frozenset[str]:
        codes = self.vocabularies[kind].codes
        row = self.sets[kind][at]
        return frozenset(
            codes[word * WORD + bit]
            for word, mask in enumerate(row.tolist())
            for bit in range(WORD)
            if mask >> bit & 1
        )

    def _profile_lines(self, name: str, lines: LineColumns, at: int) -> tuple[ProductLine, ...]:
        first, last = self._span(name, lines.counts, at)
        return tuple(
            _profile_line(self.vocabularies, *row)
            for row in zip(
                lines.codes[first:last].tolist(),
                lines.quantities[first:last].tolist(),
                lines.units[first:last].tolist(),
                lines.requirements[first:last].tolist(),
                strict=True,
            )
        )


def _profile_line(
    vocabularies: Vocabularies, code: int, quantity: float, unit: int, required: int
) -> ProductLine:
    known = unit != UNKNOWN
    return ProductLine(
        hs_text(code),
        quantity_per_year=quantity if known else None,
        unit=vocabularies["unit"].codes[unit] if known else None,
        required_certificates=frozenset(vocabularies["requirement"].codes[required].split("\n")) - {""},
    )


def starts_of(counts: npt.NDArray[np.integer]) -> Ints:
    """Where the entries of each begin, and the end of the last."""
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def bits(sets: Sequence[Iterable[str]], codes: Codes) -> Bits:
    """A row of bits per set; new codes are added."""
    numbers = [[codes.add(code) for code in sorted(some)] for some in sets]
    rows = np.zeros((len(sets), codes.width), dtype=np.uint64)
    for at, some in enumerate(numbers):
        for number in some:
            rows[at, number // WORD] |= np.uint64(1 << number % WORD)
    return rows


def _lines(products: Sequence[Sequence[ProductLine]], vocabularies: Vocabularies) -> LineColumns:
    lines = [line for some in products for line in some]
    for line in lines:
        for code in sorted(line.required_certificates):
            vocabularies["certificate"].add(code)
    units = [
        vocabularies["unit"].add(line.unit) if line.has_volume and line.unit else UNKNOWN for line in lines
    ]
    required = [vocabularies["requirement"].add(requirement(line.required_certificates)) for line in lines]
    return LineColumns(
        counts=np.asarray([len(some) for some in products], dtype=np.int64),
        codes=np.asarray([hs_number(line.hs) for line in lines], dtype=np.int32),
        quantities=np.asarray(
            [line.quantity_per_year if line.has_volume else 0.0 for line in lines], dtype=np.float64
        ),
        units=np.asarray(units, dtype=np.int16),
        requirements=np.asarray(required, dtype=np.int32),
    )
