"""Rows of cells out of a CSV or XLSX file of an agency, whatever its encoding and separator, within limits.

The form is told by the content, not by the name of the file. CSV may be UTF-8 (with or without a mark), UTF-16 with a
mark, Windows-1254 or Windows-1251, separated by comma, semicolon or tab. XLSX is read as a stream, first sheet only.
"""

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

MAX_BYTES = 50 * 1024**2
MAX_UNPACKED = 300 * 1024**2
MAX_STRINGS = 60 * 1024**2
MAX_ROWS = 100_000
MAX_COLUMNS = 100
SEPARATORS = (";", ",", "\t")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
TOKEN = re.compile(rb"[A-Za-z\xc0-\xff]+")
ASCII_LETTER = re.compile(rb"[A-Za-z]")
HIGH_LETTER = re.compile(rb"[\xc0-\xff]")


class SheetProblem(StrEnum):
    """Why a file as a whole cannot be read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    OLD_EXCEL = "old_excel"
    NOT_A_TABLE = "not_a_table"
    UNSOUND = "unsound"
    NO_HEADER = "no_header"
    TWICE = "twice"
    NO_IDENTIFIER = "no_identifier"
    NO_NAME = "no_name"


class BadSheet(ValueError):
    """The file cannot be read; `detail` names the spot or the columns."""

    def __init__(self, problem: SheetProblem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem = problem
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, its number where the file stores one, and whether the file keeps a formula in it."""

    text: str
    number: Decimal | None = None
    formula: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with the number a reader sees beside it; `broken` where its quotes do not match."""

    number: int
    cells: tuple[Cell, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """An opened file: what was detected, and its rows, to be read once."""

    form: str
    encoding: str
    separator: str
    rows: Iterator[SheetRow]


def open_sheet(path: Path, score: Callable[[tuple[str, ...]], int]) -> Sheet:
    """Open a CSV or XLSX file; `score` says how many cells of a row are known headings. Raises BadSheet."""
    size = path.stat().st_size
    if size == 0:
        raise BadSheet(SheetProblem.EMPTY)
    if size > MAX_BYTES:
        raise BadSheet(SheetProblem.TOO_LARGE, str(size))
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK\x03\x04"):
        return Sheet("xlsx", "", "", _workbook_rows(path))
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadSheet(SheetProblem.OLD_EXCEL)
    text, encoding = decode(path.read_bytes())
    if "\x00" in text:
        raise BadSheet(SheetProblem.NOT_A_TABLE)
    if match := re.match(r"sep=(.)\r?\n", text):
        text = "\n" + text[match.end() :]
    separator = find_separator(text, score)
    return Sheet("csv", encoding, separator, _text_rows(text, separator))


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; bytes that it does not have become U+FFFD, which rows report.

    Between the two Windows pages the words decide: in Turkish a letter beyond ASCII stands among Latin letters, in
    Russian whole words lie beyond ASCII. A text of mostly sound UTF-8 stays UTF-8 though single bytes are broken.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding.removesuffix("-sig")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if sum(1 for letter in text if letter > "\x7f") - broken >= 4 * broken:
        return text, "utf-8"
    mixed = whole = 0
    for token in TOKEN.findall(data):
        if HIGH_LETTER.search(token):
            latin = ASCII_LETTER.search(token) is not None
            mixed += latin
            whole += not latin and len(token) > 1
    encoding = "windows-1251" if whole > mixed else "windows-1254"
    return data.decode(encoding, errors="replace"), encoding


def find_separator(text: str, score: Callable[[tuple[str, ...]], int]) -> str:
    """The separator under which the first rows show most known headings, then most cells."""

    def value(separator: str) -> tuple[int, int]:
        rows = [row for row, _ in zip(_text_rows(text, separator), range(10), strict=False)]
        known = max((score(tuple(cell.text for cell in row.cells)) for row in rows), default=0)
        return known, max((len(row.cells) for row in rows), default=0)

    return max(SEPARATORS, key=value)


def _text_rows(text: str, separator: str) -> Iterator[SheetRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        first = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield SheetRow(first, (), broken=True)
            continue
        if first > MAX_ROWS:
            raise BadSheet(SheetProblem.TOO_MANY_ROWS, str(MAX_ROWS))
        yield SheetRow(first, tuple([Cell(value.strip()) for value in values[:MAX_COLUMNS]]))


WORKBOOK_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    NotImplementedError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    OSError,
)


def _workbook_rows(path: Path) -> Iterator[SheetRow]:
    """Cells of the first sheet; formulas are kept apart and never evaluated, links to other files never followed."""
    # The package takes a fifth of a second to import, and most tables are CSV.
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        _check_workbook(path)
        # By handle: a stored upload has no ending, and by name openpyxl refuses it.
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, keep_links=False)
            try:
                sheet: Any = book.worksheets[0]
                sheet.reset_dimensions()
                for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
                    if number > MAX_ROWS:
                        raise BadSheet(SheetProblem.TOO_MANY_ROWS, str(MAX_ROWS))
                    yield SheetRow(number, tuple([_workbook_cell(cell) for cell in row]))
            finally:
                book.close()
    except BadSheet:
        raise
    except (InvalidFileException, *WORKBOOK_ERRORS) as error:
        raise BadSheet(SheetProblem.NOT_A_TABLE, str(error)[:200]) from error


def _check_workbook(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            raise BadSheet(SheetProblem.TOO_LARGE, "unpacked")
        for member in members:
            if member.filename.endswith("sharedStrings.xml") and member.file_size > MAX_STRINGS:
                raise BadSheet(SheetProblem.TOO_LARGE, member.filename[:100])
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as part:
                    if b"<!DOCTYPE" in part.read(4096):
                        raise BadSheet(SheetProblem.UNSOUND, member.filename[:100])


def _workbook_cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Cell(str(value), formula=True)
    if value is None:
        return Cell("")
    if isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, int | float):
        number = Decimal(str(value))
        return Cell(
            format(number.normalize(), "f") if number.is_finite() else "",
            number if number.is_finite() else None,
        )
    return Cell(str(value).strip())
