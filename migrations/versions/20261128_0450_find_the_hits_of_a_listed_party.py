"""find the hits of a listed party"""

from alembic import op

revision = "7c2fa90d41be"
down_revision = "5e2a8c70b1d4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("screening_hit", schema=None) as batch_op:
        batch_op.create_index("ix_screening_hit_entry_id", ["entry_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("screening_hit", schema=None) as batch_op:
        batch_op.drop_index("ix_screening_hit_entry_id")
