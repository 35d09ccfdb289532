"""Agencies' own lists: encodings, separators, headings in three languages, numbers, formulas, limits."""

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from matchmaker.firms.registers import sheets
from matchmaker.firms.registers.columns import Column, Heading, recognise
from matchmaker.firms.registers.numbers import NotANumber, parse_number
from matchmaker.firms.registers.sheets import BadSheet, SheetProblem
from matchmaker.firms.registers.tables import FirmRow, FirmTable, Flaw, read_table

TURKISH = (
    "VKN;Firma Unvanı;NACE Kodu;İl;Çalışan Sayısı;Yıllık Ciro (bin TL);Sunulan GTİP;Aranan GTİP\n"
    "1234567890;Işıldak Örgü Sanayi ve Ticaret Ltd. Şti.;13.91.01;İzmir;1.250;12.345,6;6006, 600410;8447\n"
)
RUSSIAN = (
    "ИНН;Наименование организации;ОКВЭД;Регион;Численность;Выручка, тыс. руб.;ТН ВЭД предложение;ТН ВЭД спрос\n"
    "7700000016;ООО «Выдуманный кедр»;16.10;Пермский край;1 250;12 345,6;4407 11 930 0|4412;8465\n"
)


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    path = folder / "list.xlsx"
    book.save(path)
    return path


def rows_of(path: Path) -> list[FirmRow]:
    return list(read_table(path).rows)


def one(folder: Path, heading: str, value: str) -> FirmRow:
    (row,) = rows_of(write(folder, f"VKN;name;{heading}\n1234567890;Acme;{value}\n"))
    return row


def flaws(row: FirmRow) -> list[tuple[Flaw, Column | None, str]]:
    return [(flaw.flaw, flaw.column, flaw.value) for flaw in row.flaws]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1254", "utf-16"])
def test_turkish_list_is_read_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    table = read_table(write(tmp_path, TURKISH, encoding))
    (row,) = table.rows

    assert table.encoding == encoding.removesuffix("-sig")
    assert (row.scheme, row.identifier, row.number) == ("vkn", "1234567890", 2)
    assert row.name == "Işıldak Örgü Sanayi ve Ticaret Ltd. Şti."
    assert (row.activity_scheme, row.activity, row.region) == ("nace", "139101", "İzmir")
    assert (row.headcount, row.turnover, row.currency) == (1250, Decimal(12345600), "TRY")
    assert (row.offered, row.sought) == (("6006", "600410"), ("8447",))
    assert row.flaws == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251", "utf-16"])
def test_russian_list_is_read_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    table = read_table(write(tmp_path, RUSSIAN, encoding))
    (row,) = table.rows

    assert table.encoding == encoding.removesuffix("-sig")
    assert (row.scheme, row.identifier, row.name) == ("inn", "7700000016", "ООО «Выдуманный кедр»")
    assert (row.activity_scheme, row.activity, row.region) == ("okved", "1610", "Пермский край")
    assert (row.headcount, row.turnover, row.currency) == (1250, Decimal(12345600), "RUB")
    assert (row.offered, row.sought) == (("440711", "4412"), ("8465",))
    assert [flaw for flaw, _, _ in flaws(row)] == [Flaw.SHORTENED]
    assert row.is_good


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separator_is_found_even_when_another_is_more_frequent(tmp_path: Path, separator: str) -> None:
    cells = ["1234567890", '"A, B, C; D; E"', "A;B\tC,D"]
    cells[2] = f'"{cells[2]}"'
    text = f"List of firms, made up\n\n{separator.join(['vkn', 'name', 'town'])}\n{separator.join(cells)}\n"

    table = read_table(write(tmp_path, text))
    (row,) = table.rows

    assert table.separator == separator
    assert (row.number, row.name, row.town) == (4, "A, B, C; D; E", "A;B C,D")


def test_separator_line_of_excel_is_understood_and_lines_still_count(tmp_path: Path) -> None:
    (row,) = rows_of(write(tmp_path, "sep=;\r\nvkn;name\r\n1234567890;Acme\r\n"))

    assert (row.number, row.name) == (3, "Acme")


def test_workbook_is_read_with_its_numbers(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["Perakende listesi"],
            [None],
            [
                "Vergi Kimlik No",
                "Ünvan",
                "Personel Sayısı",
                "Ciro",
                "GTİP sunulan",
                "GTİP aranan",
                "Bilinmeyen",
            ],
            [1234567890, "Işık A.Ş.", 12.0, 1234.5, 847130, 8471.3, "x"],
            [None, None, None],
            ["1234567891", "Gölge A.Ş.", "1.234", "1.234,50", "0101; 10130", None, None],
        ],
    )

    table = read_table(path)
    first, second = table.rows

    assert (table.form, table.unknown) == ("xlsx", ("Bilinmeyen",))
    assert (first.number, first.identifier, first.headcount, first.turnover) == (
        4,
        "1234567890",
        12,
        Decimal("1234.50"),
    )
    assert (first.offered, first.sought) == (("847130",), ("847130",))
    assert (second.number, second.headcount, second.turnover) == (6, 1234, Decimal("1234.50"))
    assert second.offered == ("0101", "010130")


