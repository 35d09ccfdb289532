"""Lists as XLSX and CSV: numbers and dates typed, texts never read as formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response

from matchmaker.core.requests import kept

Cell = str | int | float | Decimal | bool | date | datetime | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may read as the beginning of a formula (the list of OWASP, full-width forms included)."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_LETTERS = 32_767
"""What a cell of XLSX holds at most."""
WIDEST = 60


def xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, zone: str) -> bytes:
    """A workbook of one sheet with a fixed head row; moments are shown in the zone, for a sheet knows none.

    A text stays exactly what it is: its cell is marked as text, also when it begins like a formula.
    """
    # The package takes a fifth of a second to import, and only these files need it.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    listed = [list(row) for row in rows]
    for place, name in enumerate(columns):
        longest = max([len(name), *(len(str(row[place] or "")) for row in listed)])
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(longest + 2, WIDEST)
    sheet.append([_head(sheet, name) for name in columns])
    for row in listed:
        sheet.append([_cell(sheet, value, ZoneInfo(zone)) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, language: str, zone: str) -> bytes:
    """The same as CSV in UTF-8 with its mark, as the spreadsheets of the language open it with a double click.

    Turkish and Russian ones expect semicolons and decimal commas. A text that begins like a formula gets an apostrophe.
    """
    decimal_comma = language in ("tr", "ru")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if decimal_comma else ",", lineterminator="\r\n")
    writer.writerow([harmless(name) for name in columns])
    for row in rows:
        writer.writerow([_written(value, ZoneInfo(zone), decimal_comma) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def send_sheet(content: bytes, name: str) -> Response:
    """Answer with a list under a file name that ends with its kind; nobody on the way keeps it."""
    kind = XLSX if name.endswith(".xlsx") else "text/csv; charset=utf-8"
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula."""
    clean = kept(text)
    return "'" + clean if clean.startswith(FORMULA_STARTS) or clean.lstrip().startswith("=") else clean


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in kept(title) if sign not in "[]:*?/\\'")[:31].strip() or "1"


def _head(sheet: Any, name: str) -> Any:
    from openpyxl.styles import Font  # noqa: PLC0415 - for the reason above

    cell = _cell(sheet, name, ZoneInfo("UTC"))
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Cell, zone: ZoneInfo) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - for the reason above

    cell: Any = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell.value = kept(value)[:MOST_LETTERS]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_STARTS)
    elif isinstance(value, datetime):
        cell.value = value.astimezone(zone).replace(tzinfo=None)
        cell.number_format = "yyyy-mm-dd hh:mm"
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
    return cell


def _written(value: Cell, zone: ZoneInfo, decimal_comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return text.replace(".", ",") if decimal_comma and isinstance(value, float | Decimal) else text
