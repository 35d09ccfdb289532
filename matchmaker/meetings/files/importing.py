"""Lists of a day out of a file: every line is tried as if typed into the forms, and told where it is wrong."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.firms.registers.labels import FLAWS
from matchmaker.firms.registers.sheets import SheetRow, open_sheet
from matchmaker.firms.registers.tables import Flaw
from matchmaker.meetings import queries
from matchmaker.meetings.files.document import read_document
from matchmaker.meetings.files.doubles import doubles
from matchmaker.meetings.files.firm_lines import bring_firms, bring_people, leave_out_unnamed
from matchmaker.meetings.files.frame_lines import bring_blocks, bring_frame
from matchmaker.meetings.files.lines import Fault, Line
from matchmaker.meetings.files.lists import COLUMNS, KEYS, Keyed, ListKind, keyed
from matchmaker.meetings.files.meeting_lines import bring_meetings, finish_meetings
from matchmaker.meetings.files.table_lines import bring_interpreters, bring_tables
from matchmaker.meetings.files.wish_lines import bring_wishes
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.setup.frame_services import to_change

MOST_LINES: Final = 20_000


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong with one line: by the number that a spreadsheet shows beside it, or by its path in a document."""

    number: int
    message: str
    path: str = ""


class Entry(NamedTuple):
    """One line with the number a reader sees beside it, its path in a document, and why it cannot be read, if so."""

    number: int
    path: str
    line: Line
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a list brings: lines that are new, that change what is there, and that say what is there already."""

    kind: ListKind
    new: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class Report:
    """What an import came to: lines that are fine, errors, whether anything was written, and what changes."""

    lines: int
    errors: list[LineError]
    written: bool
    changes: list[Changes] = field(default_factory=list)


def import_list(actor: Actor, day: B2bDay, kind: ListKind, path: Path, *, write: bool) -> Report:
    """Try every line of a spreadsheet; written is all or nothing, and only when asked for.

    Raises BadSheet, NotAllowed, Conflict, DomainError.
    """
    return _bring_in(actor, day, [(kind, _lines(path, kind))], write=write)


def import_day(actor: Actor, day: B2bDay, path: Path, *, write: bool) -> Report:
    """The same for a document of the whole day, list after list; what is wrong is told by its path in the document."""
    found = read_document(path.read_bytes())
    if found.faults:
        return Report(0, [LineError(0, one.message, one.path) for one in found.faults], written=False)
    parts = [
        (kind, [Entry(at + 1, path, line) for at, (path, line) in enumerate(entries)])
        for kind, entries in found.lists.items()
    ]
    _weigh(sum(len(entries) for _kind, entries in parts))
    return _bring_in(actor, day, parts, write=write)


def _bring_in(
    actor: Actor, day: B2bDay, parts: Sequence[tuple[ListKind, list[Entry]]], *, write: bool
) -> Report:
    """The lines go through the same verbs as the forms, in a transaction inside this one: a dry run finds what writing would."""
    day = to_change(actor, day)
    errors: list[LineError] = []
    changes: list[Changes] = []
    written, count = False, sum(len(entries) for _kind, entries in parts)
    known = {one.firm_id for one in queries.participants(day.id)}
    with suppress(_OnlyTried), db.session.begin_nested():
        for kind, entries in parts:
            before = keyed(day, kind)
            errors += _write(actor, day, kind, entries, before)
            if errors:
                break
            if kind is ListKind.PEOPLE:
                leave_out_unnamed(actor, day, known, [one.line for one in entries])
            day = queries.locked_day(day.id)
            changes.append(_changes(day, kind, before, len(entries)))
        if errors or not write:
            raise _OnlyTried
        written = True
        after = {"lists": [kind for kind, _entries in parts], "lines": count}
        audit.record(actor, "import", "b2b_day", day.id, after=after)
        db.session.flush()
    # What was only tried may have been read into the objects of the day.
    db.session.expire_all()
    queries.locked_day(day.id)
    return Report(count - len(errors), errors, written, changes)


class _OnlyTried(Exception):
    """Nothing of what the lines did is kept."""


def _write(
    actor: Actor, day: B2bDay, kind: ListKind, entries: Sequence[Entry], there: Keyed
) -> list[LineError]:
    errors = [LineError(one.number, one.flaw) for one in entries if one.flaw]
    readable = [one for one in entries if not one.flaw]
    again = doubles(kind, [one.line for one in readable], there)
    errors += [_said_twice(readable[at], readable[first]) for at, first in again.items()]
    sound = [one for at, one in enumerate(readable) if at not in again]
    listed = [one.line for one in sound]
    faults = _BRINGERS[kind](actor, day, listed)
    if kind is ListKind.MEETINGS and not (errors or faults):
        faults = finish_meetings(actor, queries.locked_day(day.id), listed)
    errors += [_error(kind, sound[one.at], one.message, one.column) for one in faults]
    return sorted(errors, key=lambda one: one.number)


_BRINGERS: Final[dict[ListKind, Callable[[Actor, B2bDay, Sequence[Line]], list[Fault]]]] = {
    ListKind.FRAME: bring_frame,
    ListKind.BLOCKS: bring_blocks,
    ListKind.FIRMS: bring_firms,
    ListKind.PEOPLE: bring_people,
    ListKind.TABLES: bring_tables,
    ListKind.INTERPRETERS: bring_interpreters,
    ListKind.WISHES: bring_wishes,
    ListKind.MEETINGS: bring_meetings,
}


def _said_twice(entry: Entry, first: Entry) -> LineError:
    place = first.path or _("line %(number)s", number=first.number)
    told = _("The file says this twice, first in %(place)s. Keep only one of the two.", place=place)
    return LineError(entry.number, told, entry.path)


def _error(kind: ListKind, entry: Entry, message: str, column: str) -> LineError:
    exact = f"{entry.path}.{column}" if entry.path and column in COLUMNS[kind] else entry.path
    return LineError(entry.number, message, exact)


def _changes(day: B2bDay, kind: ListKind, before: Keyed, lines: int) -> Changes:
    after = keyed(day, kind)
    new = sum(max(0, len(rows) - len(before.get(key, ()))) for key, rows in after.items())
    pairs = (pair for key, rows in after.items() for pair in zip(before.get(key, ()), rows, strict=False))
    changed = sum(old != row for old, row in pairs)
    return Changes(kind, new, changed, max(0, lines - new - changed))


def _lines(path: Path, kind: ListKind) -> list[Entry]:
    known = set(COLUMNS[kind])

    def score(cells: tuple[str, ...]) -> int:
        return sum(cell.strip().casefold() in known for cell in cells)

    rows = iter(open_sheet(path, score).rows)
    head = next((row for row in rows if score(tuple(cell.text for cell in row.cells))), None)
    names = [cell.text.strip().casefold() for cell in head.cells] if head else []
    missing = [name for name in KEYS[kind] if name not in names]
    if missing:
        raise DomainError(_("The file lacks these columns: %(names)s.", names=", ".join(missing)), "file")
    twice = [name for name in COLUMNS[kind] if names.count(name) > 1]
    if twice:
        raise DomainError(_("The file has these columns twice: %(names)s.", names=", ".join(twice)), "file")
    found = [
        Entry(row.number, "", _line(names, row), _flaw(row))
        for row in rows
        if row.broken or any(cell.text for cell in row.cells)
    ]
    _weigh(len(found))
    return found


def _weigh(count: int) -> None:
    if not count:
        raise DomainError(_("The file has no lines."), "file")
    if count > MOST_LINES:
        raise DomainError(_("The file has more than %(most)s lines.", most=MOST_LINES), "file")


def _flaw(row: SheetRow) -> str:
    """Why a row cannot be taken as it is: read otherwise than it was written, it would change the day unseen."""
    if row.broken:
        return str(FLAWS[Flaw.BROKEN_QUOTES])
    if any(cell.formula for cell in row.cells):
        return str(FLAWS[Flaw.FORMULA])
    return str(FLAWS[Flaw.BAD_CHARACTERS]) if any("\ufffd" in cell.text for cell in row.cells) else ""


def _line(names: list[str], row: SheetRow) -> Line:
    """A line by column; the apostrophe that the export puts before what looks like a formula is taken off again."""
    texts = [cell.text.removeprefix("'") for cell in row.cells]
    return {name: text for name, text in zip(names, texts, strict=False) if name}
