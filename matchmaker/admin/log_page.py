"""What the page of the audit log shows: each entry in words, its fields before and after, the way to its object."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from matchmaker.admin import queries
from matchmaker.admin.object_words import FIELDS, KINDS, VALUES
from matchmaker.admin.queries import Filters
from matchmaker.admin.verb_words import VERBS
from matchmaker.core.audit import REFUSED, AuditEntry
from matchmaker.core.requests import key_or_none
from matchmaker.core.retention import data_classes
from matchmaker.core.sheets_out import Cell
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.firms.names import reader_name

PAGES: dict[str, Callable[[int], str]] = {
    "institution": lambda number: url_for("institutions.show", institution_id=number),
    "mou": lambda number: url_for("mous.show", mou_id=number),
    "programme": lambda number: url_for("programmes.show", programme_id=number),
}
"""Objects whose page every reader of the log may open."""
LONGEST_WHO = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is read."""

    number: int
    at: datetime
    who: str
    deed: str
    refused: bool
    thing: str
    url: str
    changes: tuple[tuple[str, str, str], ...]
    place: int | None


def asked_filters() -> Filters:
    """The filters of the address; what cannot be meant is left out."""
    kind, verb = request.args.get("kind", ""), request.args.get("verb", "")
    return Filters(
        who=request.args.get("who", "").strip()[:LONGEST_WHO],
        kind=kind if kind in KINDS else "",
        number=key_or_none(request.args.get("number", "")),
        verb=verb if verb in VERBS else "",
        since=_day(request.args.get("since", "")),
        until=_day(request.args.get("until", "")),
    )


def query_of(filters: Filters) -> dict[str, str]:
    """The filters as an address has them."""
    return {name: str(value) for name, value in asdict(filters).items() if value}


def lines(entries: Sequence[AuditEntry]) -> list[Line]:
    """Entries in words; the names are read at once for all."""
    who = queries.people({entry.actor_id for entry in entries if entry.actor_id})
    named = _Names(
        queries.people(_ids(entries, "person")),
        queries.firms(_ids(entries, "firm")),
        queries.institutions(_ids(entries, "institution")),
    )
    return [_line(entry, who, named) for entry in entries]


def choices(words: dict[str, Any]) -> list[tuple[str, str]]:
    """Words for a select, in the order of the reader's alphabet as far as codes tell it."""
    return sorted(((code, str(word)) for code, word in words.items()), key=lambda item: item[1].casefold())


def columns() -> list[str]:
    """The heads of the file."""
    return [
        _("No."), _("When"), pgettext("audit log", "Person"), _("What was done"), _("Object"), _("Object no."),
        _("Before"), _("After"), _("Place in the chain"),
    ]  # fmt: skip


def sheet(entries: Sequence[AuditEntry]) -> list[list[Cell]]:
    """The entries as rows of the file."""
    return [
        [
            entry.id,
            line.at,
            line.who,
            line.deed,
            str(KINDS.get(entry.entity, entry.entity)),
            entry.entity_id,
            "; ".join(f"{label}: {before}" for label, before, _after in line.changes if before),
            "; ".join(f"{label}: {after}" for label, _before, after in line.changes if after),
            line.place,
        ]
        for entry, line in zip(entries, lines(entries), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Names:
    people: dict[int, str]
    firms: dict[int, Firm]
    institutions: dict[int, str]

    def name(self, entry: AuditEntry) -> str:
        """The name of an entry's object, else its number."""
        number = entry.entity_id or 0
        if entry.entity == "firm" and number in self.firms:
            return reader_name(self.firms[number])
        known = {"person": self.people, "institution": self.institutions}.get(entry.entity, {})
        return known.get(number) or (_("no. %(number)s", number=number) if number else "")


def _line(entry: AuditEntry, who: dict[int, str], named: _Names) -> Line:
    verb = entry.action.removeprefix(REFUSED)
    nobody = _("Person %(number)s", number=entry.actor_id) if entry.actor_id else _("The system")
    return Line(
        number=entry.id,
        at=entry.at,
        who=who.get(entry.actor_id or 0) or nobody,
        deed=str(VERBS.get(verb, _humanised(verb))),
        refused=verb != entry.action,
        thing=f"{KINDS.get(entry.entity, _humanised(entry.entity))} {named.name(entry)}".strip(),
        url=_url(entry, named),
        changes=tuple(_changes(entry)),
        place=entry.sequence,
    )


def _changes(entry: AuditEntry) -> Iterable[tuple[str, str, str]]:
    """Each field with its values before and after, as texts."""
    for field in dict.fromkeys((*entry.before, *entry.after)):
        label = str(FIELDS.get(field) or _humanised(field))
        show = _class_title if field == "data_class" else _shown
        yield label, show(entry.before.get(field)), show(entry.after.get(field))


def _class_title(key: Any) -> str:
    """The words of a class of data; a class that is no more has only its key."""
    return next((str(one.title) for one in data_classes() if one.key == key), _shown(key))


def _shown(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dict):
        parts = (
            (str(FIELDS.get(name) or _humanised(str(name))), _shown(item)) for name, item in value.items()
        )
        return ", ".join(f"{label}: {text}" for label, text in parts if text)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_shown, value)))
    return str(VALUES.get(value) or FIELDS.get(value) or value) if isinstance(value, str) else str(value)


def _humanised(code: str) -> str:
    words = code.replace("_", " ")
    return words[:1].upper() + words[1:]


def _url(entry: AuditEntry, named: _Names) -> str:
    if entry.entity_id is None:
        return ""
    firm = named.firms.get(entry.entity_id) if entry.entity == "firm" else None
    if firm is not None and firm.state is FirmState.VERIFIED:
        return url_for("directory.show", firm_id=firm.id)
    page = PAGES.get(entry.entity)
    return page(entry.entity_id) if page else ""


def _ids(entries: Sequence[AuditEntry], kind: str) -> set[int]:
    return {entry.entity_id for entry in entries if entry.entity == kind and entry.entity_id}


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
