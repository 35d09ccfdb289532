"""Lists of a day out of a file: every line is tried as if typed into the forms, and told where it is wrong."""

from collections.abc import Sequence
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
from matchmaker.meetings.files.lines import Fault, Line
from matchmaker.meetings.files.lists import COLUMNS, KEYS, Keyed, ListKind, keyed
from matchmaker.meetings.files.meeting_lines import bring_meetings, finish_meetings
from matchmaker.meetings.files.wish_lines import bring_wishes
from matchmaker.meetings.files.writing import WRITERS
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.setup import people_services
from matchmaker.meetings.setup.frame_services import to_change
from matchmaker.meetings.setup.rules import PersonOf

MOST_LINES: Final = 5_000


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
    if sum(len(entries) for _kind, entries in parts) > MOST_LINES:
        raise DomainError(_("The file has more than %(most)s lines.", most=MOST_LINES), "file")
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
            errors += _write(actor, day, kind, entries)
            if kind is ListKind.PEOPLE:
                _only_named(actor, day, known, entries)
            if errors:
                break
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


def _write(actor: Actor, day: B2bDay, kind: ListKind, entries: Sequence[Entry]) -> list[LineError]:
    errors = [LineError(one.number, one.flaw) for one in entries if one.flaw]
    sound = [one for one in entries if not one.flaw]
    listed = [one.line for one in sound]
    if kind is ListKind.WISHES:
        faults = bring_wishes(actor, day, listed)
    elif kind is ListKind.MEETINGS:
        faults = bring_meetings(actor, day, listed)
    else:
        faults = _one_by_one(actor, day, kind, listed)
    if kind is ListKind.MEETINGS and not (errors or faults):
        faults = finish_meetings(actor, queries.locked_day(day.id), listed)
    errors += [_error(kind, sound[one.at], one.message, one.column) for one in faults]
    return sorted(errors, key=lambda one: one.number)


def _one_by_one(actor: Actor, day: B2bDay, kind: ListKind, listed: Sequence[Line]) -> list[Fault]:
    """Each line by its own verb, which may have written before it refuses: hence a savepoint each."""
    faults = []
    for at, line in enumerate(listed):
        try:
            with db.session.begin_nested():
                WRITERS[kind](actor, queries.day(day.id), line)
        except DomainError as error:
            told = error.message or str(_("There is no such firm at this day."))
            faults.append(Fault(at, told, error.field or ""))
    return faults


def _error(kind: ListKind, entry: Entry, message: str, column: str) -> LineError:
    exact = f"{entry.path}.{column}" if entry.path and column in COLUMNS[kind] else entry.path
    return LineError(entry.number, message, exact)


def _only_named(actor: Actor, day: B2bDay, known: set[int], entries: Sequence[Entry]) -> None:
    """Of a firm that came with the same file only those come whom the file names, not its first contact besides."""
    named = {(one.line.get("firm_id", "").strip(), one.line.get("name", "").strip()) for one in entries}
    firms = {firm for firm, _name in named}
    for participant in queries.participants(day.id):
        number = str(participant.firm_id)
        if participant.firm_id in known or number not in firms:
            continue
        for person in participant.people:
            if person.left_at is None and (number, person.name) not in named:
                people_services.remove_person(actor, PersonOf(participant, person))


def _changes(day: B2bDay, kind: ListKind, before: Keyed, lines: int) -> Changes:
    after = keyed(day, kind)
    new = sum(key not in before for key in after)
    changed = sum(key in before and before[key] != row for key, row in after.items())
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
    found = [
        Entry(row.number, "", _line(names, row), _flaw(row))
        for row in rows
        if row.broken or any(cell.text for cell in row.cells)
    ]
    if len(found) > MOST_LINES:
        raise DomainError(_("The file has more than %(most)s lines.", most=MOST_LINES), "file")
    return found


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
