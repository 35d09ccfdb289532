"""give badges their tokens"""

import sqlalchemy as sa
from alembic import op


revision = '5b1c0e7a94d2'
down_revision = 'a13eeff2da72'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('badge',
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=40), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegate.id'], name=op.f('fk_badge_delegate_id_delegate'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badge')),
    sa.UniqueConstraint('delegate_id', name=op.f('uq_badge_delegate_id')),
    sa.UniqueConstraint('token', name=op.f('uq_badge_token'))
    )


def downgrade() -> None:
    op.drop_table('badge')
