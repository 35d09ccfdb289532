"""A list of a day out of a spreadsheet: every line is tried as if typed into the forms, and told where it is wrong."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.firms.registers.sheets import SheetRow, open_sheet
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries
from matchmaker.meetings.files.lists import COLUMNS, KEYS, ListKind
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.setup import firm_services, table_services
from matchmaker.meetings.setup.firm_services import Presence
from matchmaker.meetings.setup.frame_services import to_change
from matchmaker.meetings.setup.table_services import Interpreter, Table
from matchmaker.meetings.wishes import queries as wish_queries
from matchmaker.meetings.wishes import services as wish_services
from matchmaker.reference import languages

Line = Mapping[str, str]
MOST_LINES: Final = 5_000


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong with one line, by the number that a spreadsheet shows beside it."""

    number: int
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an import came to: lines that are fine, errors, and whether anything was written."""

    lines: int
    errors: list[LineError]
    written: bool


def import_list(actor: Actor, day: B2bDay, kind: ListKind, path: Path, *, write: bool) -> Report:
    """Try every line; written is all or nothing, and only when asked for. Raises BadSheet, NotAllowed, Conflict, DomainError.

    The lines go through the same verbs as the forms, in a transaction inside this one, so that a dry run finds exactly
    what writing would.
    """
    day = to_change(actor, day)
    lines = _lines(path, kind)
    errors: list[LineError] = []
    written = False
    with suppress(_OnlyTried), db.session.begin_nested():
        for number, line in lines:
            try:
                with db.session.begin_nested():
                    _WRITERS[kind](actor, queries.day(day.id), line)
            except DomainError as error:
                told = error.message or str(_("There is no such firm at this day."))
                errors.append(LineError(number, told))
        if errors or not write:
            raise _OnlyTried
        written = True
        audit.record(actor, "import", "b2b_day", day.id, after={"list": kind, "lines": len(lines)})
        db.session.flush()
    return Report(len(lines) - len(errors), errors, written)


class _OnlyTried(Exception):
    """Nothing of what the lines did is kept."""


def _lines(path: Path, kind: ListKind) -> list[tuple[int, Line]]:
    known = set(COLUMNS[kind])

    def score(cells: tuple[str, ...]) -> int:
        return sum(cell.strip().casefold() in known for cell in cells)

    rows = iter(open_sheet(path, score).rows)
    head = next((row for row in rows if score(tuple(cell.text for cell in row.cells))), None)
    names = [cell.text.strip().casefold() for cell in head.cells] if head else []
    missing = [name for name in KEYS[kind] if name not in names]
    if missing:
        raise DomainError(_("The file lacks these columns: %(names)s.", names=", ".join(missing)), "file")
    found = [(row.number, _line(names, row)) for row in rows if any(cell.text for cell in row.cells)]
    if len(found) > MOST_LINES:
        raise DomainError(_("The file has more than %(most)s lines.", most=MOST_LINES), "file")
    return found


def _line(names: list[str], row: SheetRow) -> Line:
    """A line by column; the apostrophe that the export puts before what looks like a formula is taken off again."""
    texts = [cell.text.removeprefix("'") for cell in row.cells]
    return {name: text for name, text in zip(names, texts, strict=False) if name}


def _firm(actor: Actor, day: B2bDay, line: Line) -> None:
    number = _number(line, "firm_id", least=1)
    participant = _participants(day).get(number or 0)
    if participant is None:
        participant = firm_services.add_firm(actor, day, number or 0)
        participant = queries.participant(participant.id)
    presence = Presence(
        languages=_tongues(line, participant.languages),
        least=_number(line, "least"),
        most=_number(line, "most"),
        arrives_at=_moment(day, line, "arrives"),
        leaves_at=_moment(day, line, "leaves"),
        closed=_closed(day, line),
    )
    firm_services.set_presence(actor, participant, presence)


def _wish(actor: Actor, day: B2bDay, line: Line) -> None:
    there = _participants(day)
    own, other = (there.get(_number(line, name, least=1) or 0) for name in ("firm_id", "other_id"))
    if own is None or other is None:
        raise DomainError(_("There is no such firm at this day."))
    typed = line.get("wish", "").strip().casefold()
    if typed not in tuple(WishKind):
        told = ", ".join(WishKind)
        raise DomainError(_("“%(text)s” is no wish. Write one of: %(words)s.", text=typed[:40], words=told))
    if not wish_queries.may_meet(own, other):
        raise DomainError(_("These two firms may not meet each other."))
    wish_services.say(actor, wish_queries.to_wish(own.id, other.id), WishKind(typed))


def _table(actor: Actor, day: B2bDay, line: Line) -> None:
    number = _number(line, "number", least=1) or 0
    row = next((one for one in day.tables if one.number == number), None)
    if row is None:
        (row,) = table_services.add_tables(actor, day, 1, "", ())
    host = _number(line, "host_id")
    guest = _participants(day).get(host) if host else None
    if host and guest is None:
        raise DomainError(_("There is no such firm at this day."))
    wanted = Table(
        number=number,
        room=line.get("room", "")[:200],
        languages=_tongues(line, ()),
        host_id=guest.id if guest else None,
        closed=_closed(day, line),
    )
    table_services.save_table(actor, queries.day(day.id), row.id, wanted)


def _interpreter(actor: Actor, day: B2bDay, line: Line) -> None:
    name = line.get("name", "").strip()[:200]
    if not name:
        raise DomainError(_("Enter the name."))
    pairs = []
    for text in line.get("pairs", "").replace(",", " ").split():
        codes = sorted(text.casefold().split("-"))
        if len(codes) != 2 or any(not _is_language(code) for code in codes):
            raise DomainError(_("“%(text)s” is no pair of languages such as ru-tr.", text=text[:40]))
        pairs.append("-".join(codes))
    row = next((one for one in day.interpreters if one.name == name), None)
    wanted = Interpreter(name, tuple(dict.fromkeys(pairs)), line.get("phone", "")[:40], _closed(day, line))
    table_services.save_interpreter(actor, day, wanted, row)


def _participants(day: B2bDay) -> dict[int, DayParticipant]:
    return {one.firm_id: one for one in queries.participants(day.id)}


def _number(line: Line, name: str, least: int = 0) -> int | None:
    text = line.get(name, "").strip()
    if not text and not least:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and int(text) >= least):
        raise DomainError(_("“%(text)s” in column %(column)s is no number.", text=text[:40], column=name))
    return int(text)


def _moment(day: B2bDay, line: Line, name: str) -> datetime | None:
    text = line.get(name, "").strip()
    return datetime.combine(day.held_on, _time(text), tzinfo=ZoneInfo(day.zone)) if text else None


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text if len(text.split(":", maxsplit=1)[0]) == 2 else f"0{text}")
    except ValueError:
        raise DomainError(_("“%(text)s” is no time such as 09:30.", text=text[:40])) from None


def _closed(day: B2bDay, line: Line) -> tuple[int, ...]:
    """Positions of the times that a line closes, each named by its begin."""
    starts = {f"{day.clock(one.starts_at):%H:%M}": one.position for one in day.slots}
    typed = [f"{_time(text):%H:%M}" for text in line.get("closed", "").replace(",", " ").split()]
    strange = [text for text in typed if text not in starts]
    if strange:
        raise DomainError(_("No meeting begins at %(times)s on this day.", times=", ".join(strange)))
    return tuple(sorted({starts[text] for text in typed}))


def _tongues(line: Line, otherwise: object) -> tuple[str, ...]:
    if "languages" not in line:
        return tuple(otherwise) if isinstance(otherwise, list | tuple) else ()
    typed = [text.casefold() for text in line["languages"].replace(",", " ").split()]
    strange = [text for text in typed if not _is_language(text)]
    if strange:
        raise DomainError(_("“%(text)s” is no language code such as tr.", text=strange[0][:40]))
    return tuple(dict.fromkeys(typed))


def _is_language(code: str) -> bool:
    return code in languages.names("en")


_WRITERS: Final[dict[ListKind, Callable[[Actor, B2bDay, Line], None]]] = {
    ListKind.FIRMS: _firm,
    ListKind.WISHES: _wish,
    ListKind.TABLES: _table,
    ListKind.INTERPRETERS: _interpreter,
}
