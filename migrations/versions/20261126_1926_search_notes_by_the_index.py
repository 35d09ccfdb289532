"""search notes by the index"""

import sqlalchemy as sa
from alembic import op


revision = '2ff4aa7c697c'
down_revision = 'bb9a528171f0'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('note_text', schema=None) as batch_op:
        batch_op.drop_column('search_terms')


def downgrade() -> None:
    with op.batch_alter_table('note_text', schema=None) as batch_op:
        batch_op.add_column(sa.Column('search_terms', sa.Text(), nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table('note_text', schema=None) as batch_op:
        batch_op.alter_column('search_terms', server_default=None)
