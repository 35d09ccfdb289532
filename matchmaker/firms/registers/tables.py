"""Reading an agency's own list of firms: each row typed, or told with its column, reason and value.

Formulas are neutralised. A cell of a workbook that holds a formula is refused: its result is not known here, and its
text is no datum. In text, the signs with which a spreadsheet recognises a formula (= + - @, and tab or line break
before them) are taken off the beginning and the row says so: otherwise the text would become a formula again in the
first table that somebody exports and opens. The usual ="0123" that protects leading zeros is read as 0123.

Nothing here knows countries, regions or code lists; that is checked against the reference data when the import is
planned.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from matchmaker.firms.registers.columns import Column, Heading, known, recognise
from matchmaker.firms.registers.numbers import NotANumber, parse_number
from matchmaker.firms.registers.sheets import BadSheet, Cell, Sheet, SheetProblem, SheetRow, open_sheet

HEADER_ROWS = 20
MAX_TEXT = 200
MAX_LIST = 2000
MAX_CODES = 50
MAX_HEADCOUNT = 10_000_000
MAX_MONEY = Decimal(10) ** 15
PROTECTED = re.compile(r'="([^"]*)"')
FORMULA_START = re.compile(r"^[=+\-@\s]+(?=\S)")
CODE_SEPARATOR = re.compile(r"[;,/|\n]+")
ACTIVITY = re.compile(r"\d{2}(?:\.?\d{1,2}(?:\.?\d{1,2})?)?", re.ASCII)
IDENTIFIERS = (Column.VKN, Column.TCKN, Column.INN, Column.IDENTIFIER)


class Flaw(StrEnum):
    """What is wrong with a cell or row, or, for the last three, what was set right in it."""

    BROKEN_QUOTES = "broken_quotes"
    BAD_CHARACTERS = "bad_characters"
    FORMULA = "formula"
    MISSING = "missing"
    TOO_LONG = "too_long"
    TWO_IDENTIFIERS = "two_identifiers"
    NOT_DIGITS = "not_digits"
    BAD_NUMBER = "bad_number"
    NEGATIVE = "negative"
    NOT_WHOLE = "not_whole"
    TOO_BIG = "too_big"
    BAD_ACTIVITY = "bad_activity"
    BAD_HS = "bad_hs"
    TOO_MANY = "too_many"
    BAD_IDENTIFIER = "bad_identifier"
    REPEATED = "repeated"
    UNKNOWN_COUNTRY = "unknown_country"
    OTHER_COUNTRY = "other_country"
    UNKNOWN_CURRENCY = "unknown_currency"
    UNKNOWN_REGION = "unknown_region"
    UNKNOWN_ACTIVITY = "unknown_activity"
    UNKNOWN_HS = "unknown_hs"
    FORMULA_SIGN = "formula_sign"
    ZERO_RESTORED = "zero_restored"
    SHORTENED = "shortened"


REMARKS = frozenset({Flaw.FORMULA_SIGN, Flaw.ZERO_RESTORED, Flaw.SHORTENED})


@dataclass(frozen=True, slots=True)
class CellFlaw:
    """One flaw: the column it is in (none for the whole row), the text that was found there."""

    flaw: Flaw
    column: Column | None = None
    value: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the row cannot be taken; otherwise it is a remark."""
        return self.flaw not in REMARKS


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One firm as the list gives it; codes without dots, money in units of the currency, empty where not given."""

    number: int
    scheme: str = ""
    identifier: str = ""
    country: str = ""
    name: str = ""
    activity: str = ""
    activity_scheme: str = ""
    region: str = ""
    town: str = ""
    headcount: int | None = None
    turnover: Decimal | None = None
    currency: str = ""
    offered: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()
    flaws: tuple[CellFlaw, ...] = field(default=())

    @property
    def is_good(self) -> bool:
        """Whether nothing in the row prevents taking it."""
        return not any(flaw.is_error for flaw in self.flaws)


@dataclass(frozen=True, slots=True)
class FirmTable:
    """An agency's list: what was detected about the file, its columns, and its rows, to be read once."""

    form: str
    encoding: str
    separator: str
    columns: Mapping[int, Heading]
    unknown: tuple[str, ...]
    rows: Iterator[FirmRow]


