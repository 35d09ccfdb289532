"""keep messages to participants"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = 'e2b7587fb4ee'
down_revision = '1b80a57855c3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('programme_message',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('filters', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.Column('left_out', sa.Integer(), nullable=False),
    sa.Column('subject_tr', sa.String(length=500), nullable=False),
    sa.Column('subject_ru', sa.String(length=500), nullable=False),
    sa.Column('subject_en', sa.String(length=500), nullable=False),
    sa.Column('text_tr', sa.Text(), nullable=False),
    sa.Column('text_ru', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], name=op.f('fk_programme_message_created_by_id_person')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_message_programme_id_programme'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sent_by_id'], ['person.id'], name=op.f('fk_programme_message_sent_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_message'))
    )
    with op.batch_alter_table('programme_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_message_programme_id'), ['programme_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('programme_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_message_programme_id'))

    op.drop_table('programme_message')
