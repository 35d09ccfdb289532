"""One listed party as a list names it, before it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matchmaker.compliance.enums import EntryKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One party as a list names it; identifiers are tax and registration numbers as printed."""

    reference: str
    name: str
    aliases: Sequence[str] = ()
    identifiers: Sequence[str] = ()
    programme: str = ""
    kind: EntryKind = EntryKind.OTHER
    countries: str = ""
    listed_on: date | None = None
