"""Writes chunks of invented firms as verified firms with all that belongs to them, in bulk."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from stdnum.ru import inn
from stdnum.tr import tckimlik, vkn

from matchmaker.demo.generator.documents import Line, values
from matchmaker.demo.generator.stream import Chunk
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.engines.text.names import name_key
from matchmaker.firms.enums import FirmSource, FirmState, Side, TextSource
from matchmaker.firms.models import (
    Firm,
    FirmCertificate,
    FirmIdentifier,
    FirmLanguage,
    FirmPartnership,
    FirmProduct,
    FirmSector,
    FirmText,
    SearchOutbox,
)
from matchmaker.reference.nace import NaceRevision

MOST: Final = 8_000_000
"""More firms than this would leave the ranges of numbers that invented firms have."""
SUMMARY: Final = 250
_SOLE: Final = frozenset({"TR-SAHIS", "RU-IP"})


def store(chunk: Chunk, morning: datetime) -> int:
    """Write the firms of a chunk; answers how many."""
    rows = list(values(chunk))
    ids = add_numbered(Firm, [_firm(row, morning) for row in rows])
    tables: dict[Any, list[dict[str, Any]]] = {}
    for number, row in zip(ids, rows, strict=True):
        for table, statement in _statements(row, morning):
            tables.setdefault(table, []).append({"firm_id": number, **statement})
    for table, statements in tables.items():
        add_all(table, statements)
    add_all(SearchOutbox, [{"firm_id": number} for number in ids])
    return len(ids)


def _firm(row: dict[str, Any], morning: datetime) -> dict[str, Any]:
    joined = morning - timedelta(days=30 + row["id"] % 700)
    return {
        "country": row["country"],
        "state": FirmState.VERIFIED,
        "source": FirmSource.DEMO,
        "legal_name": row["legal_name"],
        "name_romanised": row["name_romanised"],
        "trade_name": row["trade_name"],
        "name_key": name_key(row["legal_name"]),
        "legal_form": row["legal_form"],
        "region_code": row["region"],
        "founded_year": row["founded"],
        "headcount": row["headcount"],
        "size_class": row["size"],
        "declared_on": joined.date(),
        "submitted_at": joined,
        "verified_at": joined + timedelta(days=2),
        "created_at": joined,
        "updated_at": joined + timedelta(days=2),
    }


def _statements(row: dict[str, Any], morning: datetime) -> Iterator[tuple[Any, dict[str, Any]]]:
    revision = NaceRevision.OKVED_2 if row["country"] == "RU" else NaceRevision.NACE_2
    scheme, number = identifier(row["country"], row["legal_form"] in _SOLE, row["id"])
    yield FirmIdentifier, {"scheme": scheme, "value": number, "verified_on": morning.date()}
    for code in row["sectors"]:
        yield (
            FirmSector,
            {"code": code, "revision": revision.value, "nace_class": code, "main": code == row["sectors"][0]},
        )
    for side, name in ((Side.OFFERED, "offered"), (Side.SOUGHT, "sought")):
        for line in row[name]:
            yield FirmProduct, _product(side, line)
    for scheme_code in row["certificates"]:
        yield FirmCertificate, {"scheme": scheme_code, "valid_until": morning.date() + timedelta(days=400)}
    for language in row["languages"]:
        yield FirmLanguage, {"language": language}
    for kind, end in row["partnerships"]:
        yield FirmPartnership, {"type_code": kind, "side": end}
    for language, text in row["texts"].items():
        summary = text.split(". ")[0][: SUMMARY - 1] + "."
        yield (
            FirmText,
            {"language": language, "summary": summary, "description": text, "source": TextSource.AUTHOR},
        )


def _product(side: Side, line: Line) -> dict[str, Any]:
    code, amount, unit, required = line
    return {
        "side": side,
        "hs_code": code,
        "quantity": None if amount is None else Decimal(int(amount)),
        "unit": unit,
        "required_certificates": " ".join(required),
    }


def identifier(country: str, sole: bool, count: int) -> tuple[str, str]:
    """Scheme and number of an invented firm, with right check digits.

    Turkish numbers begin with 99; those of Russia name tax offices of region 98, which does not exist.
    """
    if country == "TR":
        base = f"99{count:07}"
        check = tckimlik.calc_check_digits if sole else vkn.calc_check_digit
        return "TCKN" if sole else "VKN", base + check(base)
    if sole:
        base = f"98{count:08}"
        return "INN12", base + inn.calc_personal_check_digits(base)
    base = f"98{count:07}"
    return "INN10", base + inn.calc_company_check_digit(base)
