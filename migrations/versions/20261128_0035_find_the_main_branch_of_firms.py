"""find the main branch of firms"""

from alembic import op

revision = "4b6e91d5a7f2"
down_revision = "36e2796c2a75"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("firm_sector", schema=None) as batch_op:
        batch_op.create_index("ix_firm_sector_main_class", ["firm_id", "main", "nace_class"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("firm_sector", schema=None) as batch_op:
        batch_op.drop_index("ix_firm_sector_main_class")
