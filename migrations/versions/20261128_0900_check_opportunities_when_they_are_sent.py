"""check opportunities when they are sent"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "e2a7c05d9f31"
down_revision = "daccde841a63"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OUTCOMES = ("clean", "marked", "refused")
KINDS = (
    "same_own",
    "near_own",
    "same_related",
    "near_related",
    "refused_before",
    "listed_goods",
    "military_words",
    "dual_use_words",
    "rule_words",
    "contact_words",
    "reworded",
)
WORD_KINDS = ("military", "dual_use", "rules", "contact")


def one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    """An enumeration as the models keep it."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "opportunity_check",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("outcome", one_of(OUTCOMES, "outcome"), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("word_list", sa.String(length=40), nullable=False),
        sa.Column("goods_list", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_check_opportunity_id_opportunity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_opportunity_check_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_check")),
    )
    op.create_index("ix_opportunity_check_opportunity_id", "opportunity_check", ["opportunity_id"])
    op.create_table(
        "opportunity_finding",
        sa.Column("id", BIG, nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of(KINDS, "kind"), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("likeness", sa.Integer(), nullable=True),
        sa.Column("parts", JSON, nullable=False),
        sa.Column("words", JSON, nullable=False),
        sa.Column("goods", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["opportunity_check.id"],
            name=op.f("fk_opportunity_finding_check_id_opportunity_check"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_finding_other_id_opportunity"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_finding")),
    )
    op.create_index("ix_opportunity_finding_check_id_kind", "opportunity_finding", ["check_id", "kind"])
    op.create_index("ix_opportunity_finding_other_id", "opportunity_finding", ["other_id"])
    op.create_table(
        "sensitive_word_change",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("phrase", sa.String(length=80), nullable=False),
        sa.Column("kind", one_of(WORD_KINDS, "kind"), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["person.id"], name=op.f("fk_sensitive_word_change_set_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sensitive_word_change")),
        sa.UniqueConstraint("number", name=op.f("uq_sensitive_word_change_number")),
    )
    with op.batch_alter_table("opportunity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("points", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("opportunity", schema=None) as batch_op:
        batch_op.drop_column("points")
    op.drop_table("sensitive_word_change")
    op.drop_index("ix_opportunity_finding_other_id", table_name="opportunity_finding")
    op.drop_index("ix_opportunity_finding_check_id_kind", table_name="opportunity_finding")
    op.drop_table("opportunity_finding")
    op.drop_index("ix_opportunity_check_opportunity_id", table_name="opportunity_check")
    op.drop_table("opportunity_check")
