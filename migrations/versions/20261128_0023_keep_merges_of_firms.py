"""keep merges of firms"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '36e2796c2a75'
down_revision = "e2a6b7d01f48"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('merge_record',
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('merged_id', sa.Integer(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('state_before', sa.Enum('draft', 'submitted', 'verified', 'on_hold', 'suspended', 'archived', name='firmstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.Column('left', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('kept_id <> merged_id', name=op.f('ck_merge_record_two_firms')),
    sa.ForeignKeyConstraint(['kept_id'], ['firm.id'], name=op.f('fk_merge_record_kept_id_firm')),
    sa.ForeignKeyConstraint(['merged_id'], ['firm.id'], name=op.f('fk_merge_record_merged_id_firm')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_merge_record_person_id_person')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['person.id'], name=op.f('fk_merge_record_undone_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merge_record'))
    )
    with op.batch_alter_table('merge_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_merge_record_kept_id'), ['kept_id'], unique=False)
        batch_op.create_index('uq_merge_record_merged_standing', ['merged_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.create_table('moved_value',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merge_id', sa.Integer(), nullable=False),
    sa.Column('table_name', sa.String(length=40), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('column_name', sa.String(length=40), nullable=False),
    sa.Column('before', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('after', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('kept_back', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['merge_id'], ['merge_record.id'], name=op.f('fk_moved_value_merge_id_merge_record'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moved_value'))
    )
    with op.batch_alter_table('moved_value', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moved_value_merge_id'), ['merge_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('moved_value', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_moved_value_merge_id'))

    op.drop_table('moved_value')
    with op.batch_alter_table('merge_record', schema=None) as batch_op:
        batch_op.drop_index('uq_merge_record_merged_standing', sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_merge_record_kept_id'))

    op.drop_table('merge_record')
