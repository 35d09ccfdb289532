"""Writes chunks of invented firms as verified firms with all that belongs to them, in bulk."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from stdnum.ru import inn
from stdnum.tr import tckimlik, vkn

from matchmaker.core.db import Base
from matchmaker.demo.generator.bulk import Row, insert_many, numbers_for
from matchmaker.demo.generator.documents import Line, values
from matchmaker.demo.generator.stream import Chunk
from matchmaker.engines.text.names import name_key
from matchmaker.firms.enums import FirmSource, FirmState, PartnershipSide, Side, TextSource
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
COLUMNS: Final[Mapping[type[Base], tuple[str, ...]]] = {
    Firm: (
        *("id", "country", "state", "source"),
        *("legal_name", "name_romanised", "trade_name", "name_key"),
        *("legal_form", "region_code", "founded_year", "headcount", "size_class"),
        *("declared_on", "registered_at", "submitted_at", "verified_at", "listed_at"),
        *("created_at", "updated_at"),
    ),
    FirmIdentifier: ("firm_id", "scheme", "value", "verified_on"),
    FirmSector: ("firm_id", "code", "revision", "nace_class", "main"),
    FirmProduct: ("firm_id", "side", "hs_code", "quantity", "unit", "required_certificates"),
    FirmCertificate: ("firm_id", "scheme", "valid_until"),
    FirmLanguage: ("firm_id", "language"),
    FirmPartnership: ("firm_id", "type_code", "side"),
    FirmText: ("firm_id", "language", "summary", "description", "source"),
    SearchOutbox: ("firm_id",),
}
"""What is written of a firm, the firm itself first; all other columns keep their defaults."""
_SOLE: Final = frozenset({"TR-SAHIS", "RU-IP"})
_REVISIONS: Final = {"RU": NaceRevision.OKVED_2}


def store(chunk: Chunk, morning: datetime) -> int:
    """Write the firms of a chunk; answers how many."""
    rows = list(values(chunk))
    ids = numbers_for(Firm, len(rows))
    tables: dict[type[Base], list[Row]] = {table: [] for table in COLUMNS}
    for number, row in zip(ids, rows, strict=True):
        _add(tables, number, row, morning)
    for table, lines in tables.items():
        insert_many(table, COLUMNS[table], lines)
    return len(ids)


def _add(tables: Mapping[type[Base], list[Row]], number: int, row: dict[str, Any], morning: datetime) -> None:
    """A firm and all that it states, each row in the order of COLUMNS."""
    day, until = morning.date(), morning.date() + timedelta(days=400)
    tables[Firm].append(_firm(number, row, morning))
    scheme, value = identifier(row["country"], row["legal_form"] in _SOLE, row["id"])
    tables[FirmIdentifier].append((number, scheme, value, day))
    revision = _REVISIONS.get(row["country"], NaceRevision.NACE_2).value
    main = row["sectors"][0]
    tables[FirmSector] += [(number, code, revision, code, code == main) for code in row["sectors"]]
    for side, name in ((Side.OFFERED, "offered"), (Side.SOUGHT, "sought")):
        tables[FirmProduct] += [_product(number, side, line) for line in row[name]]
    tables[FirmCertificate] += [(number, code, until) for code in row["certificates"]]
    tables[FirmLanguage] += [(number, language) for language in row["languages"]]
    tables[FirmPartnership] += [(number, kind, PartnershipSide(end)) for kind, end in row["partnerships"]]
    for language, text in row["texts"].items():
        summary = text.split(". ")[0][: SUMMARY - 1] + "."
        tables[FirmText].append((number, language, summary, text, TextSource.AUTHOR))
    tables[SearchOutbox].append((number,))


def _firm(number: int, row: dict[str, Any], morning: datetime) -> Row:
    joined = morning - timedelta(days=30 + row["id"] % 700)
    verified = joined + timedelta(days=2)
    return (
        *(number, row["country"], FirmState.VERIFIED, FirmSource.DEMO),
        *(row["legal_name"], row["name_romanised"], row["trade_name"], name_key(row["legal_name"])),
        *(row["legal_form"], row["region"], row["founded"], row["headcount"], row["size"]),
        *(joined.date(), joined, joined, verified, verified, joined, verified),
    )


def _product(number: int, side: Side, line: Line) -> Row:
    code, amount, unit, required = line
    return number, side, code, None if amount is None else Decimal(int(amount)), unit, " ".join(required)


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
