"""keep interests in opportunities"""

import sqlalchemy as sa
from alembic import op

revision = '7c41be9a50d2'
down_revision = '56aac44eefbe'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('opportunity_interest',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('firm_id', sa.Integer(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('answer', sa.Enum('suitable', 'more_information', 'not_suitable', 'not_eligible', name='answer', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('note_language', sa.String(length=8), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('escalated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL)', name=op.f('ck_opportunity_interest_answered_at_a_moment')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_opportunity_interest_answered_by_id_person')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_opportunity_interest_firm_id_firm')),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_opportunity_interest_opportunity_id_opportunity')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_opportunity_interest_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity_interest')),
    sa.UniqueConstraint('opportunity_id', 'firm_id', 'turn', name=op.f('uq_opportunity_interest_opportunity_id_firm_id_turn'))
    )
    with op.batch_alter_table('opportunity_interest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opportunity_interest_firm_id'), ['firm_id'], unique=False)
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_match_origin'), type_='check')
        batch_op.create_check_constraint(
            batch_op.f('ck_match_origin'),
            sa.text("origin IN ('search', 'recommendation', 'opportunity', 'staff')"),
        )


def downgrade() -> None:
    # A match keeps its history; how it was found is told as it would have been before.
    op.execute("UPDATE match SET origin = 'search' WHERE origin = 'opportunity'")
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_match_origin'), type_='check')
        batch_op.create_check_constraint(
            batch_op.f('ck_match_origin'), sa.text("origin IN ('search', 'recommendation', 'staff')")
        )
    op.drop_table('opportunity_interest')
