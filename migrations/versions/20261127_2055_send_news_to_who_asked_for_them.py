"""send news to who asked for them"""

import sqlalchemy as sa
from alembic import op

revision = "8c41d0e5a7b2"
down_revision = "3f0b8d27c6e1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "news_opt_in",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "category",
            sa.Enum("saved_searches", name="newscategory", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("locked_token", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_news_opt_in_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_opt_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_news_opt_in_digest")),
        sa.UniqueConstraint("person_id", "category", name=op.f("uq_news_opt_in_person_id_category")),
    )
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("unsubscribe_url", sa.String(length=500), nullable=False, server_default=sa.text("''"))
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.drop_column("unsubscribe_url")
    op.drop_table("news_opt_in")