def read_table(path: Path) -> FirmTable:
    """Open a list and find its headings; raises BadSheet when it has none, or none for identifier and name."""
    sheet = open_sheet(path, known)
    columns, unknown = _headings(sheet)
    return FirmTable(sheet.form, sheet.encoding, sheet.separator, columns, unknown, _rows(sheet, columns))


def _headings(sheet: Sheet) -> tuple[dict[int, Heading], tuple[str, ...]]:
    for row, _ in zip(sheet.rows, range(HEADER_ROWS), strict=False):
        found = {at: heading for at, cell in enumerate(row.cells) if (heading := recognise(cell.text))}
        if len(found) < 2:
            continue
        seen = [heading.column for heading in found.values()]
        twice = sorted({column for column in seen if seen.count(column) > 1})
        if twice:
            raise BadSheet(SheetProblem.TWICE, ", ".join(twice))
        if not any(column in seen for column in IDENTIFIERS):
            raise BadSheet(SheetProblem.NO_IDENTIFIER)
        if Column.NAME not in seen:
            raise BadSheet(SheetProblem.NO_NAME)
        unknown = [cell.text[:100] for at, cell in enumerate(row.cells) if cell.text and at not in found]
        return found, tuple(unknown)
    raise BadSheet(SheetProblem.NO_HEADER)


def _rows(sheet: Sheet, columns: Mapping[int, Heading]) -> Iterator[FirmRow]:
    for row in sheet.rows:
        if row.broken:
            yield FirmRow(row.number, flaws=(CellFlaw(Flaw.BROKEN_QUOTES),))
        elif any(cell.text for cell in row.cells):
            yield _RowReader(row, columns).read()


