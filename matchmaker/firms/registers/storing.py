"""Storing register records batch by batch, so that an import can stop anywhere and go on exactly there.

One batch is one transaction: entries, findings, counts and the position reached. The position is compared under a lock
before it moves, so that two workers that took up the same import never count anything twice.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, select

from matchmaker.core import clock
from matchmaker.core.db import db, upsert
from matchmaker.core.errors import Conflict
from matchmaker.engines.text.names import name_key
from matchmaker.firms.models import RegisterEntry, RegisterImport, RegisterImportError
from matchmaker.firms.registers.entries import Entry, Malformed, Record
from matchmaker.reference import regions
from matchmaker.reference.nace import NaceRevision

Position = tuple[int, int]
KEY = ("country", "identifier")
NAME_LENGTH = 500
CURRENT_OKVED = ("", "2014")


@dataclass
class Tally:
    """What one batch did."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    malformed: int = 0
    counts: Counter[str] = field(default_factory=Counter)


def position_of(imported: RegisterImport) -> Position:
    """How far an import has come: member of the zip and record in it."""
    return int(imported.position.get("member", 0)), int(imported.position.get("number", 0))


def store_batch(import_id: int, expected: Position, records: Sequence[Record]) -> Position:
    """Store records that follow `expected`; answers the new position. Raises Conflict when somebody else was here."""
    imported = db.session.get_one(RegisterImport, import_id, with_for_update=True, populate_existing=True)
    if position_of(imported) != expected or imported.finished_at is not None:
        raise Conflict(_("Another worker goes on with this import."))
    tally = Tally()
    _store_entries(imported, [record for record in records if isinstance(record, Entry)], tally)
    _store_findings(imported, [record for record in records if isinstance(record, Malformed)], tally)
    for name in ("read", "added", "changed", "unchanged", "malformed"):
        setattr(imported, name, getattr(imported, name) + getattr(tally, name))
    imported.counts = dict(sorted((Counter(imported.counts) + tally.counts).items()))
    if records:
        last = records[-1].place
        imported.position = {"member": last.member, "number": last.number}
    db.session.flush()
    return position_of(imported)


def finish(import_id: int) -> RegisterImport:
    """Mark the import as complete."""
    imported = db.session.get_one(RegisterImport, import_id, with_for_update=True, populate_existing=True)
    imported.finished_at = clock.now()
    db.session.flush()
    return imported


def _store_entries(imported: RegisterImport, entries: Sequence[Entry], tally: Tally) -> None:
    stored = _stored(imported.country, entries)
    writing: dict[str, dict[str, Any]] = {}
    for entry in entries:
        row = _row(imported.country, entry)
        tally.read += 1
        tally.counts[f"kind.{entry.kind}"] += 1
        tally.counts[f"category.{entry.category}"] += 1
        tally.counts[f"{entry.kind}.{entry.category}"] += 1
        tally.counts["not_mapped"] += not row["region_code"]
        known = stored.get(entry.identifier)
        if known is not None and (known[0] == row["content_hash"] or known[1] > entry.state_on):
            tally.unchanged += 1
            tally.counts["older"] += known[0] != row["content_hash"]
            continue
        tally.added += known is None
        tally.changed += known is not None
        row["name_key"] = name_key(row["name"])[:NAME_LENGTH]
        row["import_id"] = imported.id
        writing[entry.identifier] = row
        stored[entry.identifier] = (row["content_hash"], entry.state_on)
    upsert(RegisterEntry, list(writing.values()), KEY)


def _stored(country: str, entries: Iterable[Entry]) -> dict[str, tuple[str, Any]]:
    """Content hash and day of what is stored already, by identifier."""
    wanted = sorted({entry.identifier for entry in entries})
    if not wanted:
        return {}
    found = db.session.execute(
        select(RegisterEntry.identifier, RegisterEntry.content_hash, RegisterEntry.state_on).where(
            RegisterEntry.country == country, RegisterEntry.identifier.in_(wanted)
        )
    )
    return {identifier: (content, state_on) for identifier, content, state_on in found}


def _row(country: str, entry: Entry) -> dict[str, Any]:
    region = regions.of_register(country, entry.region_code)
    current = entry.activity_revision in CURRENT_OKVED
    row: dict[str, Any] = {
        "country": country,
        "identifier": entry.identifier,
        "second_identifier": entry.registration,
        "kind": entry.kind,
        "name": _cut(entry.name),
        "short_name": _cut(entry.short_name),
        "register_region": entry.region_code,
        "region_code": region.code if region else "",
        "place": _cut(", ".join(part for part in (entry.region, entry.town) if part)),
        "size_class": str(entry.category),
        "main_sector": entry.activity,
        "sectors": list(entry.other_activities),
        "sector_revision": NaceRevision.OKVED_2.value if current else f"OKVED-{entry.activity_revision}"[:16],
        "entered_on": entry.listed_on,
        "state_on": entry.state_on,
    }
    content = "\x1f".join([str(value) for value in row.values()])
    row["content_hash"] = hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
    return row


def _cut(text: str) -> str:
    return text if len(text) <= NAME_LENGTH else text[: NAME_LENGTH - 1] + "…"


def _store_findings(imported: RegisterImport, findings: Sequence[Malformed], tally: Tally) -> None:
    rows = []
    for finding in findings:
        tally.read += finding.is_entry
        tally.malformed += finding.is_entry
        tally.counts[f"reason.{finding.reason}"] += 1
        tally.counts["members_with_findings"] += not finding.is_entry
        rows.append(
            {
                "import_id": imported.id,
                "member": finding.member_name[:200],
                "place": f"{finding.place.number} @ {finding.place.offset}",
                "reason": f"{finding.reason}: {finding.detail}",
                "at": clock.now(),
            }
        )
    if rows:
        db.session.execute(insert(RegisterImportError), rows)
