"""keep what a text does not say"""

import sqlalchemy as sa
from alembic import op


revision = '9a71f1c7ff4d'
down_revision = 'dce7c30e4f54'
branch_labels = None
depends_on = None



def upgrade() -> None:
    with op.batch_alter_table('mou', schema=None) as batch_op:
        batch_op.alter_column('binding', existing_type=sa.Boolean(), nullable=True)


def downgrade() -> None:
    mou = sa.table('mou', sa.column('binding', sa.Boolean()))
    op.execute(mou.update().where(mou.c.binding.is_(None)).values(binding=False))
    with op.batch_alter_table('mou', schema=None) as batch_op:
        batch_op.alter_column('binding', existing_type=sa.Boolean(), nullable=False)
