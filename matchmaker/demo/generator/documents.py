"""Chunks of invented firms as entries of the search index and as plain values."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from matchmaker.demo.generator.names import Naming, namings
from matchmaker.demo.generator.stream import PARTNERSHIPS, Chunk
from matchmaker.demo.generator.texts import texts
from matchmaker.demo.generator.weights import COUNTRIES, SIZES, region_codes
from matchmaker.directory.documents import PARTS
from matchmaker.engines.fit.columns import WORD, Columns, LineColumns, hs_text, starts_of
from matchmaker.engines.search.document import FirmDocument
from matchmaker.firms.enums import Visibility
from matchmaker.firms.rules import DEFAULT_VISIBILITY

_FOR_REGISTERED: Final = frozenset(
    part
    for group, level in DEFAULT_VISIBILITY.items()
    if level is Visibility.REGISTERED
    for part in PARTS.get(group, ())
)

_Value = TypeVar("_Value")


def documents(chunk: Chunk) -> Iterator[FirmDocument]:
    """The entries of the index, with the fields in sight that a firm shows unless it chose otherwise.

    They say what `values` says, without what only a database keeps.
    """
    columns = chunk.columns
    regions, own = [region_codes(country)[0] for country in COUNTRIES], [one.lower() for one in COUNTRIES]
    offered = _goods(columns.offered)
    numbers = (columns.ids, columns.country, chunk.region, chunk.size, chunk.chosen)
    sets = (_sectors(columns), _sets(columns, "language"), _sets(columns, "certificate"))
    for (number, place, region, size, chosen), name, said, (
        sectors,
        languages,
        certificates,
    ), sold, wanted in zip(
        zip(*(one.tolist() for one in numbers), strict=True),
        _namings(chunk),
        _texts(chunk, offered),
        zip(*sets, strict=True),
        offered,
        _goods(columns.sought),
        strict=True,
    ):
        yield FirmDocument(
            firm_id=number,
            names=(name.legal, name.romanised, name.trade),
            texts=said,
            name_language=own[place],
            country=COUNTRIES[place],
            region=regions[place][region],
            size=SIZES[size],
            nace=sectors,
            languages=languages,
            certificates=certificates,
            partnerships=_chosen(chosen)[1],
            offered=sold,
            sought=wanted,
            registered=_FOR_REGISTERED,
        )


def _namings(chunk: Chunk) -> Iterator[Naming]:
    return namings(chunk.columns.country, chunk.chance[:, 0])


def _texts(chunk: Chunk, offered: Iterable[Sequence[str]]) -> Iterator[dict[str, str]]:
    return texts(chunk.columns.country, chunk.main, chunk.chance[:, 1], offered)


def _goods(lines: LineColumns) -> list[tuple[str, ...]]:
    return _of_each(map(_TEXTS.__getitem__, lines.codes.tolist()), lines.counts)


def _of_each(values: Iterable[_Value], counts: npt.NDArray[np.int64]) -> list[tuple[_Value, ...]]:
    """The values of each firm, which has so many of them."""
    flat = tuple(values)
    return [flat[first:last] for first, last in pairwise(starts_of(counts).tolist())]


def values(chunk: Chunk) -> Iterator[dict[str, Any]]:
    """Every firm as a dictionary: names, texts, codes, and lines of (code, amount or None, unit, certificates)."""
    columns = chunk.columns
    lines = {side: _lines(columns, getattr(columns, side)) for side in ("offered", "sought")}
    sectors = _sectors(columns)
    sets = {kind: _sets(columns, kind) for kind in ("language", "certificate")}
    numbers = (columns.ids, columns.country, chunk.region, chunk.size, chunk.headcount, chunk.chosen)
    founded = (1990 + (chunk.chance[:, 2] * 34).astype(np.int64)).tolist()
    regions = [region_codes(country)[0] for country in COUNTRIES]
    written = _texts(chunk, [[line[0] for line in some] for some in lines["offered"]])
    rows = zip(zip(*(one.tolist() for one in numbers), strict=True), _namings(chunk), written, strict=True)
    for at, ((number, place, region, size, headcount, chosen), name, said) in enumerate(rows):
        partnerships = _chosen(chosen)
        yield {
            "id": number,
            "country": COUNTRIES[place],
            "legal_name": name.legal,
            "name_romanised": name.romanised,
            "trade_name": name.trade,
            "legal_form": name.form,
            "region": regions[place][region],
            "size": SIZES[size],
            "headcount": headcount,
            "founded": founded[at],
            "sectors": sectors[at],
            "languages": sets["language"][at],
            "certificates": sets["certificate"][at],
            "partnerships": partnerships[0],
            "partnership_codes": partnerships[1],
            "offered": lines["offered"][at],
            "sought": lines["sought"][at],
            "texts": said,
        }


Line = tuple[str, float | None, str, tuple[str, ...]]


def _lines(columns: Columns, lines: LineColumns) -> list[tuple[Line, ...]]:
    units, requirements = columns.vocabularies["unit"].codes, columns.vocabularies["requirement"].codes
    required = [tuple(code.split("\n")) if code else () for code in requirements]
    flat: list[Line] = [
        (_TEXTS[code], amount if unit >= 0 else None, units[unit] if unit >= 0 else "", required[wanted])
        for code, amount, unit, wanted in zip(
            lines.codes.tolist(),
            lines.quantities.tolist(),
            lines.units.tolist(),
            lines.requirements.tolist(),
            strict=True,
        )
    ]
    return _of_each(flat, lines.counts)


class _Texts(dict[int, str]):
    """Codes by their number, of which there are some thousand."""

    def __init__(self, spelled: Callable[[int], str]) -> None:
        super().__init__()
        self._spelled = spelled

    def __missing__(self, code: int) -> str:
        found = self[code] = self._spelled(code)
        return found


_TEXTS: Final = _Texts(hs_text)
_SECTORS: Final = _Texts(lambda code: f"{code // 100:02}.{code % 100:02}")


def _sectors(columns: Columns) -> list[tuple[str, ...]]:
    return _of_each(map(_SECTORS.__getitem__, columns.sectors.tolist()), columns.sector_counts)


def _sets(columns: Columns, kind: str) -> list[tuple[str, ...]]:
    codes = columns.vocabularies[kind].codes
    known: dict[int, tuple[str, ...]] = {}
    found = []
    for mask in columns.sets[kind][:, 0].tolist():
        if mask not in known:
            known[mask] = tuple(codes[bit] for bit in range(min(WORD, len(codes))) if mask >> bit & 1)
        found.append(known[mask])
    return found


_CHOSEN: dict[int, tuple[tuple[tuple[str, str], ...], tuple[str, ...]]] = {}


def _chosen(mask: int) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Kinds of partnership with their sides, and the codes by which the index knows them."""
    found = _CHOSEN.get(mask)
    if found is None:
        rows = tuple((row[0], row[1].value) for at, row in enumerate(PARTNERSHIPS) if mask >> at & 1)
        kinds = tuple(dict.fromkeys(kind for kind, _side in rows))
        found = _CHOSEN[mask] = (rows, (*kinds, *(f"{kind}:{side}" for kind, side in rows)))
    return found
