"""keep deals of introduced firms"""

import sqlalchemy as sa
from alembic import op


revision = '6083718d0a83'
down_revision = '2ff4aa7c697c'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('deal',
    sa.Column('match_id', sa.Integer(), nullable=False),
    sa.Column('open_match_id', sa.Integer(), nullable=True),
    sa.Column('reporter_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('sale', 'distribution', 'joint_production', 'licence', 'other', name='dealkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('reported', 'confirmed', 'refused', 'withdrawn', name='dealstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('amount', sa.Numeric(precision=18, scale=2), nullable=True),
    sa.Column('currency', sa.Enum('EUR', 'USD', 'TRY', 'RUB', name='currency', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('hs_code', sa.String(length=6), nullable=False),
    sa.Column('expected_on', sa.Date(), nullable=True),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name=op.f('ck_deal_confirmed_with_moment')),
    sa.CheckConstraint("(state = 'reported') = (open_match_id IS NOT NULL)", name=op.f('ck_deal_open_while_reported')),
    sa.CheckConstraint('(amount IS NULL) = (currency IS NULL)', name=op.f('ck_deal_amount_with_currency')),
    sa.CheckConstraint('amount IS NULL OR amount > 0', name=op.f('ck_deal_amount_positive')),
    sa.ForeignKeyConstraint(['match_id'], ['match.id'], name=op.f('fk_deal_match_id_match'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reporter_id'], ['firm.id'], name=op.f('fk_deal_reporter_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deal')),
    sa.UniqueConstraint('open_match_id', name=op.f('uq_deal_open_match_id'))
    )
    with op.batch_alter_table('deal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deal_confirmed_at'), ['confirmed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_deal_match_id'), ['match_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deal_reporter_id'), ['reporter_id'], unique=False)
    # An indicator of the value of deals names its currency as its unit; others go on without a source.
    op.execute(
        "UPDATE indicator_part SET figure = 'deal_value_' || (SELECT lower(unit) FROM indicator"
        " WHERE indicator.id = indicator_part.indicator_id) WHERE figure = 'deal_value' AND EXISTS (SELECT 1"
        " FROM indicator WHERE indicator.id = indicator_part.indicator_id"
        " AND upper(unit) IN ('EUR', 'USD', 'TRY', 'RUB'))"
    )



def downgrade() -> None:
    op.execute("UPDATE indicator_part SET figure = 'deal_value' WHERE figure LIKE 'deal_value_%'")
    with op.batch_alter_table('deal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deal_reporter_id'))
        batch_op.drop_index(batch_op.f('ix_deal_match_id'))
        batch_op.drop_index(batch_op.f('ix_deal_confirmed_at'))

    op.drop_table('deal')
