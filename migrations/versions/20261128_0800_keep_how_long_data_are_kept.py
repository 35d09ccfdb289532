"""keep how long data are kept"""

import sqlalchemy as sa
from alembic import op

revision = "c4d1f07a9b35"
down_revision = "b81d4c6e2f07"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_term",
        sa.Column("data_class", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["person.id"], name=op.f("fk_retention_term_set_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_term")),
        sa.UniqueConstraint("data_class", "number", name=op.f("uq_retention_term_data_class_number")),
    )
    with op.batch_alter_table("destruction_record", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("data_class", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("records", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("term_number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("oldest_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("newest_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("job_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_destruction_record_job_id_data_class", ["job_id", "data_class"], unique=False)
    with op.batch_alter_table("destruction_record", schema=None) as batch_op:
        batch_op.alter_column("data_class", server_default=None)
        batch_op.alter_column("records", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("destruction_record", schema=None) as batch_op:
        batch_op.drop_index("ix_destruction_record_job_id_data_class")
        for name in ("job_id", "newest_at", "oldest_at", "days", "term_number", "records", "data_class"):
            batch_op.drop_column(name)
    op.drop_table("retention_term")
