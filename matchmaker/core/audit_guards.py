"""Triggers that keep the audit log from being changed, by the application or by hand, on both databases.

An entry may be sealed once, and a sealed one may have values struck out; nothing else is taken, nor is any deletion.
The migration that makes them keeps a copy of its own. ALTER TABLE leaves them; a table that Alembic rewrites on SQLite
(`batch_alter_table`) loses them, which `flask check-audit` finds.
"""

from sqlalchemy import Connection, Table, event, text

from matchmaker.core.audit import AuditChain, AuditEntry

SQLITE = {
    "audit_entry_guard_insert": """
        CREATE TRIGGER audit_entry_guard_insert BEFORE INSERT ON audit_entry
        WHEN NEW.sequence IS NOT NULL OR NEW.hash IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.proofs IS NOT NULL
            OR EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
    "audit_entry_guard_update": """
        CREATE TRIGGER audit_entry_guard_update BEFORE UPDATE ON audit_entry
        WHEN NOT (
            NEW.id IS OLD.id AND NEW.at IS OLD.at AND NEW.actor_id IS OLD.actor_id AND NEW.action IS OLD.action
            AND NEW.entity IS OLD.entity AND NEW.entity_id IS OLD.entity_id AND NEW.request_id IS OLD.request_id
            AND (
                (
                    OLD.sequence IS NULL AND NEW.sequence IS NOT NULL AND NEW.hash IS NOT NULL
                    AND NEW.salt IS NOT NULL AND NEW.salt <> ''
                    AND NEW.proofs IS OLD.proofs AND NEW."before" IS OLD."before" AND NEW."after" IS OLD."after"
                ) OR (
                    OLD.sequence IS NOT NULL AND NEW.sequence IS OLD.sequence AND NEW.hash IS OLD.hash
                    AND NEW.salt IS '' AND NEW.proofs IS NOT NULL AND NEW.proofs IS NOT OLD.proofs
                )
            )
        )
        BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
    "audit_entry_guard_delete": """
        CREATE TRIGGER audit_entry_guard_delete BEFORE DELETE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
    "audit_chain_guard_update": """
        CREATE TRIGGER audit_chain_guard_update BEFORE UPDATE ON audit_chain
        WHEN NOT (NEW.id IS OLD.id AND NEW.sequence > OLD.sequence)
        BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
    "audit_chain_guard_delete": """
        CREATE TRIGGER audit_chain_guard_delete BEFORE DELETE ON audit_chain
        BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
}
FUNCTIONS = (
    """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit log cannot be changed' USING ERRCODE = 'restrict_violation'; END $$""",
)
POSTGRESQL = {
    "audit_entry_guard_insert": """
        CREATE TRIGGER audit_entry_guard_insert BEFORE INSERT ON audit_entry FOR EACH ROW
        WHEN (NEW.sequence IS NOT NULL OR NEW.hash IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.proofs IS NOT NULL)
        EXECUTE FUNCTION audit_refuse()""",
    "audit_entry_guard_update": """
        CREATE TRIGGER audit_entry_guard_update BEFORE UPDATE ON audit_entry FOR EACH ROW
        WHEN (NOT (
            (NEW.id, NEW.at, NEW.action, NEW.entity, NEW.request_id)
                = (OLD.id, OLD.at, OLD.action, OLD.entity, OLD.request_id)
            AND NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id AND NEW.entity_id IS NOT DISTINCT FROM OLD.entity_id
            AND (
                (
                    OLD.sequence IS NULL AND NEW.sequence IS NOT NULL AND NEW.hash IS NOT NULL
                    AND coalesce(NEW.salt, '') <> '' AND NEW.proofs IS NOT DISTINCT FROM OLD.proofs
                    AND NEW."before" = OLD."before" AND NEW."after" = OLD."after"
                ) OR (
                    OLD.sequence IS NOT NULL AND NEW.sequence IS NOT DISTINCT FROM OLD.sequence
                    AND NEW.hash IS NOT DISTINCT FROM OLD.hash AND NEW.salt IS NOT DISTINCT FROM ''
                    AND NEW.proofs IS NOT NULL AND NEW.proofs IS DISTINCT FROM OLD.proofs
                )
            )
        )) EXECUTE FUNCTION audit_refuse()""",
    "audit_entry_guard_delete": """
        CREATE TRIGGER audit_entry_guard_delete BEFORE DELETE ON audit_entry FOR EACH ROW
        EXECUTE FUNCTION audit_refuse()""",
    "audit_entry_guard_truncate": """
        CREATE TRIGGER audit_entry_guard_truncate BEFORE TRUNCATE ON audit_entry
        EXECUTE FUNCTION audit_refuse()""",
    "audit_chain_guard_update": """
        CREATE TRIGGER audit_chain_guard_update BEFORE UPDATE ON audit_chain FOR EACH ROW
        WHEN (NEW.id <> OLD.id OR NEW.sequence <= OLD.sequence) EXECUTE FUNCTION audit_refuse()""",
    "audit_chain_guard_delete": """
        CREATE TRIGGER audit_chain_guard_delete BEFORE DELETE ON audit_chain FOR EACH ROW
        EXECUTE FUNCTION audit_refuse()""",
    "audit_chain_guard_truncate": """
        CREATE TRIGGER audit_chain_guard_truncate BEFORE TRUNCATE ON audit_chain
        EXECUTE FUNCTION audit_refuse()""",
}
STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'audit_%' AND tgenabled <> 'D' AND NOT tgisinternal",
}


def missing_guards(connection: Connection) -> list[str]:
    """The triggers that are not there or are switched off."""
    standing = set(connection.scalars(text(STANDING[connection.dialect.name])))
    wanted = SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
    return sorted(set(wanted) - standing)


def _guard(table: Table, connection: Connection, **options: object) -> None:
    """Make the triggers of a table right after it, where tables are made from the models."""
    embedded = connection.dialect.name == "sqlite"
    if not embedded and table.name == AuditEntry.__tablename__:
        for statement in FUNCTIONS:
            connection.exec_driver_sql(statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    for name, statement in (SQLITE if embedded else POSTGRESQL).items():
        if name.startswith(f"{table.name}_guard"):
            connection.exec_driver_sql(statement)


for _model in (AuditEntry, AuditChain):
    event.listen(_model.__table__, "after_create", _guard)
