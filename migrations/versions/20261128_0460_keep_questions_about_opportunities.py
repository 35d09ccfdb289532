"""keep questions about opportunities"""

import sqlalchemy as sa
from alembic import op

revision = "4b7e19d2c6a0"
down_revision = "7c2fa90d41be"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opportunity_question",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum("open", "answered", "declined", "withdrawn", name="questionstate", native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answer_language", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reason_language", sa.String(length=8), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden", sa.Enum("question", "answer", name="hiddenpart", native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=False),
        sa.Column("hidden_language", sa.String(length=8), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(hidden IS NULL) = (hidden_at IS NULL)", name=op.f("ck_opportunity_question_hidden_at_a_moment")),
        sa.CheckConstraint("(state IN ('answered', 'declined')) = (answered_at IS NOT NULL)", name=op.f("ck_opportunity_question_answered_at_a_moment")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_opportunity_question_answered_by_id_person")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_opportunity_question_firm_id_firm")),
        sa.ForeignKeyConstraint(["hidden_by_id"], ["person.id"], name=op.f("fk_opportunity_question_hidden_by_id_person")),
        sa.ForeignKeyConstraint(["opportunity_id"], ["opportunity.id"], name=op.f("fk_opportunity_question_opportunity_id_opportunity")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_opportunity_question_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_question")),
    )
    with op.batch_alter_table("opportunity_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_question_opportunity_id"), ["opportunity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_question_firm_id"), ["firm_id"], unique=False)


def downgrade() -> None:
    op.drop_table("opportunity_question")
