"""Reads of register entries as prospects."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select

from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.firms.enums import RegisterKind
from matchmaker.firms.models import FirmIdentifier, RegisterEntry, RegisterImport, RegistrationCode

STEP = 5_000


def entry(entry_id: int) -> RegisterEntry:
    """One entry of a register; raises NotFound."""
    return existing(db.session.get(RegisterEntry, entry_id))


def entries(ids: Sequence[int]) -> list[RegisterEntry]:
    """Entries in the order of their numbers here."""
    rows = db.session.scalars(select(RegisterEntry).where(RegisterEntry.id.in_(ids)))
    found = {row.id: row for row in rows}
    return [found[number] for number in ids if number in found]


def count_entries() -> int:
    """How many businesses all registers hold."""
    return db.session.scalar(select(func.count(RegisterEntry.id))) or 0


def all_entries(import_id: int | None = None) -> Iterator[list[RegisterEntry]]:
    """All entries, or those that one import wrote last, in steps that keep memory small."""
    after = 0
    while True:
        wanted = select(RegisterEntry).where(RegisterEntry.id > after)
        if import_id is not None:
            wanted = wanted.where(RegisterEntry.import_id == import_id)
        rows = list(db.session.scalars(wanted.order_by(RegisterEntry.id).limit(STEP)))
        if not rows:
            return
        after = rows[-1].id
        yield rows
        db.session.expunge_all()


def finished_imports(after: datetime | None) -> list[RegisterImport]:
    """The imports that were finished after a moment, in that order."""
    wanted = select(RegisterImport).where(RegisterImport.finished_at.is_not(None))
    if after is not None:
        wanted = wanted.where(RegisterImport.finished_at > after)
    return list(db.session.scalars(wanted.order_by(RegisterImport.finished_at, RegisterImport.id)))


def sole_traders_among(codes: Collection[RegistrationCode]) -> list[int]:
    """The entries of sole traders to whom these codes are addressed, by number."""
    wanted = select(RegisterEntry.id).where(
        RegisterEntry.kind == RegisterKind.SOLE_TRADER,
        RegisterEntry.country.in_(sorted({one.country for one in codes})),
        RegisterEntry.identifier.in_(sorted({one.identifier for one in codes})),
    )
    return list(db.session.scalars(wanted.order_by(RegisterEntry.id)))


def registered(identifiers: Collection[str]) -> set[str]:
    """Which of these numbers belong to firms of the platform."""
    wanted = select(FirmIdentifier.value).where(FirmIdentifier.value.in_(sorted(identifiers)))
    return set(db.session.scalars(wanted))