def test_formula_of_a_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["vkn", "name", "employees"], ["1234567890", '=HYPERLINK("x")', "=1+1"]])

    (row,) = rows_of(path)

    assert [(flaw, column) for flaw, column, _ in flaws(row)] == [
        (Flaw.FORMULA, Column.NAME),
        (Flaw.FORMULA, Column.HEADCOUNT),
    ]
    assert (row.name, row.headcount, row.is_good) == ("", None, False)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "=+", " =", "= @"])
def test_formula_signs_never_begin_a_text(tmp_path: Path, start: str) -> None:
    (row,) = rows_of(write(tmp_path, f"vkn;name;town\n1234567890;{start}cmd|' /C calc'!A0;{start}\n"))

    assert row.name == "cmd|' /C calc'!A0"
    assert row.town == ""
    assert (Flaw.FORMULA_SIGN, Column.NAME) in [(flaw, column) for flaw, column, _ in flaws(row)]
    assert row.is_good


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(alphabet="=+-@\t\r\n aБ\"';,", max_size=12))
def test_no_text_field_can_become_a_formula(tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path, [["vkn", "name", "region", "town"], ["1234567890", f"'{name}", name, name]])

    for row in rows_of(path):
        for text in (row.name, row.region, row.town):
            assert not text.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_protected_leading_zero_is_read(tmp_path: Path) -> None:
    (row,) = rows_of(write(tmp_path, 'vkn;name\n"=""0123456789""";Acme\n'))

    assert (row.identifier, row.flaws) == ("0123456789", ())


@pytest.mark.parametrize(
    ("heading", "value", "flaw"),
    [
        ("employees", "twelve", Flaw.BAD_NUMBER),
        ("employees", "-3", Flaw.NEGATIVE),
        ("employees", "1,5", Flaw.NOT_WHOLE),
        ("employees", "99999999", Flaw.TOO_BIG),
        ("turnover", "1.2.3", Flaw.BAD_NUMBER),
        ("turnover", "99999999999999999", Flaw.TOO_BIG),
        ("nace", "metal", Flaw.BAD_ACTIVITY),
        ("HS offered", "847A", Flaw.BAD_HS),
        ("HS sought", "1234567890123", Flaw.BAD_HS),
        ("HS sought", ", ".join(str(1000 + number) for number in range(51)), Flaw.TOO_MANY),
        ("HS sought", "1" * 2001, Flaw.TOO_LONG),
        ("region", "x" * 201, Flaw.TOO_LONG),
        ("region", "\ufffd", Flaw.BAD_CHARACTERS),
        ("inn", "7700000016", Flaw.TWO_IDENTIFIERS),
    ],
)
def test_flaw_is_told_with_its_column_and_the_row_is_not_good(
    tmp_path: Path, heading: str, value: str, flaw: Flaw
) -> None:
    row = one(tmp_path, heading, value)

    known = recognise(heading)
    assert known is not None
    assert flaws(row) == [(flaw, known.column, row.flaws[0].value)]
    assert row.flaws[0].value in value
    assert not row.is_good


def test_missing_name_and_identifier_are_told(tmp_path: Path) -> None:
    first, second, third = rows_of(write(tmp_path, "inn;name\n;Acme\n7700000016;\n12a;Acme\n"))

    assert flaws(first) == [(Flaw.MISSING, Column.INN, "")]
    assert flaws(second) == [(Flaw.MISSING, Column.NAME, "")]
    assert flaws(third) == [(Flaw.NOT_DIGITS, Column.INN, "12a")]


def test_row_with_broken_quotes_costs_only_itself(tmp_path: Path) -> None:
    path = write(tmp_path, 'vkn;name\n1234567890;"Acme"x\n1234567891;Good\n1234567892;"open\n')

    rows = rows_of(path)

    assert [(row.number, flaws(row)) for row in rows] == [
        (2, [(Flaw.BROKEN_QUOTES, None, "")]),
        (3, []),
        (4, [(Flaw.BROKEN_QUOTES, None, "")]),
    ]


