"""Invented firms in chunks: the columns that lists and index are built from, drawn many at a time.

A firm is the same whatever number of firms is asked for: every chunk has chance of its own, by seed and number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from matchmaker.demo.generator.weights import (
    COUNTRIES,
    HEADCOUNTS,
    SHARES,
    SIZE_SHARES,
    baskets,
    branches,
    cumulative,
    region_codes,
    zipf,
)
from matchmaker.engines.fit.columns import UNKNOWN, Columns, LineColumns, Vocabularies, requirement, starts_of
from matchmaker.firms.enums import PartnershipSide
from matchmaker.matching.profiles import pairs

CHUNK: Final = 20_000
SEED: Final = 2026
TRADERS: Final = frozenset({"45", "46", "47"})
LANGUAGES: Final = ("tr", "ru", "en", "de", "ar", "fr", "zh", "kk", "az", "uk")
LANGUAGE_SHARES: Final = {
    "TR": (1.0, 0.16, 0.5, 0.1, 0.08, 0.03, 0.01, 0.01, 0.03, 0.01),
    "RU": (0.08, 1.0, 0.45, 0.06, 0.01, 0.02, 0.07, 0.04, 0.03, 0.05),
}
CERTIFICATES: Final = {
    "TR": (
        "ISO9001",
        "CE",
        "ISO14001",
        "EAC",
        "ISO45001",
        "ISO22000",
        "HACCP",
        "TR-KAPASITE",
        "HALAL-TSE",
        "BRCGS",
    ),
    "RU": ("EAC", "ISO9001", "EAC-DOC", "EAC-COC", "ISO14001", "HACCP", "ISO45001", "ISO22000", "ATEX", "CE"),
}
REQUIRED: Final = (
    ("EAC",),
    ("ISO9001",),
    ("CE",),
    ("EAC-DOC",),
    ("HACCP",),
    ("EAC", "ISO9001"),
    ("CE", "ISO9001"),
)
GIVES, TAKES = PartnershipSide.OFFERS, PartnershipSide.SEEKS
PARTNERSHIPS: Final[tuple[tuple[str, PartnershipSide, float, float], ...]] = (
    ("EXPORT", TAKES, 0.7, 0.35),
    ("EXPORT", GIVES, 0.1, 0.6),
    ("IMPORT", TAKES, 0.3, 0.4),
    ("IMPORT", GIVES, 0.2, 0.1),
    ("DISTRIBUTION", TAKES, 0.35, 0.1),
    ("DISTRIBUTION", GIVES, 0.05, 0.5),
    ("AGENCY", TAKES, 0.15, 0.08),
    ("AGENCY", GIVES, 0.03, 0.2),
    ("SUPPLIER", TAKES, 0.25, 0.3),
    ("SUPPLIER", GIVES, 0.3, 0.15),
    ("MANUFACTURING", GIVES, 0.2, 0.0),
    ("SUBCONTRACTING", GIVES, 0.12, 0.0),
    ("TECHCOOP", GIVES, 0.04, 0.01),
    ("JOINTVENTURE", GIVES, 0.05, 0.03),
)
"""Kind, side, share of makers and of traders that choose it."""
UNITS: Final = ("kg", "pcs", "pair", "m2", "l")
_MEASURED: Final = {"22": 4, "64": 2, "57": 3, "69": 3, "94": 1}
_OFFERS, _SEEKS = (0.35, 0.3, 0.2, 0.15), (0.3, 0.3, 0.2, 0.12, 0.08)


@dataclass(slots=True)
class Chunk:
    """Invented firms as columns; beside what the score sees, numbers that stand for region, size, name and so on.

    ``region`` counts the regions of the firm's country, ``main`` its most frequent classes; ``chance`` holds four
    numbers from 0 to 1 per firm for whatever a text or a row still has to draw; ``chosen`` a bit per PARTNERSHIPS.
    """

    columns: Columns
    region: npt.NDArray[np.int16]
    main: npt.NDArray[np.int16]
    size: npt.NDArray[np.int8]
    headcount: npt.NDArray[np.int32]
    chosen: npt.NDArray[np.int64]
    chance: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.columns)


@cache
def vocabularies() -> Vocabularies:
    """The codes of all invented firms; their order is fixed."""
    found = Vocabularies()
    for country in COUNTRIES:
        found["country"].add(country)
        for code in CERTIFICATES[country]:
            found["certificate"].add(code)
    for kind, codes in (("language", LANGUAGES), ("unit", UNITS)):
        for code in codes:
            found[kind].add(code)
    for some in REQUIRED:
        found["requirement"].add(requirement(some))
    for kind, side, *_shares in PARTNERSHIPS:
        for name, end in pairs([(kind, side)]):
            found["partnership"].add(f"{name}|{end}")
    return found


def firms(count: int, seed: int = SEED) -> Iterator[Chunk]:
    """So many invented firms, numbered from 1."""
    for first in range(0, count, CHUNK):
        yield chunk_at(first, count, seed)


def chunk_at(first: int, count: int, seed: int = SEED) -> Chunk:
    """The chunk after so many firms, a multiple of CHUNK, of a population of ``count``."""
    chunk = _chunk(first, seed)
    return chunk if first + CHUNK <= count else _part(chunk, count - first)


def chunk_of(number: int, seed: int = SEED) -> Chunk:
    """The chunk that a firm belongs to, without those before it."""
    return _chunk((number - 1) // CHUNK * CHUNK, seed)


def _chunk(first: int, seed: int) -> Chunk:
    chance = np.random.default_rng((seed, first // CHUNK))
    country = np.searchsorted(cumulative(SHARES), chance.random(CHUNK), side="right").astype(np.int16)
    main = np.empty(CHUNK, dtype=np.int16)
    region, headcount = np.empty(CHUNK, dtype=np.int16), np.empty(CHUNK, dtype=np.int32)
    size = np.searchsorted(cumulative(SIZE_SHARES), chance.random(CHUNK), side="right").astype(np.int8)
    classes = np.empty(CHUNK, dtype=np.int16)
    drawn = chance.random((CHUNK, 4))
    for at, name in enumerate(COUNTRIES):
        here = np.flatnonzero(country == at)
        codes, shares = branches(name)
        main[here] = np.searchsorted(shares, drawn[here, 0], side="right")
        classes[here] = np.asarray([int(code.replace(".", "")) for code in codes], dtype=np.int16)[main[here]]
        region[here] = np.searchsorted(region_codes(name)[1], drawn[here, 1], side="right")
        limits = np.asarray(HEADCOUNTS[name])[size[here]]
        headcount[here] = limits[:, 0] + (drawn[here, 2] * (limits[:, 1] - limits[:, 0] + 1)).astype(np.int32)
    trader = np.isin(classes // 100, [int(code) for code in TRADERS])
    offered = _lines(chance, country, classes, trader, _OFFERS, own=0.85)
    sought = _lines(chance, country, classes, trader, _SEEKS, own=0.3, required=0.25)
    chosen, partnerships = _partnerships(chance, trader)
    sectors, sector_counts = _sectors(chance, country, classes)
    columns = Columns(
        vocabularies=vocabularies(),
        ids=np.arange(first + 1, first + CHUNK + 1, dtype=np.int64),
        country=country,
        offered=offered,
        sought=sought,
        sets={
            "language": _habits(chance, country, [LANGUAGE_SHARES[name] for name in COUNTRIES]),
            "partnership": partnerships,
            "certificate": _certificates(chance, country, size),
        },
        sector_counts=sector_counts,
        sectors=sectors,
    )
    return Chunk(columns, region, main, size, headcount, chosen, chance.random((CHUNK, 4)))


def _lines(
    chance: np.random.Generator,
    country: npt.NDArray[np.int16],
    classes: npt.NDArray[np.int16],
    trader: npt.NDArray[np.bool_],
    shares: tuple[float, ...],
    *,
    own: float,
    required: float = 0.0,
) -> LineColumns:
    """Lines of goods: as many as the shares say (offers begin at one, needs at none), each good once per firm."""
    least = 1 if len(shares) == 4 else 0
    counts = np.searchsorted(cumulative(shares), chance.random(CHUNK), side="right") + least
    owner = np.repeat(np.arange(CHUNK, dtype=np.int64), counts)
    whose = np.where(trader[owner], 0.1, own)
    near = chance.random(len(owner)) < whose
    codes = np.empty(len(owner), dtype=np.int64)
    for at, name in enumerate(COUNTRIES):
        here = np.flatnonzero(country[owner] == at)
        codes[here] = _goods(name, classes[owner[here]], near[here], chance.random(len(here)))
    # Few firms state a heading or a chapter only.
    depth = np.asarray((6, 4, 2))[np.searchsorted((0.86, 0.97), chance.random(len(owner)))]
    cut = np.where(depth == 6, 1, np.where(depth == 4, 100, 10_000))
    codes = codes // cut * cut * 8 + depth
    lines = np.sort(owner * 10_000_000 + codes)
    owner, codes = np.divmod(lines[np.diff(lines, prepend=-1) != 0], 10_000_000)
    return _amounts(chance, owner, codes, required)


def _goods(
    country: str, classes: npt.NDArray[np.int16], near: npt.NDArray[np.bool_], drawn: npt.NDArray[np.float64]
) -> npt.NDArray[np.int32]:
    found, divisions = baskets(country)
    every = len(divisions) - 1
    table = np.full(100, every, dtype=np.int64)
    for at, division in enumerate(divisions[:-1]):
        table[int(division)] = at
    return found.draw(np.where(near, table[classes // 100], every), drawn)


def _amounts(
    chance: np.random.Generator, owner: npt.NDArray[np.int64], codes: npt.NDArray[np.int64], required: float
) -> LineColumns:
    lines = len(codes)
    unit_of = np.asarray([_MEASURED.get(f"{chapter:02}", int(chapter > 83)) for chapter in range(100)])
    stated = chance.random(lines) < 0.6
    amount = np.round(np.exp(chance.normal(7.5, 2.0, lines)), -1) + 10
    asking = chance.random(lines) < required
    which = 1 + np.searchsorted(zipf(len(REQUIRED)), chance.random(lines), side="right")
    return LineColumns(
        counts=np.bincount(owner, minlength=CHUNK).astype(np.int64),
        codes=codes.astype(np.int32),
        quantities=np.where(stated, amount, 0.0),
        units=np.where(stated, unit_of[codes // 80_000], UNKNOWN).astype(np.int16),
        requirements=np.where(asking, which, 0).astype(np.int32),
    )


def _habits(
    chance: np.random.Generator, country: npt.NDArray[np.int16], shares: list[tuple[float, ...]]
) -> npt.NDArray[np.uint64]:
    """A bit for each thing that a firm has, by the shares of its country."""
    has = chance.random((CHUNK, len(shares[0]))) < np.asarray(shares)[country]
    return _packed(has)


def _packed(has: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    powers = np.uint64(1) << np.arange(has.shape[1], dtype=np.uint64)
    rows: npt.NDArray[np.uint64] = (has * powers).sum(axis=1, dtype=np.uint64)
    return rows[:, np.newaxis]


def _certificates(
    chance: np.random.Generator, country: npt.NDArray[np.int16], size: npt.NDArray[np.int8]
) -> npt.NDArray[np.uint64]:
    known = vocabularies()["certificate"]
    shares = np.zeros((len(COUNTRIES), len(known)))
    for at, name in enumerate(COUNTRIES):
        for rank, code in enumerate(CERTIFICATES[name]):
            shares[at, known.number(code)] = 0.35 / (rank + 1)
    scale = np.asarray((0.5, 1.5, 2.4))[size][:, np.newaxis]
    return _packed(chance.random((CHUNK, len(known))) < shares[country] * scale)


def _partnerships(
    chance: np.random.Generator, trader: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64]]:
    """What firms choose, a bit per PARTNERSHIPS and at least the first, and all that the score takes it to mean."""
    shares = np.asarray([[row[2] for row in PARTNERSHIPS], [row[3] for row in PARTNERSHIPS]])
    has = chance.random((CHUNK, len(PARTNERSHIPS))) < shares[trader.astype(np.int8)]
    has[:, 0] |= ~has.any(axis=1)
    known = vocabularies()["partnership"]
    meant = np.zeros((CHUNK, len(known)), dtype=np.bool_)
    for at, (kind, side, *_shares) in enumerate(PARTNERSHIPS):
        for name, end in pairs([(kind, side)]):
            meant[:, known.number(f"{name}|{end}")] |= has[:, at]
    return (has * (1 << np.arange(len(PARTNERSHIPS)))).sum(axis=1), _packed(meant)


def _sectors(
    chance: np.random.Generator, country: npt.NDArray[np.int16], classes: npt.NDArray[np.int16]
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int64]]:
    """The main class and, for one firm in four, another of its country."""
    other = np.empty(CHUNK, dtype=np.int16)
    drawn = chance.random(CHUNK)
    for at, name in enumerate(COUNTRIES):
        codes, shares = branches(name)
        here = np.flatnonzero(country == at)
        table = np.asarray([int(code.replace(".", "")) for code in codes], dtype=np.int16)
        other[here] = table[np.searchsorted(shares, drawn[here], side="right")]
    has = (chance.random(CHUNK) < 0.25) & (other != classes)
    owner = np.concatenate((np.arange(CHUNK), np.flatnonzero(has)))
    codes_of = np.concatenate((classes, other[has]))
    order = np.lexsort((codes_of, owner))
    return codes_of[order], 1 + has.astype(np.int64)


def _part(chunk: Chunk, count: int) -> Chunk:
    """The first firms of a chunk."""
    columns = chunk.columns
    lines = {side: _first_lines(getattr(columns, side), count) for side in ("offered", "sought")}
    sectors = int(starts_of(columns.sector_counts)[count])
    return Chunk(
        columns=Columns(
            vocabularies=columns.vocabularies,
            ids=columns.ids[:count],
            country=columns.country[:count],
            offered=lines["offered"],
            sought=lines["sought"],
            sets={kind: rows[:count] for kind, rows in columns.sets.items()},
            sector_counts=columns.sector_counts[:count],
            sectors=columns.sectors[:sectors],
        ),
        region=chunk.region[:count],
        main=chunk.main[:count],
        size=chunk.size[:count],
        headcount=chunk.headcount[:count],
        chosen=chunk.chosen[:count],
        chance=chunk.chance[:count],
    )


def _first_lines(lines: LineColumns, count: int) -> LineColumns:
    end = int(starts_of(lines.counts)[count])
    return LineColumns(
        lines.counts[:count],
        lines.codes[:end],
        lines.quantities[:end],
        lines.units[:end],
        lines.requirements[:end],
    )
