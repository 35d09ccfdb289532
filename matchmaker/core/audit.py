"""The audit log: who did what to which record, with the values before and after.

Entries are sealed into a chain soon afterwards (core/audit_chain.py) and guarded by the database
(core/audit_guards.py).
"""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask import g, has_request_context
from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import Base, BigKey, db
from matchmaker.core.unit_of_work import after_this

VERB = re.compile(r"[a-z]+(_[a-z0-9]+)*")
"""The one spelling of verbs; a refused one has `refused:` before it."""
REFUSED = "refused:"
UNSEALED = text("sequence IS NULL")


class AuditEntry(Base):
    """One deed, never changed afterwards; actor_id is empty for the system itself.

    sequence, hash and salt are None until the entry is sealed. Once values had to be struck out the salt is empty and
    proofs holds what is left to check the entry by.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_entity_entity_id", "entity", "entity_id"),
        Index("ix_audit_entry_unsealed", "id", sqlite_where=UNSEALED, postgresql_where=UNSEALED),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(80))
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[int | None]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    request_id: Mapped[str] = mapped_column(String(32), default="")
    sequence: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    hash: Mapped[str | None] = mapped_column(String(64))
    salt: Mapped[str | None] = mapped_column(String(32))
    proofs: Mapped[dict[str, Any] | None]


class AuditChain(Base):
    """The one row of the chain's head: how many entries are sealed, and the hash of the last."""

    __tablename__ = "audit_chain"

    id: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


def record(
    actor: Actor | None,
    action: str,
    entity: str,
    entity_id: int | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write one line in the transaction of the deed; `action` is a verb such as `approve`."""
    db.session.add(_entry(actor, action, entity, entity_id, before, after))


def record_refusal(actor: Actor | None, action: str, entity: str, entity_id: int | None, reason: str) -> None:
    """Log a refused deed after the rollback that the refusal causes."""
    _later(actor, REFUSED + action, entity, entity_id, {"reason": reason})


def record_reading(actor: Actor | None, entity: str, entity_id: int | None, fields: list[str]) -> None:
    """Log that restricted fields were shown to somebody."""
    _later(actor, "read", entity, entity_id, {"fields": fields})


def record_readings(actor: Actor | None, entity: str, entity_ids: Collection[int], fields: list[str]) -> None:
    """Log that restricted fields of several records were shown in a list: a line for each, so that each can be asked for."""
    _write_later([_entry(actor, "read", entity, one, None, {"fields": fields}) for one in entity_ids])


def record_export(
    actor: Actor | None, entity: str, entity_id: int | None, filters: dict[str, Any], rows: int
) -> None:
    """Log that a list left the product as a file: of what, by which filters, how many rows."""
    _later(actor, "export", entity, entity_id, {"filters": filters, "rows": rows})


def _later(
    actor: Actor | None, action: str, entity: str, entity_id: int | None, after: dict[str, Any]
) -> None:
    _write_later([_entry(actor, action, entity, entity_id, None, after)])


def _write_later(entries: list[AuditEntry]) -> None:
    """In one short transaction behind the request; outside requests with the deed."""
    if not has_request_context():
        db.session.add_all(entries)
    elif entries:
        after_this(lambda: db.session.add_all(entries))


def _entry(
    actor: Actor | None,
    action: str,
    entity: str,
    entity_id: int | None,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> AuditEntry:
    if not VERB.fullmatch(action.removeprefix(REFUSED)):
        raise ValueError(f"verbs of the audit log are written like put_in_use, not {action}")
    return AuditEntry(
        actor_id=actor.person_id if actor and actor.is_authenticated else None,
        action=action,
        entity=entity,
        entity_id=entity_id,
        before=before or {},
        after=after or {},
        request_id=g.get("request_id", "") if has_request_context() else "",
    )
