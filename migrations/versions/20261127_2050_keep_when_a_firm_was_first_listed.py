"""keep when a firm was first listed"""

import sqlalchemy as sa
from alembic import op

revision = "3f0b8d27c6e1"
down_revision = "7c41d9e2a605"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("firm", schema=None) as batch_op:
        batch_op.add_column(sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_firm_listed_at"), ["listed_at"], unique=False)
    # Of firms verified before this was kept only the latest verification is known; all of them were listed by then.
    op.execute("UPDATE firm SET listed_at = verified_at")


def downgrade() -> None:
    with op.batch_alter_table("firm", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_firm_listed_at"))
        batch_op.drop_column("listed_at")
