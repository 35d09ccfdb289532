"""An archive of everything kept of a person: JSON for each part of the product, CSV for each table, files, a readme."""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import inspect, select

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile, path_of
from matchmaker.core.personal_data import Column, Held, Part, parts, rows
from matchmaker.core.requests import kept
from matchmaker.core.sheets_out import Cell, csv_text
from matchmaker.core.zones import show_datetime

Report = Callable[[int, int], object]
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One table in the archive: its name, what it is, how many rows it has."""

    name: str
    title: str
    rows: int


def make_archive(person: Person, report: Report) -> bytes:
    """The archive in the language in use; `report` is told how many of the parts are done."""
    everything = parts()
    out = io.BytesIO()
    number, address, language = person.id, person.email, person.language
    lines: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, part in enumerate(everything):
            tables = _write_part(archive, part, number, address, language)
            lines += _part_lines(part, tables)
            report(done + 1, len(everything))
        archive.writestr("README.txt", _readme(person.name, lines))
    return out.getvalue()


def _write_part(
    archive: zipfile.ZipFile, part: Part, person_id: int, address: str, language: str
) -> list[Table]:
    """Everything of one part; answers the tables that have rows."""
    told: list[Table] = []
    content: dict[str, list[Values]] = {}
    names: Counter[str] = Counter()
    for held in part.held:
        found = rows(held, person_id, address)
        if not found:
            continue
        names[held.name] += 1
        name = held.name if names[held.name] == 1 else f"{held.name}-{names[held.name]}"
        content[name] = [_values(held, row) for row in found]
        for row in found:
            _add_files(archive, held, row)
        _write_table(archive, f"{part.name}/{name}.csv", content[name], language)
        told.append(Table(f"{part.name}/{name}.csv", str(held.title), len(found)))
    if named := list(_named(part, person_id)):
        content["named"] = named
        _write_table(archive, f"{part.name}/named.csv", named, language)
        title = _("Records about something else that name you as the one who did it")
        told.append(Table(f"{part.name}/named.csv", title, len(named)))
    if content:
        text = json.dumps(content, ensure_ascii=False, indent=1, default=_plain)
        archive.writestr(f"{part.name}/{part.name}.json", text)
    return told


def _values(held: Held, row: Any) -> Values:
    found: Values = {}
    for attribute in inspect(held.table).column_attrs:
        if attribute.key in held.secret:
            continue
        value = getattr(row, attribute.key)
        reader = held.readers.get(attribute.key)
        found[attribute.key.removesuffix("_locked")] = reader(value) if reader and value else value
    return found


def _named(part: Part, person_id: int) -> Iterator[Values]:
    """Where a part names the person as the one who did something: table, number of the record, column, when."""
    for column in part.named:
        table = column.class_
        key = inspect(table).primary_key[0]
        moment: Any = getattr(table, "created_at", None) or getattr(table, "at", None)
        chosen = (key,) if moment is None else (key, moment)
        for found in db.session.execute(select(*chosen).where(column == person_id).order_by(key)):
            yield _mention(column, found)


def _mention(column: Column, found: Any) -> Values:
    return {
        "table": column.class_.__tablename__,
        "number": found[0],
        "as": column.key.removesuffix("_id"),
        "at": found[1] if len(found) > 1 else None,
    }


def _add_files(archive: zipfile.ZipFile, held: Held, row: Any) -> None:
    for number in held.file_ids(row):
        stored = db.session.get(StoredFile, number)
        path = path_of(stored) if stored is not None else None
        if stored is None or path is None or not path.is_file():
            continue
        content: bytes | None = path.read_bytes()
        if held.open_file is not None and content is not None:
            content = held.open_file(content)
        if content is not None:
            name = kept(stored.name).replace("/", "_").replace("\\", "_")
            archive.writestr(f"files/{held.name}-{number}-{name}", content)


def _write_table(archive: zipfile.ZipFile, path: str, found: list[Values], language: str) -> None:
    columns = list(found[0])
    lines = [[_cell(row[name]) for name in columns] for row in found]
    archive.writestr(path, csv_text(columns, lines, language=language, zone="UTC"))


def _cell(value: Any) -> Cell:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    cell: Cell = value
    return cell


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


def _part_lines(part: Part, tables: list[Table]) -> list[str]:
    if not tables:
        return []
    listed = []
    for table in tables:
        count = ngettext("%(num)s row", "%(num)s rows", table.rows)
        listed.append(f"  {table.name} – {table.title} ({count})")
    return [f"{part.title} ({part.name}/{part.name}.json)", *listed, ""]


def _readme(name: str, lines: list[str]) -> str:
    product = current_app.config["PRODUCT_NAME"]
    head = [
        _("Your data at %(product)s", product=product),
        "",
        _("Made for %(name)s on %(moment)s.", name=name, moment=show_datetime(clock.now(), "UTC")),
        "",
        _("Each folder is one part of the product. The JSON file of a folder holds everything of that part, for programs. The CSV files hold the same by tables, for a spreadsheet. The folder files holds the documents that belong to you."),
        _("The names of tables and columns are those of the database. Times are in UTC."),
        _("Left out are secrets that only protect you: hashes of passwords, keys of the second step, tokens of links and badges."),
        _("What a firm keeps about itself stands on its own pages and is not repeated here."),
        "",
        _("What is in it"),
        "",
    ]  # fmt: skip
    return "\r\n".join([*head, *lines])