def test_single_broken_byte_does_not_turn_the_whole_file_into_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(TURKISH.encode() + "1234567891;Gö".encode() + b"\xff;;;;;;\n")

    table = read_table(path)
    first, second = table.rows

    assert table.encoding == "utf-8"
    assert first.is_good
    assert next(flaw.flaw for flaw in second.flaws) is Flaw.BAD_CHARACTERS


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", SheetProblem.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SheetProblem.OLD_EXCEL),
        (b"\x89PNG\r\n\x1a\n\x00\x00", SheetProblem.NOT_A_TABLE),
        (b"PK\x03\x04 no workbook", SheetProblem.NOT_A_TABLE),
        (b"just a text\n", SheetProblem.NO_HEADER),
        (b"name;town\nAcme;Bursa\n", SheetProblem.NO_IDENTIFIER),
        (b"vkn;town\n1;Bursa\n", SheetProblem.NO_NAME),
        (b"vkn;name;firma\n1;a;b\n", SheetProblem.TWICE),
    ],
)
def test_file_that_is_no_list_is_refused_with_a_reason(
    tmp_path: Path, content: bytes, problem: SheetProblem
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(BadSheet) as refusal:
        read_table(path)

    assert refusal.value.problem is problem


def test_limits_refuse_files_that_are_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "vkn;name\n" + "1234567890;Acme\n" * 50
    monkeypatch.setattr(sheets, "MAX_ROWS", 50)
    for path in (write(tmp_path, text), workbook(tmp_path, [line.split(";") for line in text.splitlines()])):
        with pytest.raises(BadSheet, match="too_many_rows"):
            list(read_table(path).rows)
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 1000)
    with pytest.raises(BadSheet, match="unpacked"):
        read_table(path)
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 10**6)
    monkeypatch.setattr(sheets, "MAX_STRINGS", 10)
    with zipfile.ZipFile(path, "a") as added:
        added.writestr("xl/sharedStrings.xml", "<sst></sst>")
    with pytest.raises(BadSheet, match="sharedStrings"):
        read_table(path)
    monkeypatch.setattr(sheets, "MAX_BYTES", 100)
    with pytest.raises(BadSheet, match="too_large"):
        read_table(path)


def test_workbook_with_entities_is_refused(tmp_path: Path) -> None:
    good = workbook(tmp_path, [["vkn", "name"], ["1234567890", "Acme"]])
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            if member == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE a [<!ENTITY x "y">]>' + content
            target.writestr(member, content)

    with pytest.raises(BadSheet, match="unsound"):
        read_table(bad)


def test_table_is_read_as_a_stream(tmp_path: Path) -> None:
    table: FirmTable = read_table(write(tmp_path, "vkn;name\n" + "1234567890;Acme\n" * 1000))

    assert next(table.rows).number == 2
    assert next(table.rows).number == 3


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("VERGİ KİMLİK NUMARASI", Heading(Column.VKN)),
        ("Vergi Kimlik Numarasi", Heading(Column.VKN)),
        ("vkn *", Heading(Column.VKN)),
        ("ИНН", Heading(Column.INN)),
        ("Ünvanı", Heading(Column.NAME)),
        ("Наименование", Heading(Column.NAME)),
        ("ЧИСЛЕННОСТЬ РАБОТНИКОВ, чел.", Heading(Column.HEADCOUNT)),
        ("Çalışan Sayısı (kişi)", Heading(Column.HEADCOUNT)),
        ("Выручка, млн руб.", Heading(Column.TURNOVER, Decimal(1_000_000), "RUB")),
        ("Выручка за 2025 год, тыс. ₽", Heading(Column.TURNOVER, Decimal(1000), "RUB")),
        ("Ciro (₺)", Heading(Column.TURNOVER, Decimal(1), "TRY")),
        ("Turnover, thousand EUR", Heading(Column.TURNOVER, Decimal(1000), "EUR")),
        ("İl", Heading(Column.REGION)),
        ("Область", Heading(Column.REGION)),
        ("HS ищет", Heading(Column.SOUGHT)),
        ("Sunulan GTİP", Heading(Column.OFFERED)),
        ("Notes", None),
        ("", None),
        ("name " * 40, None),
    ],
)
def test_heading_is_recognised_in_three_languages(text: str, heading: Heading | None) -> None:
    assert recognise(text) == heading


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("1234", "1234"),
        ("1.234", "1234"),
        ("1,234", "1234"),
        ("1 234", "1234"),
        ("1\u00a0234\u202f567", "1234567"),
        ("1'234'567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1 234 567,89", "1234567.89"),
        ("12,5", "12.5"),
        ("12.50", "12.50"),
        ("1234,5678", "1234.5678"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("+7", "7"),
    ],
)
def test_number_with_local_separators(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "abc", "1.2.3", "1,2,3", "1.234,567.8", "1e5", "NaN", "٣", "1..2", ",5", "1" * 19]
)
def test_text_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_number(text)


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_written_numbers_come_back(number: Decimal) -> None:
    english = f"{number:,.2f}"
    turkish = english.translate(str.maketrans(",.", ".,"))
    russian = english.replace(",", "\u00a0").replace(".", ",")

    assert parse_number(english) == parse_number(turkish) == parse_number(russian) == number


@pytest.mark.parametrize("encoding", ["windows-1251", "windows-1254", "utf-8"])
def test_encoding_is_found_from_a_few_words(encoding: str) -> None:
    text = "ООО Кедр и Ко Москва" if encoding == "windows-1251" else "Gümüşhane Işık Çiğköfte"

    assert sheets.decode(text.encode(encoding)) == (text, encoding)


def test_sheet_row_is_cut_at_the_most_columns(tmp_path: Path) -> None:
    text = io.StringIO()
    text.write("vkn;name;" + ";".join(["x"] * 200) + "\n1234567890;Acme;" + ";".join(["y"] * 200) + "\n")

    table = read_table(write(tmp_path, text.getvalue()))

    assert len(table.unknown) == sheets.MAX_COLUMNS - 2
    assert next(table.rows).is_good
