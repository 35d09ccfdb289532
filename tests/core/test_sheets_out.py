"""Lists out: what was a number or a day stays one, and no text runs as a formula."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from matchmaker.core.sheets_out import csv_text, harmless, xlsx

COLUMNS = ["Ad", "Bütçe", "Gün", "Saat", "Kişi"]
ROW = ["İşgüzar ₺", Decimal("1250.50"), date(2027, 1, 19), datetime(2027, 1, 19, 7, 30, tzinfo=UTC), 12]
NASTY = ["=1+1", "+7 495", "-2", "@SUM(A1)", "\t=1", "＝1", ' =HYPERLINK("x")']


def cells(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows()]


def test_a_workbook_keeps_the_kinds_of_values() -> None:
    content = xlsx("Liste: Ocak/Şubat [1]", COLUMNS, [ROW], zone="Asia/Yekaterinburg")

    head, row = cells(content)
    assert [cell.value for cell in head] == COLUMNS
    assert head[0].font.bold
    assert [cell.value for cell in row] == [
        "İşgüzar ₺",
        1250.5,
        datetime(2027, 1, 19),  # noqa: DTZ001  (a sheet knows no zones)
        datetime(2027, 1, 19, 12, 30),  # noqa: DTZ001  (a sheet knows no zones)
        12,
    ]
    assert [cell.data_type for cell in row] == ["s", "n", "d", "d", "n"]


@pytest.mark.parametrize("text", NASTY)
def test_a_text_like_a_formula_stays_a_text(text: str) -> None:
    [[cell]] = cells(xlsx("x", [text], [], zone="UTC"))
    assert (cell.data_type, cell.value) == ("s", text)

    line = csv_text([], [[text]], language="en", zone="UTC").decode("utf-8-sig").splitlines()[1]
    assert line.strip('"').startswith("'")
    assert harmless(text) == "'" + text


def test_a_plain_text_is_left_alone_and_control_signs_go() -> None:
    assert harmless("Ayşe-Gül = 1") == "Ayşe-Gül = 1"
    assert harmless("a\x00b") == "ab"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("tr", "İşgüzar ₺;1250,50;2027-01-19;2027-01-19 12:30;12"),
        ("en", "İşgüzar ₺,1250.50,2027-01-19,2027-01-19 12:30,12"),
    ],
)
def test_a_csv_is_written_as_the_spreadsheets_of_the_language_read_it(language: str, line: str) -> None:
    content = csv_text(COLUMNS, [ROW, [None]], language=language, zone="Asia/Yekaterinburg")

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n")[1:] == [line, '""', ""]