class _RowReader:
    """Types the cells of one row and gathers what is wrong with them."""

    def __init__(self, row: SheetRow, columns: Mapping[int, Heading]) -> None:
        self._row = row.number
        self._flaws: list[CellFlaw] = []
        self._cells = {
            heading.column: (row.cells[at], heading) for at, heading in columns.items() if at < len(row.cells)
        }

    def read(self) -> FirmRow:
        scheme, identifier = self._identifier()
        scheme_of_activity, activity = self._activity()
        turnover, currency = self._turnover()
        name = self._text(Column.NAME)
        if not name and not self._flawed(Column.NAME):
            self._flaw(Flaw.MISSING, Column.NAME)
        return FirmRow(
            number=self._row,
            scheme=scheme,
            identifier=identifier,
            country=self._text(Column.COUNTRY),
            name=name,
            activity=activity,
            activity_scheme=scheme_of_activity,
            region=self._text(Column.REGION),
            town=self._text(Column.TOWN),
            headcount=self._headcount(),
            turnover=turnover,
            currency=currency,
            offered=self._codes(Column.OFFERED),
            sought=self._codes(Column.SOUGHT),
            flaws=tuple(self._flaws),
        )

    def _flaw(self, flaw: Flaw, column: Column, value: str = "") -> None:
        self._flaws.append(CellFlaw(flaw, column, value[:100]))

    def _flawed(self, column: Column) -> bool:
        return any(flaw.column is column and flaw.is_error for flaw in self._flaws)

    def _cell(self, column: Column) -> Cell:
        """The cell of a column, empty where it is not there or cannot be taken."""
        cell, _heading = self._cells.get(column, (Cell(""), None))
        if cell.formula:
            self._flaw(Flaw.FORMULA, column, cell.text)
            return Cell("")
        if "\ufffd" in cell.text:
            self._flaw(Flaw.BAD_CHARACTERS, column, cell.text)
            return Cell("")
        if protected := PROTECTED.fullmatch(cell.text):
            return Cell(protected.group(1).strip())
        return cell

    def _text(self, column: Column, limit: int = MAX_TEXT) -> str:
        text = " ".join(self._cell(column).text.split())
        plain = FORMULA_START.sub("", text)
        if not plain.strip("=+-@ "):
            plain = ""
        if plain != text and plain:
            self._flaw(Flaw.FORMULA_SIGN, column, text)
        if len(plain) > limit:
            self._flaw(Flaw.TOO_LONG, column, plain)
            return ""
        return plain

    def _identifier(self) -> tuple[str, str]:
        given = [
            (column, number)
            for column in IDENTIFIERS
            if (number := re.sub(r"[\s\u00a0.\-]+", "", self._cell(column).text.lstrip("'")))
        ]
        if not given:
            if not any(self._flawed(column) for column in IDENTIFIERS):
                self._flaw(
                    Flaw.MISSING,
                    next((column for column in IDENTIFIERS if column in self._cells), Column.IDENTIFIER),
                )
            return "", ""
        column, number = given[0]
        if len(given) > 1:
            self._flaw(Flaw.TWO_IDENTIFIERS, given[1][0], given[1][1])
        if not (number.isascii() and number.isdigit()) or len(number) > 20:
            self._flaw(Flaw.NOT_DIGITS, column, number)
        return "" if column is Column.IDENTIFIER else str(column), number

    def _activity(self) -> tuple[str, str]:
        for column in (Column.NACE, Column.OKVED):
            text = self._text(column).split(" ")[0]
            if not text:
                continue
            if not ACTIVITY.fullmatch(text):
                self._flaw(Flaw.BAD_ACTIVITY, column, text)
                return "", ""
            return str(column), text.replace(".", "")
        return "", ""

    def _number(self, column: Column) -> Decimal | None:
        cell = self._cell(column)
        if not cell.text:
            return None
        try:
            number = parse_number(cell.text) if cell.number is None else cell.number
        except NotANumber:
            self._flaw(Flaw.BAD_NUMBER, column, cell.text)
            return None
        if number < 0:
            self._flaw(Flaw.NEGATIVE, column, cell.text)
            return None
        return number

    def _headcount(self) -> int | None:
        number = self._number(Column.HEADCOUNT)
        if number is None:
            return None
        if number != number.to_integral_value():
            self._flaw(Flaw.NOT_WHOLE, Column.HEADCOUNT, self._cells[Column.HEADCOUNT][0].text)
            return None
        if number > MAX_HEADCOUNT:
            self._flaw(Flaw.TOO_BIG, Column.HEADCOUNT, str(number))
            return None
        return int(number)

    def _turnover(self) -> tuple[Decimal | None, str]:
        currency = self._text(Column.CURRENCY).upper()
        number = self._number(Column.TURNOVER)
        if number is None:
            return None, currency
        _cell, heading = self._cells[Column.TURNOVER]
        number *= heading.factor
        if number > MAX_MONEY:
            self._flaw(Flaw.TOO_BIG, Column.TURNOVER, str(number))
            return None, currency
        return number.quantize(Decimal("0.01")), currency or heading.currency

    def _codes(self, column: Column) -> tuple[str, ...]:
        """HS codes of 2, 4 or 6 digits; longer national ones are cut to six, a lost leading zero is put back."""
        text = self._cell(column).text.lstrip("'")
        if len(text) > MAX_LIST:
            self._flaw(Flaw.TOO_LONG, column, text)
            return ()
        found: dict[str, None] = {}
        for part in CODE_SEPARATOR.split(text):
            words = part.split()
            for code in words if all(len(word) >= 4 for word in words) else [".".join(words)]:
                if known_code := self._code(column, code):
                    found[known_code] = None
        if len(found) > MAX_CODES:
            self._flaw(Flaw.TOO_MANY, column, text)
            return ()
        return tuple(found)

    def _code(self, column: Column, text: str) -> str:
        code = text.replace(".", "")
        if not (code.isascii() and code.isdigit()) or len(code) > 12:
            self._flaw(Flaw.BAD_HS, column, text)
            return ""
        if len(code) % 2:
            # A table program drops zeros at the end of 8471.30 and at the beginning of 0101.
            code = code + "0" if len(text.rpartition(".")[2]) % 2 and "." in text else "0" + code
            self._flaw(Flaw.ZERO_RESTORED, column, code)
        if len(code) > 6:
            self._flaw(Flaw.SHORTENED, column, code)
        return code[:6]
