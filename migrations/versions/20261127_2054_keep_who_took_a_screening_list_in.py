"""keep who took a screening list in, and what its entries say"""

import sqlalchemy as sa
from alembic import op

revision = "35c607a5cc8d"
down_revision = "d90a3e6f21c4"
branch_labels = None
depends_on = None

CURRENT = sa.text('"current"')
EMPTY = sa.text("''")


def upgrade() -> None:
    kind = sa.Enum(
        "person", "entity", "vessel", "aircraft", "other",
        name="entrykind", native_enum=False, create_constraint=True, length=40,
    )
    with op.batch_alter_table("sanctions_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", kind, nullable=False, server_default=sa.text("'other'")))
        batch_op.add_column(sa.Column("countries", sa.String(length=500), nullable=False, server_default=EMPTY))
        batch_op.add_column(sa.Column("listed_on", sa.Date(), nullable=True))
    with op.batch_alter_table("sanctions_entry", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)
        batch_op.alter_column("countries", server_default=None)
    with op.batch_alter_table("sanctions_list", schema=None) as batch_op:
        batch_op.add_column(sa.Column("form", sa.String(length=40), nullable=False, server_default=EMPTY))
        batch_op.add_column(sa.Column("file_name", sa.String(length=200), nullable=False, server_default=EMPTY))
        batch_op.add_column(sa.Column("job_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("taken_in_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("unchanged_on", sa.Date(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_sanctions_list_job_id_job"), "job", ["job_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_sanctions_list_taken_in_by_id_person"), "person", ["taken_in_by_id"], ["id"]
        )
    with op.batch_alter_table("sanctions_list", schema=None) as batch_op:
        batch_op.alter_column("form", server_default=None)
        batch_op.alter_column("file_name", server_default=None)
    # Whatever is here was in use from the moment it was stored; of a list, the version stored last is.
    op.execute("UPDATE sanctions_list SET taken_in_at = created_at")
    op.execute(
        'UPDATE sanctions_list SET "current" = false WHERE "current" AND EXISTS (SELECT 1 FROM sanctions_list AS later'
        ' WHERE later."current" AND later.name = sanctions_list.name AND later.id > sanctions_list.id)'
    )
    op.create_index(
        "uq_sanctions_list_current",
        "sanctions_list",
        ["name"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )


def downgrade() -> None:
    op.drop_index("uq_sanctions_list_current", table_name="sanctions_list")
    with op.batch_alter_table("sanctions_list", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_sanctions_list_taken_in_by_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_sanctions_list_job_id_job"), type_="foreignkey")
        for name in ("unchanged_on", "taken_in_by_id", "taken_in_at", "job_id", "file_name", "form"):
            batch_op.drop_column(name)
    with op.batch_alter_table("sanctions_entry", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_sanctions_entry_kind"), type_="check")
        for name in ("listed_on", "countries", "kind"):
            batch_op.drop_column(name)
