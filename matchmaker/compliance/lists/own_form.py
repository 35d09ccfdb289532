"""Our own form of a list: a table with a row of headings in Turkish, Russian or English, as CSV or XLSX."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from matchmaker.compliance.enums import EntryKind, ListForm
from matchmaker.compliance.lists.lines import (
    BadList,
    Flaw,
    Found,
    Line,
    ListFile,
    ListProblem,
    Raw,
    read_date,
    tidy,
)
from matchmaker.engines.text.folding import tokens
from matchmaker.firms.registers.sheets import BadSheet, Cell, Sheet, SheetProblem, SheetRow, open_sheet

HEADER_ROWS = 20
SEVERAL = re.compile(r"[;|\n]+")
PROTECTED = re.compile(r'="([^"]*)"')


class Column(StrEnum):
    """What a column holds."""

    KIND = "kind"
    NAME = "name"
    ALIASES = "aliases"
    NUMBERS = "numbers"
    COUNTRY = "country"
    REFERENCE = "reference"
    PROGRAMME = "programme"
    DATE = "date"


HEADINGS = {
    Column.KIND: "kind; type; entity type; tür; türü; tip; вид; тип",
    Column.NAME: (
        "name; listed name; full name; ad; adı; unvan; unvanı; имя; название; наименование; полное наименование"
    ),
    Column.ALIASES: (
        "aliases; alias; also known as; other names; diğer adlar; diğer adları; takma adlar; другие имена; другие названия; "
        "также известен как; псевдонимы"
    ),
    Column.NUMBERS: (
        "numbers; number; identifiers; tax number; registration number; numaralar; numara; vergi no; kimlik no; номера; номер; "
        "ИНН; ИНН ОГРН; идентификаторы"
    ),
    Column.COUNTRY: "country; countries; ülke; ülkeler; страна; страны",
    Column.REFERENCE: "reference; id; reference number; entry; referans; referans no; sıra no; ссылка; запись; номер записи",
    Column.PROGRAMME: (
        "programme; program; regime; legal basis; dayanak; yaptırım programı; программа; режим; основание"
    ),
    Column.DATE: "date; listed on; listing date; tarih; listeye alındığı tarih; дата; дата включения",
}
KIND_WORDS = {
    EntryKind.PERSON: "person; individual; natural person; kişi; gerçek kişi; şahıs; лицо; физическое лицо; физлицо; человек",
    EntryKind.ENTITY: (
        "entity; organisation; organization; company; firm; legal person; legal entity; enterprise; tüzel kişi; kuruluş; "
        "kurum; şirket; firma; юридическое лицо; юрлицо; организация; компания; фирма"
    ),
    EntryKind.VESSEL: "vessel; ship; gemi; судно; корабль",
    EntryKind.AIRCRAFT: "aircraft; plane; uçak; hava aracı; самолёт; самолет; воздушное судно",
    EntryKind.OTHER: "other; diğer; прочее; другое",
}
SHEETS = {
    SheetProblem.EMPTY: ListProblem.EMPTY,
    SheetProblem.TOO_LARGE: ListProblem.TOO_LARGE,
    SheetProblem.TOO_MANY_ROWS: ListProblem.TOO_MANY,
    SheetProblem.OLD_EXCEL: ListProblem.OLD_EXCEL,
}


def _key(text: str) -> str:
    return " ".join(tokens(text))


KEYS = {_key(name): column for column, names in HEADINGS.items() for name in names.split("; ")}
KINDS = {_key(name): kind for kind, names in KIND_WORDS.items() for name in names.split("; ")}


def read_own(path: Path) -> ListFile:
    """A file of our own form; raises BadList when it is no table or has no column with names."""
    try:
        sheet = open_sheet(path, _known)
        columns = _headings(sheet)
    except BadSheet as error:
        raise _translated(error) from error
    file = ListFile(ListForm.OWN, encoding=sheet.encoding)
    file.lines = _lines(sheet, columns)
    return file


def _translated(error: BadSheet) -> BadList:
    return BadList(SHEETS.get(error.problem, ListProblem.UNKNOWN_FORM), error.detail[:100])


def _column(text: str) -> Column | None:
    return KEYS.get(_key(text)) if 0 < len(text) <= 100 else None


def _known(cells: tuple[str, ...]) -> int:
    return sum(1 for cell in cells if _column(cell))


def _headings(sheet: Sheet) -> dict[int, Column]:
    for row, _place in zip(sheet.rows, range(HEADER_ROWS), strict=False):
        found = {at: column for at, cell in enumerate(row.cells) if (column := _column(cell.text))}
        if not found:
            continue
        seen = list(found.values())
        twice = sorted({column.value for column in seen if seen.count(column) > 1})
        if twice:
            raise BadList(ListProblem.TWICE, ", ".join(twice))
        if Column.NAME not in seen:
            raise BadList(ListProblem.NO_NAME)
        return found
    raise BadList(ListProblem.NO_HEADER)


def _lines(sheet: Sheet, columns: Mapping[int, Column]) -> Iterator[Line]:
    try:
        for row in sheet.rows:
            if row.broken:
                yield Line(row.number, None, ((Flaw.BROKEN_QUOTES, ""),))
            elif any(cell.text for cell in row.cells):
                yield tidy(_raw(row, columns))
    except BadSheet as error:
        raise _translated(error) from error


def _raw(row: SheetRow, columns: Mapping[int, Column]) -> Raw:
    flaws: list[Found] = []
    texts = {
        column: _text(row.cells[at], flaws) if at < len(row.cells) else "" for at, column in columns.items()
    }
    kind_text, day = texts.get(Column.KIND, ""), texts.get(Column.DATE, "")
    kind, listed_on = KINDS.get(_key(kind_text)), read_date(day)
    if kind_text and kind is None:
        flaws.append((Flaw.UNKNOWN_KIND, kind_text[:100]))
    if day and listed_on is None:
        flaws.append((Flaw.BAD_DATE, day[:100]))
    return Raw(
        row.number,
        [texts.get(Column.NAME, ""), *SEVERAL.split(texts.get(Column.ALIASES, ""))]
        if texts.get(Column.NAME)
        else [],
        reference=texts.get(Column.REFERENCE, ""),
        kind=kind or EntryKind.OTHER,
        identifiers=SEVERAL.split(texts.get(Column.NUMBERS, "")),
        countries=SEVERAL.split(texts.get(Column.COUNTRY, "")),
        programmes=SEVERAL.split(texts.get(Column.PROGRAMME, "")),
        listed_on=listed_on,
        flaws=flaws,
    )


def _text(cell: Cell, flaws: list[Found]) -> str:
    if cell.formula:
        flaws.append((Flaw.FORMULA, cell.text[:100]))
        return ""
    protected = PROTECTED.fullmatch(cell.text)
    return protected.group(1) if protected else cell.text
