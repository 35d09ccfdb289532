"""What every form of a list file is read into: lines with an entry, or with what is wrong with them.

An entry is never dropped in silence: what cannot be taken is told with its line, what was set right is a remark.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from matchmaker.compliance.entries import Entry
from matchmaker.compliance.enums import EntryKind, ListForm

MAX_NAME = 500
MAX_REFERENCE = 180
MAX_NUMBER = 100
MAX_VALUES = 1000
DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


class ListProblem(StrEnum):
    """Why a file as a whole is no list that can be taken in."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    UNKNOWN_FORM = "unknown_form"
    BROKEN_XML = "broken_xml"
    DOCUMENT_TYPE = "document_type"
    UNSOUND = "unsound"
    OLD_EXCEL = "old_excel"
    NO_HEADER = "no_header"
    TWICE = "twice"
    NO_NAME = "no_name"
    NO_ENTRIES = "no_entries"


class BadList(ValueError):
    """The file cannot be read as a list; `detail` names the spot."""

    def __init__(self, problem: ListProblem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem = problem
        self.detail = detail


class Flaw(StrEnum):
    """What keeps a line out of the list, or, for the last five, a remark about an entry that is taken."""

    BROKEN_QUOTES = "broken_quotes"
    BAD_CHARACTERS = "bad_characters"
    FORMULA = "formula"
    NO_NAME = "no_name"
    UNKNOWN_KIND = "unknown_kind"
    BAD_DATE = "bad_date"
    SHORTENED = "shortened"
    TOO_MANY_VALUES = "too_many_values"
    REPEATED = "repeated"


REMARKS = frozenset({Flaw.UNKNOWN_KIND, Flaw.BAD_DATE, Flaw.SHORTENED, Flaw.TOO_MANY_VALUES, Flaw.REPEATED})
Found = tuple[Flaw, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a file: the line where it begins, its entry unless something prevents it, and its flaws."""

    number: int
    entry: Entry | None
    flaws: tuple[Found, ...] = ()


@dataclass(slots=True)
class ListFile:
    """An opened file: its form, and its lines to be read once; `published` is known when they are read."""

    form: ListForm
    lines: Iterator[Line] = field(default_factory=lambda: iter(()))
    encoding: str = ""
    published: date | None = None


@dataclass(slots=True)
class Raw:
    """The texts of one record before they are tidied; names begins with the main one."""

    number: int
    names: list[str]
    reference: str = ""
    kind: EntryKind = EntryKind.OTHER
    identifiers: Iterable[str] = ()
    countries: Iterable[str] = ()
    programmes: Iterable[str] = ()
    listed_on: date | None = None
    flaws: list[Found] = field(default_factory=list)


def tidy(raw: Raw) -> Line:
    """The line of a record: texts without odd spaces, each name and number once, nothing longer than is stored."""
    flaws = list(raw.flaws)
    names = _values(raw.names, MAX_NAME, flaws)
    if any("\ufffd" in name for name in names):
        flaws.append((Flaw.BAD_CHARACTERS, names[0][:100]))
    if not names:
        flaws.append((Flaw.NO_NAME, _one_line(raw.reference)[:100]))
    if any(flaw not in REMARKS for flaw, _value in flaws):
        return Line(raw.number, None, tuple(flaws))
    entry = Entry(
        reference=_short(_one_line(raw.reference) or names[0], MAX_REFERENCE, []),
        name=names[0],
        aliases=tuple(names[1:]),
        identifiers=tuple(_values(raw.identifiers, MAX_NUMBER, flaws)),
        programme=_joined(raw.programmes),
        kind=raw.kind,
        countries=_joined(raw.countries),
        listed_on=raw.listed_on,
    )
    return Line(raw.number, entry, tuple(flaws))


def without_repetitions(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines; a reference that stands in the file again gets a number, so that each entry has its own."""
    seen: dict[str, int] = {}
    for line in lines:
        if line.entry is None:
            yield line
            continue
        reference = line.entry.reference
        seen[reference] = count = seen.get(reference, 0) + 1
        yield line if count == 1 else _renamed(line, line.entry, f"{reference} ({count})")


def _renamed(line: Line, entry: Entry, reference: str) -> Line:
    renamed = Entry(
        reference,
        entry.name,
        entry.aliases,
        entry.identifiers,
        entry.programme,
        entry.kind,
        entry.countries,
        entry.listed_on,
    )
    return Line(line.number, renamed, (*line.flaws, (Flaw.REPEATED, entry.reference[:100])))


def read_date(text: str) -> date | None:
    """A day written as 2026-05-31, with a time behind it or not, or as 31.05.2026 or 31/05/2026; None for another."""
    try:
        if match := DAY_FIRST.match(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _values(texts: Iterable[str], longest: int, flaws: list[Found]) -> list[str]:
    found = list(dict.fromkeys(filter(None, map(_one_line, texts))))
    if len(found) > MAX_VALUES:
        flaws.append((Flaw.TOO_MANY_VALUES, found[0][:100]))
    return list(dict.fromkeys(_short(text, longest, flaws) for text in found[:MAX_VALUES]))


def _short(text: str, longest: int, flaws: list[Found]) -> str:
    if len(text) > longest:
        flaws.append((Flaw.SHORTENED, text[:100]))
    return text[:longest]


def _joined(texts: Iterable[str]) -> str:
    return ", ".join(_values(texts, MAX_NAME, []))[:MAX_NAME]
