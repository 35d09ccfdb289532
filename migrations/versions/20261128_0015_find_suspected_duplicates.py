"""find suspected duplicates"""

import sqlalchemy as sa
from alembic import op


revision = '30681102c3a3'
down_revision = "a0c3864e81fb"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('duplicate_key',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('firm_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_duplicate_key_firm_id_firm'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duplicate_key')),
    sa.UniqueConstraint('firm_id', 'key', name=op.f('uq_duplicate_key_firm_id_key'))
    )
    with op.batch_alter_table('duplicate_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_duplicate_key_key'), ['key'], unique=False)

    op.create_table('duplicate_look',
    sa.Column('firm_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_duplicate_look_firm_id_firm'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('firm_id', name=op.f('pk_duplicate_look'))
    )
    with op.batch_alter_table('duplicate_look', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_duplicate_look_at'), ['at'], unique=False)

    op.create_table('suspected_pair',
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('state', sa.Enum('open', 'put_aside', 'merged', name='pairstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('host', sa.String(length=100), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('strength', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_suspected_pair_in_order')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_suspected_pair_decided_by_id_person')),
    sa.ForeignKeyConstraint(['first_id'], ['firm.id'], name=op.f('fk_suspected_pair_first_id_firm'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_id'], ['firm.id'], name=op.f('fk_suspected_pair_second_id_firm'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suspected_pair')),
    sa.UniqueConstraint('first_id', 'second_id', name=op.f('uq_suspected_pair_first_id_second_id'))
    )
    with op.batch_alter_table('suspected_pair', schema=None) as batch_op:
        batch_op.create_index('ix_suspected_pair_country_state', ['country', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_suspected_pair_second_id'), ['second_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('suspected_pair', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suspected_pair_second_id'))
        batch_op.drop_index('ix_suspected_pair_country_state')

    op.drop_table('suspected_pair')
    with op.batch_alter_table('duplicate_look', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_duplicate_look_at'))

    op.drop_table('duplicate_look')
    with op.batch_alter_table('duplicate_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_duplicate_key_key'))

    op.drop_table('duplicate_key')
