"""The chain of the audit log: sealed in order by one at a time, guarded by the database, checked, struck out."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from matchmaker.core import audit
from matchmaker.core.audit import AuditChain, AuditEntry
from matchmaker.core.audit_chain import STRUCK, Fault, check, seal, strike
from matchmaker.core.audit_guards import missing_guards
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work

pytestmark = pytest.mark.data
NAME = "Ayşe Yılmaz"
VALUES = {"name": NAME, "size": 12.5, "tags": ["ş", {"in": None}]}


def written(count: int) -> list[int]:
    """So many entries, sealed."""
    for number in range(count):
        audit.record(None, "change", "firm", number, {"name": "before"}, VALUES)
    db.session.flush()
    seal(1000)
    return list(db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.sequence)))


def drop_guards() -> None:
    """What somebody does who owns the database."""
    connection = db.session.connection()
    names = db.session.scalars(
        text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        if connection.dialect.name == "sqlite"
        else text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
    ).all()
    for name in names:
        table = "_".join(str(name).split("_")[:2])
        suffix = "" if connection.dialect.name == "sqlite" else f" ON {table}"
        connection.exec_driver_sql(f"DROP TRIGGER {name}{suffix}")


def test_sealed_entries_form_a_chain_that_holds(session: Any) -> None:
    ids = written(3)
    audit.record(None, "change", "firm", 9)
    session.flush()

    assert seal(10) == 1
    assert seal(10) == 0

    found = check()
    assert (found.entries, found.broken) == (4, None)
    rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [row.sequence for row in rows] == [1, 2, 3, 4]
    assert [row.id for row in rows][:3] == ids
    assert len({row.hash for row in rows}) == 4
    assert found.head == f"4:{rows[-1].hash}"
    assert check((3, rows[2].hash)).broken is None


REFUSED_WHEN_SEALED = (
    "UPDATE audit_entry SET action = 'other'",
    "UPDATE audit_entry SET entity_id = NULL",
    "UPDATE audit_entry SET sequence = NULL, hash = NULL, salt = NULL",
    "UPDATE audit_entry SET hash = 'x'",
    "UPDATE audit_entry SET \"after\" = '{}'",
    "UPDATE audit_entry SET \"after\" = '{}', salt = ''",
    "UPDATE audit_entry SET salt = ''",
    "DELETE FROM audit_entry",
    "UPDATE audit_chain SET hash = 'x'",
    "UPDATE audit_chain SET sequence = 0",
    "DELETE FROM audit_chain",
)
REFUSED_BEFORE = (
    "UPDATE audit_entry SET \"after\" = '{}'",
    "UPDATE audit_entry SET sequence = 1",
    "UPDATE audit_entry SET sequence = 1, hash = 'x'",
    "UPDATE audit_entry SET sequence = 1, hash = 'x', salt = 'y', action = 'other'",
    "UPDATE audit_entry SET proofs = '{}', salt = ''",
    "DELETE FROM audit_entry",
)


def refused(statement: str) -> bool:
    """Whether the database refuses it."""
    try:
        with db.session.begin_nested():
            db.session.execute(text(statement))
    except IntegrityError as error:
        return "the audit log cannot be changed" in str(error)
    return False


def test_the_database_refuses_any_change(session: Any) -> None:
    audit.record(None, "change", "firm", 1, {"name": "before"}, VALUES)
    session.flush()
    assert [one for one in REFUSED_BEFORE if not refused(one)] == []
    written(2)
    assert [one for one in REFUSED_WHEN_SEALED if not refused(one)] == []
    assert check().entries == 3


def test_an_entry_cannot_come_sealed(session: Any) -> None:
    session.add(AuditEntry(action="change", entity="firm", sequence=1, hash="x", salt="y"))
    with pytest.raises(IntegrityError, match="the audit log cannot be changed"):
        session.flush()


TAMPERED = (
    ('UPDATE audit_entry SET "after" = \'{{"name": "X"}}\' WHERE id = {id}', Fault.CHANGED, 2),
    ("UPDATE audit_entry SET actor_id = 7 WHERE id = {id}", Fault.CHANGED, 2),
    ("UPDATE audit_entry SET action = 'read' WHERE id = {id}", Fault.CHANGED, 2),
    ("UPDATE audit_entry SET salt = 'other' WHERE id = {id}", Fault.CHANGED, 2),
    ("DELETE FROM audit_entry WHERE id = {id}", Fault.MISSING, 2),
    ("DELETE FROM audit_entry WHERE id >= {id}", Fault.MISSING, 2),
    ("UPDATE audit_chain SET hash = 'x'", Fault.HEAD, 3),
)


def test_a_change_behind_the_back_is_found_and_named(session: Any) -> None:
    ids = written(3)
    drop_guards()
    for statement, fault, place in TAMPERED:
        part = session.begin_nested()
        session.execute(text(statement.format(id=ids[1])))

        broken = check().broken

        assert broken is not None, statement
        assert (broken.fault, broken.sequence) == (fault, place)
        assert broken.entry_id == (ids[1] if fault is Fault.CHANGED else None)
        part.rollback()


def test_a_chain_made_anew_is_found_by_a_noted_head(session: Any) -> None:
    written(3)
    noted = check().head.partition(":")
    drop_guards()
    for statement in (
        "UPDATE audit_entry SET \"after\" = '{}', sequence = NULL, hash = NULL, salt = NULL",
        "DELETE FROM audit_chain",
    ):
        session.execute(text(statement))
    session.expire_all()
    seal(10)

    unnoted = check().broken
    assert unnoted is not None
    assert unnoted.fault is Fault.UNGUARDED
    broken = check((int(noted[0]), noted[2])).broken
    assert broken is not None
    assert (broken.fault, broken.sequence) == (Fault.NOTED, 3)


def test_missing_guards_and_entries_left_unsealed_are_found(session: Any) -> None:
    written(1)
    assert missing_guards(session.connection()) == []
    drop_guards()
    broken = check().broken
    assert broken is not None
    assert (broken.fault, "audit_entry_guard_delete" in broken.detail) == (Fault.UNGUARDED, True)
    audit.record(None, "change", "firm", 1)
    session.flush()
    session.execute(text("UPDATE audit_entry SET at = '2020-01-01 00:00:00+00:00' WHERE sequence IS NULL"))
    broken = check().broken
    assert broken is not None
    assert broken.fault is Fault.LATE


def test_a_name_is_struck_out_and_the_chain_holds(session: Any) -> None:
    ids = written(2)
    audit.record(None, "change", "firm", 3, {"who": {"names": [f"Mrs {NAME}"]}}, {"left": "alone"})
    session.flush()
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()

    hits = [strike(entry, (NAME, "nobody")) for entry in entries]

    assert hits == [True, True, True]
    assert not strike(entries[0], (NAME,))
    session.expire_all()
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert entries[0].after == {**VALUES, "name": STRUCK}
    assert (entries[2].before, entries[2].after) == ({"who": STRUCK}, {"left": "alone"})
    assert {entry.salt for entry in entries} == {""}
    assert check().broken is None
    assert strike(entries[0], ("before",))
    assert check().broken is None
    drop_guards()
    forged = 'UPDATE audit_entry SET "after" = \'{"name": "Someone"}\' WHERE sequence = 1'
    session.execute(text(forged))
    broken = check().broken
    assert broken is not None
    assert (broken.fault, broken.entry_id) == (Fault.CHANGED, ids[0])


def test_writers_and_sealers_at_once_make_one_chain(
    app: Flask, concurrently: Callable[..., list[Any]]
) -> None:
    def write(who: int) -> None:
        for number in range(10):
            with unit_of_work():
                audit.record(None, "change", "firm", 100 * who + number, after=VALUES)

    def sealing() -> int:
        done = 0
        for _round in range(10):
            with unit_of_work():
                done += seal(3)
        return done

    results = concurrently(*((lambda who=who: write(who)) for who in range(4)), sealing, sealing)

    assert [one for one in results if isinstance(one, Exception)] == []
    with app.app_context():
        with unit_of_work():
            seal(1000)
        found = check()
        assert (found.entries, found.broken) == (40, None)
        head = db.session.get_one(AuditChain, 1)
        places = db.session.scalars(select(AuditEntry.sequence)).all()
        assert (head.sequence, sorted(filter(None, places))) == (40, list(range(1, 41)))


def test_verbs_have_one_spelling(session: Any) -> None:
    for wrong in ("put-in-use", "put in use", "Use", ""):
        with pytest.raises(ValueError, match="put_in_use"):
            audit.record(None, wrong, "firm", 1)
    audit.record_refusal(None, "put_in_use", "firm", 1, "not now")
