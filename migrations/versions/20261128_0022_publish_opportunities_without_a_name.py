"""publish opportunities without a name"""

import sqlalchemy as sa
from alembic import op

revision = 'e2a6b7d01f48'
down_revision = '7c41be9a50d2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('anonymous', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.drop_column('anonymous')
