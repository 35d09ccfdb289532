"""keep who holds a task"""

import sqlalchemy as sa
from alembic import op

revision = "5e2a8c70b1d4"
down_revision = "e93b60c4f1a7"
branch_labels = None
depends_on = None

KINDS = (
    "verify",
    "change",
    "join",
    "duplicate",
    "opportunity",
    "from_abroad",
    "unanswered",
    "approve",
    "screen",
    "erase",
)


def upgrade() -> None:
    op.create_table(
        "task_holder",
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="taskkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_holder_person_id_person")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_task_holder_institution_id_institution")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["person.id"], name=op.f("fk_task_holder_given_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_holder")),
        sa.UniqueConstraint("kind", "record_id", "country", name=op.f("uq_task_holder_kind_record_id_country")),
    )
    with op.batch_alter_table("task_holder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_holder_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_holder_institution_id"), ["institution_id"], unique=False)


def downgrade() -> None:
    op.drop_table("task_holder")
