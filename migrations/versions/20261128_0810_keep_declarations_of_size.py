"""keep declarations of size"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "daccde841a63"
down_revision = "c4d1f07a9b35"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "declaration_term",
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("holder", sa.String(length=16), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source_note", sa.String(length=500), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("day BETWEEN 1 AND 31", name=op.f("ck_declaration_term_day_of_month")),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_declaration_term_month_of_year")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_declaration_term_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration_term")),
        sa.UniqueConstraint(
            "country", "holder", "valid_from", name=op.f("uq_declaration_term_country_holder_valid_from")
        ),
    )
    op.create_table(
        "declaration_request",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_declaration_request_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_declaration_request_firm_id_firm"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration_request")),
    )
    with op.batch_alter_table("declaration_request", schema=None) as batch_op:
        batch_op.create_index("ix_declaration_request_firm_id", ["firm_id"], unique=False)
        batch_op.create_index(
            "uq_declaration_request_open",
            ["firm_id"],
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    op.create_table(
        "size_declaration",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("declared_by_id", sa.Integer(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("turnover", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("turnover_currency", sa.String(length=3), nullable=False),
        sa.Column("turnover_year", sa.Integer(), nullable=False),
        sa.Column("balance", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("ownership", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("size_class", sa.String(length=20), nullable=False),
        sa.Column("size_rule", sa.String(length=60), nullable=False),
        sa.Column("size_reason", sa.String(length=40), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("headcount >= 0", name=op.f("ck_size_declaration_headcount_not_negative")),
        sa.CheckConstraint("turnover >= 0", name=op.f("ck_size_declaration_turnover_not_negative")),
        sa.CheckConstraint("valid_until >= declared_on", name=op.f("ck_size_declaration_not_over_at_once")),
        sa.ForeignKeyConstraint(
            ["declared_by_id"], ["person.id"], name=op.f("fk_size_declaration_declared_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_size_declaration_firm_id_firm"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_size_declaration")),
    )
    with op.batch_alter_table("size_declaration", schema=None) as batch_op:
        batch_op.create_index("ix_size_declaration_firm", ["firm_id", "id"], unique=False)

    with op.batch_alter_table("firm", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declared_until", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_firm_declared_until"), ["declared_until"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("firm", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_firm_declared_until"))
        batch_op.drop_column("declared_until")

    with op.batch_alter_table("size_declaration", schema=None) as batch_op:
        batch_op.drop_index("ix_size_declaration_firm")

    op.drop_table("size_declaration")
    with op.batch_alter_table("declaration_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_declaration_request_open",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index("ix_declaration_request_firm_id")

    op.drop_table("declaration_request")
    op.drop_table("declaration_term")
