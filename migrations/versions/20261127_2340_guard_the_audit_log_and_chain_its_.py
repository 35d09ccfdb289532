"""guard the audit log and chain its entries"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "c0a4d1f7e3b9"
down_revision = "260d6a320010"
branch_labels = None
depends_on = None

UNSEALED = sa.text("sequence IS NULL")
FUNCTION = """
        CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the audit log cannot be changed' USING ERRCODE = 'restrict_violation'; END $$"""
SQLITE = (
    """
        CREATE TRIGGER audit_entry_guard_insert BEFORE INSERT ON audit_entry
        WHEN NEW.sequence IS NOT NULL OR NEW.hash IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.proofs IS NOT NULL
            OR EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
    """
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
    """
        CREATE TRIGGER audit_entry_guard_delete BEFORE DELETE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
    """
        CREATE TRIGGER audit_chain_guard_update BEFORE UPDATE ON audit_chain
        WHEN NOT (NEW.id IS OLD.id AND NEW.sequence > OLD.sequence)
        BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
    """
        CREATE TRIGGER audit_chain_guard_delete BEFORE DELETE ON audit_chain
        BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
)
POSTGRESQL = (
    """
        CREATE TRIGGER audit_entry_guard_insert BEFORE INSERT ON audit_entry FOR EACH ROW
        WHEN (NEW.sequence IS NOT NULL OR NEW.hash IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.proofs IS NOT NULL)
        EXECUTE FUNCTION audit_refuse()""",
    """
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
    """
        CREATE TRIGGER audit_entry_guard_delete BEFORE DELETE ON audit_entry FOR EACH ROW
        EXECUTE FUNCTION audit_refuse()""",
    """
        CREATE TRIGGER audit_entry_guard_truncate BEFORE TRUNCATE ON audit_entry
        EXECUTE FUNCTION audit_refuse()""",
    """
        CREATE TRIGGER audit_chain_guard_update BEFORE UPDATE ON audit_chain FOR EACH ROW
        WHEN (NEW.id <> OLD.id OR NEW.sequence <= OLD.sequence) EXECUTE FUNCTION audit_refuse()""",
    """
        CREATE TRIGGER audit_chain_guard_delete BEFORE DELETE ON audit_chain FOR EACH ROW
        EXECUTE FUNCTION audit_refuse()""",
    """
        CREATE TRIGGER audit_chain_guard_truncate BEFORE TRUNCATE ON audit_chain
        EXECUTE FUNCTION audit_refuse()""",
)


def upgrade() -> None:
    # One spelling of verbs, before anything is sealed.
    op.execute(
        "UPDATE audit_entry SET action = replace(replace(action, '-', '_'), ' ', '_') "
        "WHERE action LIKE '%-%' OR action LIKE '% %'"
    )
    op.add_column("audit_entry", sa.Column("sequence", sa.BigInteger(), nullable=True))
    op.add_column("audit_entry", sa.Column("hash", sa.String(length=64), nullable=True))
    op.add_column("audit_entry", sa.Column("salt", sa.String(length=32), nullable=True))
    op.add_column(
        "audit_entry",
        sa.Column("proofs", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_audit_entry_sequence"), ["sequence"])
    op.create_index(
        "ix_audit_entry_unsealed", "audit_entry", ["id"], sqlite_where=UNSEALED, postgresql_where=UNSEALED
    )
    op.create_table(
        "audit_chain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_chain")),
    )
    is_embedded = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if is_embedded else (FUNCTION, *POSTGRESQL):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(f"DROP TRIGGER {statement.split()[2]}")
    else:
        for statement in POSTGRESQL:
            op.execute(f"DROP TRIGGER {statement.split()[2]} ON {statement.split(' ON ')[1].split()[0]}")
        op.execute("DROP FUNCTION audit_refuse()")
    op.drop_table("audit_chain")
    op.drop_index("ix_audit_entry_unsealed", table_name="audit_entry")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_audit_entry_sequence"), type_="unique")
        for name in ("sequence", "hash", "salt", "proofs"):
            batch_op.drop_column(name)
