"""plan reminders to participants"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '866c528b1733'
down_revision = 'de0cf8678a56'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('programme_reminder',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('states', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('anchor', sa.Enum('before_start', 'after_end', 'day', name='reminderanchor', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('clock_time', sa.String(length=5), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('sent_for', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reached', sa.Integer(), nullable=False),
    sa.Column('subject_tr', sa.String(length=500), nullable=False),
    sa.Column('subject_ru', sa.String(length=500), nullable=False),
    sa.Column('subject_en', sa.String(length=500), nullable=False),
    sa.Column('text_tr', sa.Text(), nullable=False),
    sa.Column('text_ru', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('days >= 0', name=op.f('ck_programme_reminder_days_not_negative')),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], name=op.f('fk_programme_reminder_created_by_id_person')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_reminder_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_reminder'))
    )
    with op.batch_alter_table('programme_reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_reminder_programme_id'), ['programme_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('programme_reminder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_reminder_programme_id'))

    op.drop_table('programme_reminder')
