"""keep requests for erasure"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = 'a0c3864e81fb'
down_revision = "4f7d20c9b6e3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('erasure_request',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('open_person', sa.Integer(), nullable=True),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('state', sa.Enum('asked', 'carried_out', 'partly', 'refused', 'withdrawn', name='erasurestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('law', sa.String(length=200), nullable=False),
    sa.Column('ground', sa.Enum('legal_duty', 'legal_claim', 'not_the_person', name='erasureground', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('kept_parts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('removed', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer_mail_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_erasure_request_decided_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_erasure_request_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure_request')),
    sa.UniqueConstraint('open_person', name=op.f('uq_erasure_request_open_person'))
    )
    with op.batch_alter_table('erasure_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasure_request_person_id'), ['person_id'], unique=False)

    op.create_table('erasure_recipient',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('firm_id', sa.Integer(), nullable=False),
    sa.Column('fields', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('disclosed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_erasure_recipient_firm_id_firm')),
    sa.ForeignKeyConstraint(['request_id'], ['erasure_request.id'], name=op.f('fk_erasure_recipient_request_id_erasure_request'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure_recipient')),
    sa.UniqueConstraint('request_id', 'firm_id', name=op.f('uq_erasure_recipient_request_id_firm_id'))
    )
    with op.batch_alter_table('erasure_recipient', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasure_recipient_firm_id'), ['firm_id'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('erased_at')

    with op.batch_alter_table('erasure_recipient', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_erasure_recipient_firm_id'))

    op.drop_table('erasure_recipient')
    with op.batch_alter_table('erasure_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_erasure_request_person_id'))

    op.drop_table('erasure_request')