"""Chunks of invented firms as entries of the search index and as plain values."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from matchmaker.demo.generator.names import naming
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


def documents(chunk: Chunk) -> Iterator[FirmDocument]:
    """The entries of the index, with the fields in sight that a firm shows unless it chose otherwise.

    They say what `values` says, without what only a database keeps.
    """
    regions, own = [region_codes(country)[0] for country in COUNTRIES], [one.lower() for one in COUNTRIES]
    for (
        number,
        place,
        (region, main, size, chosen),
        chance,
        sectors,
        (languages, certificates),
        (offered, sought),
    ) in _drawn(chunk):
        country = COUNTRIES[place]
        name = naming(country, chance[0])
        yield FirmDocument(
            firm_id=number,
            names=(name.legal, name.romanised, name.trade),
            texts=texts(country, main, offered, chance[1]),
            name_language=own[place],
            country=country,
            region=regions[place][region],
            size=SIZES[size],
            nace=sectors,
            languages=languages,
            certificates=certificates,
            partnerships=_chosen(chosen)[1],
            offered=offered,
            sought=sought,
            registered=_FOR_REGISTERED,
        )


def _drawn(chunk: Chunk) -> Iterator[Any]:
    """Firm after firm: number, country, drawn numbers, chances, sectors, sets and goods."""
    columns = chunk.columns
    numbers = (chunk.region, chunk.main, chunk.size, chunk.chosen)
    return zip(
        columns.ids.tolist(),
        columns.country.tolist(),
        zip(*(one.tolist() for one in numbers), strict=True),
        chunk.chance.tolist(),
        _sectors(columns),
        zip(_sets(columns, "language"), _sets(columns, "certificate"), strict=True),
        zip(_goods(columns.offered), _goods(columns.sought), strict=True),
        strict=True,
    )


def _goods(lines: LineColumns) -> list[tuple[str, ...]]:
    flat = list(map(_TEXTS.__getitem__, lines.codes.tolist()))
    starts = starts_of(lines.counts).tolist()
    return [tuple(flat[first:last]) for first, last in pairwise(starts)]


def values(chunk: Chunk) -> Iterator[dict[str, Any]]:
    """Every firm as a dictionary: names, texts, codes, and lines of (code, amount or None, unit, certificates)."""
    columns = chunk.columns
    lines = {side: _lines(columns, getattr(columns, side)) for side in ("offered", "sought")}
    sectors = _sectors(columns)
    sets = {kind: _sets(columns, kind) for kind in ("language", "certificate")}
    parts = (chunk.region, chunk.main, chunk.size, chunk.headcount, chunk.chosen)
    chances, regions = chunk.chance.tolist(), [region_codes(country)[0] for country in COUNTRIES]
    rows = zip(
        columns.ids.tolist(), columns.country.tolist(), *(part.tolist() for part in parts), strict=True
    )
    for at, (number, place, region, main, size, headcount, chosen) in enumerate(rows):
        country = COUNTRIES[place]
        name, chance = naming(country, chances[at][0]), chances[at]
        offered = lines["offered"][at]
        partnerships = _chosen(chosen)
        yield {
            "id": number,
            "country": country,
            "legal_name": name.legal,
            "name_romanised": name.romanised,
            "trade_name": name.trade,
            "legal_form": name.form,
            "region": regions[place][region],
            "size": SIZES[size],
            "headcount": headcount,
            "founded": 1990 + int(chance[2] * 34),
            "sectors": sectors[at],
            "languages": sets["language"][at],
            "certificates": sets["certificate"][at],
            "partnerships": partnerships[0],
            "partnership_codes": partnerships[1],
            "offered": offered,
            "sought": lines["sought"][at],
            "texts": texts(country, main, [line[0] for line in offered], chance[1]),
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
    starts = starts_of(lines.counts).tolist()
    return [tuple(flat[first:last]) for first, last in pairwise(starts)]


class _Texts(dict[int, str]):
    """Codes of goods by their number, of which there are some ten thousand."""

    def __missing__(self, code: int) -> str:
        found = self[code] = hs_text(code)
        return found


_TEXTS: Final = _Texts()


def _sectors(columns: Columns) -> list[tuple[str, ...]]:
    flat = [f"{code // 100:02}.{code % 100:02}" for code in columns.sectors.tolist()]
    starts = starts_of(columns.sector_counts).tolist()
    return [tuple(flat[first:last]) for first, last in pairwise(starts)]


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
