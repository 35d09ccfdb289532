"""name points after the day they were learned from"""

import sqlalchemy as sa
from alembic import op


revision = '7c1e5a9d0b42'
down_revision = 'b136980a8745'
branch_labels = None
depends_on = None


ADDED = {'weight_set': ('named_after', 32), 'meeting': ('points_set', 40)}


def upgrade() -> None:
    for table, (column, length) in ADDED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(column, sa.String(length=length), nullable=False, server_default=''))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(column, server_default=None)
    op.create_index(op.f('ix_weight_set_named_after'), 'weight_set', ['named_after'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_weight_set_named_after'), table_name='weight_set')
    for table, (column, _length) in ADDED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
