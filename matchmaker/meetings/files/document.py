"""A whole day as one JSON document of its lists; docs/b2b-day-lists.schema.json describes it formally.

The columns are those of the spreadsheets. Numbers, lists and truths are written as JSON has them; members that say
nothing are left out. `flask plan-day` reads another document, the day as the engine sees it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from flask_babel import gettext as _

from matchmaker.meetings.files.lines import Line
from matchmaker.meetings.files.lists import COLUMNS, KEYS, YES, ListKind, rows_of
from matchmaker.meetings.models import B2bDay

FORM: Final = "tandem-b2b-day-lists/1"
NUMBERS: Final = frozenset(
    {
        "slot_minutes", "change_minutes", "least", "most", "fairness", "firm_id", "other_id", "number", "host_id",
        "table", "fit",
    }
)  # fmt: skip
TRUTHS: Final = frozenset({"same_side", "must", "locked"})
LISTS: Final = {"languages": " ", "closed": " ", "pairs": " ", "after": "; "}
"""Columns that hold several texts, and what stands between them in a spreadsheet."""
NUMBER_LISTS: Final = frozenset({"firm_ids"})
ABOUT: Final = ("held_on", "zone")
"""What the document says of the day beside its lists; it is not taken over."""
MOST_FAULTS: Final = 50


class Fault(NamedTuple):
    """What is wrong in a document, by its path."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """The lists of a document as lines with their paths, in the order in which they are written, or its faults."""

    lists: dict[ListKind, list[tuple[str, Line]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def document(day: B2bDay) -> dict[str, Any]:
    """A day with all its lists."""
    told: dict[str, Any] = {"form": FORM, "held_on": day.held_on.isoformat(), "zone": day.zone}
    for kind in ListKind:
        rows = [_record(kind, row) for row in rows_of(day, kind)]
        told[kind.value] = rows[0] if kind is ListKind.FRAME else rows
    return told


def write_document(day: B2bDay) -> str:
    """The document as text, the same bytes for the same day."""
    return json.dumps(document(day), ensure_ascii=False, indent=1) + "\n"


def _record(kind: ListKind, row: Iterable[Any]) -> dict[str, Any]:
    pairs = zip(COLUMNS[kind], row, strict=True)
    return {name: _told(name, value) for name, value in pairs if value not in ("", None)}


def _told(name: str, value: Any) -> Any:
    if name in TRUTHS:
        return value == YES
    if name in NUMBER_LISTS:
        return [int(number) for number in value.split()]
    return value.split(LISTS[name]) if name in LISTS else value


def read_document(content: bytes) -> Document:
    """The lists of a document; where its shape is wrong, the faults alone."""
    twice: list[str] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.extend(name for name, times in Counter(name for name, _value in pairs).items() if times > 1)
        return dict(pairs)

    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=members)
    except (ValueError, RecursionError):
        return Document(faults=[Fault("$", _("This is no JSON document."))])
    if not isinstance(data, dict) or data.get("form") != FORM:
        return Document(faults=[Fault("form", _("The member “form” has to be “%(form)s”.", form=FORM))])
    reader = _Reader()
    reader.faults += [Fault(name[:60], _("This member stands twice.")) for name in dict.fromkeys(twice)]
    reader.unknown(data, "", {"form", *ABOUT, *ListKind})
    lists = {kind: reader.entries(kind, data[kind.value]) for kind in ListKind if kind.value in data}
    if reader.faults:
        return Document(faults=reader.faults[:MOST_FAULTS])
    return Document(lists)


class _Reader:
    """Goes through a document and remembers what is wrong."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def unknown(self, data: Mapping[str, Any], path: str, known: set[str]) -> None:
        for name in data.keys() - known:
            self.faults.append(Fault(f"{path}{name[:60]}", _("This member is not known.")))

    def entries(self, kind: ListKind, given: Any) -> list[tuple[str, Line]]:
        if kind is ListKind.FRAME:
            return [(kind.value, self.line(kind, kind.value, given))]
        if not isinstance(given, list):
            self.faults.append(Fault(kind.value, _("A list is expected here.")))
            return []
        paths = (f"{kind.value}[{at}]" for at in range(len(given)))
        return [(path, self.line(kind, path, item)) for path, item in zip(paths, given, strict=True)]

    def line(self, kind: ListKind, path: str, item: Any) -> Line:
        if not isinstance(item, dict):
            self.faults.append(Fault(path, _("An object is expected here.")))
            return {}
        self.unknown(item, f"{path}.", set(COLUMNS[kind]))
        self.faults += [
            Fault(f"{path}.{name}", _("This member is missing."))
            for name in KEYS[kind]
            if item.get(name) in (None, "")
        ]
        known = {name: value for name, value in item.items() if name in COLUMNS[kind] and value is not None}
        return {name: self.text(f"{path}.{name}", name, value) for name, value in known.items()}

    def text(self, path: str, name: str, value: Any) -> str:
        """A value as a spreadsheet would have it."""
        if name in TRUTHS:
            return self.expect(
                path, isinstance(value, bool), _("true or false is expected here."), value and YES
            )
        if name in NUMBERS:
            return self.expect(path, _whole(value), _("A whole number is expected here."), value)
        if name in NUMBER_LISTS:
            fits = isinstance(value, list) and all(map(_whole, value))
            told = _("A list of whole numbers is expected here.")
            return self.expect(path, fits, told, " ".join(map(str, value)) if fits else "")
        if name in LISTS:
            fits = isinstance(value, list) and all(isinstance(one, str) for one in value)
            return self.expect(
                path, fits, _("A list of texts is expected here."), LISTS[name].join(value) if fits else ""
            )
        return self.expect(path, isinstance(value, str), _("A text is expected here."), value)

    def expect(self, path: str, fits: bool, message: str, value: Any) -> str:
        if not fits:
            self.faults.append(Fault(path, message))
            return ""
        return str(value or "" if not _whole(value) else value)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
