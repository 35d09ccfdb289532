"""Names of public holidays in languages in which the package holidays does not have them, by its English names."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from matchmaker.reference.tables import Labels, labels, rows

_PART = re.compile(r"(?P<name>.+?)(?: \((?P<note>[^()]+)\))?")
_MOVED = re.compile(r"(?P<note>.+) (?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{4})")


@cache
def _names() -> Mapping[str, Labels]:
    return MappingProxyType({row["name"]: labels(row, "name") for row in rows("holiday_names")})


def named(english: str, language: str) -> str:
    """A name in a language; what the table does not know stays as it is.

    The package joins holidays of one day by a semicolon and puts in brackets that a day is moved, estimated or observed
    on another day; the day from which one was moved is written day first.
    """
    return "; ".join(_part(part, language) for part in english.split("; "))


def _part(text: str, language: str) -> str:
    found = _PART.fullmatch(text)
    if found is None:
        return text
    name, note = _word(found["name"], language), found["note"]
    return f"{name} ({_note(note, language)})" if note else name


def _note(text: str, language: str) -> str:
    moved = _MOVED.fullmatch(text)
    if moved is None:
        return _word(text, language)
    return f"{_word(moved['note'], language)} {moved['day']}.{moved['month']}.{moved['year']}"


def _word(text: str, language: str) -> str:
    known = _names().get(text)
    return known.best(language) if known else text
