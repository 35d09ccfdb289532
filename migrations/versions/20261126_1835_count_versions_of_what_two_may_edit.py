"""count versions of what two may edit"""

import sqlalchemy as sa
from alembic import op


revision = 'd55d5a46aeb5'
down_revision = 'b1f04a7c9d52'
branch_labels = None
depends_on = None


TABLES = ('committee_meeting', 'indicator', 'institution', 'note_text')


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default=sa.text('1')))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column('version', server_default=None)


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('version')
