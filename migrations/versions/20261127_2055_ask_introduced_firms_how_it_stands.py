"""ask introduced firms how it stands"""

import sqlalchemy as sa
from alembic import op

revision = "7c41d0b9e2a6"
down_revision = "5e0c7b1f94d8"
branch_labels = None
depends_on = None

STANDINGS = sa.Enum(
    "no_contact",
    "in_talks",
    "offer_sent",
    "partnership",
    "ended",
    name="standing",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("standing", STANDINGS, nullable=True),
        sa.Column("next_step", sa.String(length=500), nullable=False),
        sa.Column("next_step_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("days IN (30, 90, 180, 365)", name=op.f("ck_follow_up_known_days")),
        sa.CheckConstraint(
            "(standing IS NULL) = (answered_at IS NULL)", name=op.f("ck_follow_up_answered_with_moment")
        ),
        sa.ForeignKeyConstraint(
            ["match_id"], ["match.id"], name=op.f("fk_follow_up_match_id_match"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_follow_up_firm_id_firm")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("match_id", "firm_id", "days", name=op.f("uq_follow_up_match_id_firm_id_days")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_firm_id"), ["firm_id"], unique=False)
        batch_op.create_index("ix_follow_up_answered_at_asked_at", ["answered_at", "asked_at"], unique=False)
    op.create_table(
        "follow_up_link",
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(contact_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_follow_up_link_one_person")
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["follow_up.id"],
            name=op.f("fk_follow_up_link_follow_up_id_follow_up"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact_person.id"],
            name=op.f("fk_follow_up_link_contact_id_contact_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_follow_up_link_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_follow_up_link_digest")),
        sa.UniqueConstraint("follow_up_id", "address", name=op.f("uq_follow_up_link_follow_up_id_address")),
    )
    with op.batch_alter_table("follow_up_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_link_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_link_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("follow_up_link")
    op.drop_table("follow_up")
