"""tell targets by quarter"""

import sqlalchemy as sa
from alembic import op


revision = 'dce7c30e4f54'
down_revision = '485faa9603c3'
branch_labels = None
depends_on = None



def upgrade() -> None:
    op.create_table('indicator_step',
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('target', sa.Numeric(precision=18, scale=2), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('target >= 0', name=op.f('ck_indicator_step_target_not_negative')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_indicator_step_indicator_id_indicator'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator_step')),
    sa.UniqueConstraint('indicator_id', 'ends_on', name=op.f('uq_indicator_step_indicator_id_ends_on'))
    )


def downgrade() -> None:
    op.drop_table('indicator_step')
