"""screen people who travel"""

import sqlalchemy as sa
from alembic import op

revision = "b81d4c6e2f07"
down_revision = "4b7e19d2c6a0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.add_column(sa.Column("delegate_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_screening_delegate_id_delegate"), "delegate", ["delegate_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_index(batch_op.f("ix_screening_delegate_id"), ["delegate_id"], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM screening_hit WHERE screening_id IN (SELECT id FROM screening WHERE delegate_id IS NOT NULL)")
    op.execute("DELETE FROM screening WHERE delegate_id IS NOT NULL")
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_screening_delegate_id"))
        batch_op.drop_constraint(batch_op.f("fk_screening_delegate_id_delegate"), type_="foreignkey")
        batch_op.drop_column("delegate_id")
