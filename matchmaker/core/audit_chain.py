"""The chain of the audit log: entries are sealed in order, checked, and struck out without breaking it.

A seal is a SHA-256 over the entry and the seal before it. Values go into it as digests of each field with a salt, so
that a value can be struck out for good while the chain still holds (docs/adr/0017-a-chain-sealed-afterwards.md).
"""

import hmac
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.exc import IntegrityError

from matchmaker.core import clock
from matchmaker.core.audit import AuditChain, AuditEntry
from matchmaker.core.audit_guards import missing_guards
from matchmaker.core.db import db

GENESIS = "0" * 64
BATCH = 500
"""Entries sealed with one reading; the head's row is locked for no longer than a few of these."""
LATE = timedelta(hours=1)
"""An entry that is not sealed after this time is a fault: the worker seals every few seconds."""
STRUCK = "[…]"
PARTS = ("before", "after")
DIGEST, SALT = "digest", "salt"
ENTRY = AuditEntry.__table__.c
Entry = Row[Any] | AuditEntry


class Fault(StrEnum):
    """What can be wrong with the log."""

    CHANGED = "changed"
    MISSING = "missing"
    HEAD = "head"
    LATE = "late"
    UNGUARDED = "unguarded"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing found wrong: an entry's number and place in the chain where it is one, else a text."""

    fault: Fault
    entry_id: int | None = None
    sequence: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: how many entries it went through, the head, what is broken."""

    entries: int
    head: str
    broken: Broken | None = None


def seal(most: int) -> int:
    """Seal what is committed and not sealed yet, in order of number; answers how many.

    The head's row is locked, so that of two workers one waits: the chain has no forks. Nobody else takes that lock, so
    that no business transaction ever waits for a seal.
    """
    if db.session.scalar(select(ENTRY.id).where(ENTRY.sequence.is_(None)).limit(1)) is None:
        return 0
    head = _locked_head()
    sealed = 0
    while sealed < most:
        waiting = db.session.execute(
            select(AuditEntry.__table__).where(ENTRY.sequence.is_(None)).order_by(ENTRY.id).limit(BATCH)
        ).all()
        if not waiting:
            break
        seals = []
        for entry in waiting:
            salt = secrets.token_hex(16)
            head.sequence += 1
            head.hash = seal_of(entry, head.sequence, head.hash, salt)
            seals.append({"id": entry.id, "sequence": head.sequence, "hash": head.hash, "salt": salt})
        db.session.execute(update(AuditEntry), seals)
        sealed += len(seals)
    db.session.flush()
    return sealed


def strike(entry: AuditEntry, values: Sequence[str]) -> bool:
    """Strike out each field of a record in which one of the values stands; answers whether there was any.

    The only way in which an entry ever loses content: the field's digest stays, the salt by which one could guess goes.
    """
    if entry.sequence is None:
        db.session.flush()
        while seal(BATCH):
            pass
        db.session.refresh(entry)
    hit = {part: _fields_with(getattr(entry, part), values) for part in PARTS}
    if not any(hit.values()):
        return False
    proofs = {}
    for part in PARTS:
        for field, value in getattr(entry, part).items():
            known = _proof(entry, part, field)
            is_hit = field in hit[part] and known[0] == SALT
            proofs[f"{part}/{field}"] = [DIGEST, _digest(known[1], value)] if is_hit else known
    for part, fields in hit.items():
        if fields:
            setattr(entry, part, getattr(entry, part) | dict.fromkeys(fields, STRUCK))
    entry.proofs, entry.salt = proofs, ""
    db.session.flush()
    return True


def check(noted: tuple[int, str] | None = None) -> Checked:
    """Go through the whole chain and name the first thing that is wrong; only reads.

    `noted` is a place in the chain and its hash as somebody wrote it down elsewhere: who rewrites the whole chain is found
    by it.
    """
    head = db.session.get(AuditChain, 1, populate_existing=True)
    last, tip = (head.sequence, head.hash) if head else (0, GENESIS)
    place, present = 0, GENESIS
    told = f"{last}:{tip}"
    for entry in _sealed(last):
        place += 1
        if entry.sequence != place:
            return Checked(place, told, Broken(Fault.MISSING, None, place))
        salt = entry.salt or ""
        if not _is_struck_rightly(entry) or seal_of(entry, place, present, salt) != entry.hash:
            return Checked(place, told, Broken(Fault.CHANGED, entry.id, place))
        present = entry.hash
        if noted and noted[0] == place and noted[1] != present:
            return Checked(place, told, Broken(Fault.NOTED, entry.id, place))
    return Checked(place, told, _broken_around(place, present, last, tip, noted))


def seal_of(entry: Entry, sequence: int, previous: str, salt: str) -> str:
    """The hash of an entry at its place in the chain."""
    digests = [
        [f"{part}/{field}", _field_digest(entry, part, field, value, salt)]
        for part in PARTS
        for field, value in sorted(getattr(entry, part).items())
    ]
    content = [
        sequence,
        previous,
        entry.id,
        entry.at.isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.action,
        entry.entity,
        entry.entity_id,
        entry.request_id,
        digests,
    ]
    return sha256(_canonical(content)).hexdigest()


def _locked_head() -> AuditChain:
    wanted = select(AuditChain).where(AuditChain.id == 1).with_for_update()
    head = db.session.scalar(wanted.execution_options(populate_existing=True))
    if head is not None:
        return head
    try:
        with db.session.begin_nested():
            db.session.add(AuditChain(id=1, sequence=0, hash=GENESIS))
    except IntegrityError:
        pass  # Another worker began the chain at the same moment.
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def _sealed(last: int) -> Iterator[Row[Any]]:
    """The sealed entries up to a place, in order."""
    after = 0
    while True:
        rows = db.session.execute(
            select(AuditEntry.__table__)
            .where(ENTRY.sequence > after, ENTRY.sequence <= last)
            .order_by(ENTRY.sequence)
            .limit(BATCH)
        ).all()
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1].sequence


def _broken_around(
    place: int, present: str, last: int, tip: str, noted: tuple[int, str] | None
) -> Broken | None:
    """What is wrong beside the chain itself: its end, entries that nobody seals, the guards."""
    if place != last:
        return Broken(Fault.MISSING, None, place + 1)
    if present != tip:
        return Broken(Fault.HEAD, None, last)
    if noted and noted[0] > last:
        return Broken(Fault.NOTED, None, noted[0])
    late = select(ENTRY.id).where(ENTRY.sequence.is_(None), ENTRY.at < clock.now() - LATE)
    waiting = db.session.scalar(late.order_by(ENTRY.id).limit(1))
    if waiting is not None:
        return Broken(Fault.LATE, waiting)
    if missing := missing_guards(db.session.connection()):
        return Broken(Fault.UNGUARDED, detail=", ".join(missing))
    return None


def _is_struck_rightly(entry: Entry) -> bool:
    """A field known by its digest only holds nothing: who strikes out may take content away, never put any in."""
    return all(
        getattr(entry, path.partition("/")[0]).get(path.partition("/")[2]) == STRUCK
        for path, (kind, _value) in (entry.proofs or {}).items()
        if kind == DIGEST
    )


def _field_digest(entry: Entry, part: str, field: str, value: Any, salt: str) -> str:
    kind, known = _proof(entry, part, field, salt)
    return known if kind == DIGEST else _digest(known, value)


def _proof(entry: Entry, part: str, field: str, salt: str | None = None) -> list[str]:
    """By what a field is checked: its own salt, or its digest once it was struck out."""
    path = f"{part}/{field}"
    if entry.proofs is not None:
        found: list[str] = entry.proofs.get(path, [DIGEST, ""])
        return found
    whole = (entry.salt or "") if salt is None else salt
    return [SALT, hmac.digest(whole.encode(), path.encode(), "sha256").hex()]


def _digest(salt: str, value: Any) -> str:
    return sha256(salt.encode() + _canonical(value)).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _fields_with(fields: dict[str, Any], values: Sequence[str]) -> list[str]:
    return [field for field, value in fields.items() if any(_holds(value, one) for one in values)]


def _holds(value: Any, wanted: str) -> bool:
    """Whether a text at any depth holds another."""
    if isinstance(value, str):
        return wanted in value
    if isinstance(value, dict):
        return any(_holds(item, wanted) for item in (*value.keys(), *value.values()))
    return isinstance(value, list) and any(_holds(item, wanted) for item in value)
