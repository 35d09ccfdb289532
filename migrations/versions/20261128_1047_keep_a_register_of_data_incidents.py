"""keep a register of data incidents"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = 'e8d1fd5beabc'
down_revision = 'e2a7c05d9f31'
branch_labels = None
depends_on = None


BEFORE = (
    "verify", "change", "join", "duplicate", "opportunity", "from_abroad", "unanswered", "approve", "screen", "erase",
)
KINDS = (*BEFORE, "incident", "incident_report")


def kinds_of_tasks(kinds: tuple[str, ...]) -> None:
    """Let a task that somebody holds be of these kinds."""
    named = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table('task_holder', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_task_holder_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_task_holder_kind'), sa.text(f"kind IN ({named})"))


def upgrade() -> None:
    kinds_of_tasks(KINDS)
    op.create_table('incident',
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('discovered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('occurred_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('data_classes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('persons', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('state', sa.Enum('open', 'closed', name='incidentstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_incident_closed_with_moment')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_incident_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident'))
    )
    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.create_index('ix_incident_state_discovered_at', ['state', 'discovered_at'], unique=False)

    op.create_table('incident_term',
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('set_by_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['set_by_id'], ['person.id'], name=op.f('fk_incident_term_set_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_term')),
    sa.UniqueConstraint('rule', 'number', name=op.f('uq_incident_term_rule_number'))
    )
    op.create_table('incident_clock',
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('area', sa.String(length=2), nullable=False),
    sa.Column('step', sa.Enum('first_notice', 'inquiry', 'persons', name='breachstep', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('law', sa.String(length=200), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.Enum('done', 'not_required', name='clockoutcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checklist', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('soon_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('late_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(hours IS NULL) = (due_at IS NULL)', name=op.f('ck_incident_clock_hours_with_deadline')),
    sa.CheckConstraint('(outcome IS NULL) = (done_at IS NULL)', name=op.f('ck_incident_clock_stopped_with_moment')),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incident_clock_incident_id_incident'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_clock')),
    sa.UniqueConstraint('incident_id', 'rule', name=op.f('uq_incident_clock_incident_id_rule'))
    )
    with op.batch_alter_table('incident_clock', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incident_clock_due_at'), ['due_at'], unique=False)

    op.create_table('incident_entry',
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('recorded', 'step', 'not_required', 'measure', 'facts', 'void', 'closed', 'reopened', name='entrykind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reference', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('checklist', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('changed', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_incident_entry_by_id_person')),
    sa.ForeignKeyConstraint(['corrects_id'], ['incident_entry.id'], name=op.f('fk_incident_entry_corrects_id_incident_entry')),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incident_entry_incident_id_incident'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_entry')),
    sa.UniqueConstraint('corrects_id', name=op.f('uq_incident_entry_corrects_id')),
    sa.UniqueConstraint('incident_id', 'number', name=op.f('uq_incident_entry_incident_id_number'))
    )
    op.create_table('incident_institution',
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incident_institution_incident_id_incident'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_incident_institution_institution_id_institution')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_institution')),
    sa.UniqueConstraint('incident_id', 'institution_id', name=op.f('uq_incident_institution_incident_id_institution_id'))
    )
    with op.batch_alter_table('incident_institution', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incident_institution_institution_id'), ['institution_id'], unique=False)

    op.create_table('incident_report',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('noticed', sa.String(length=500), nullable=False),
    sa.Column('state', sa.Enum('open', 'taken', 'dismissed', name='reportstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('incident_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_incident_report_decided_by_id_person')),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incident_report_incident_id_incident')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_incident_report_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_report'))
    )
    with op.batch_alter_table('incident_report', schema=None) as batch_op:
        batch_op.create_index('ix_incident_report_country_state', ['country', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_incident_report_incident_id'), ['incident_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_incident_report_person_id'), ['person_id'], unique=False)



def downgrade() -> None:
    op.execute("DELETE FROM task_holder WHERE kind IN ('incident', 'incident_report')")
    kinds_of_tasks(BEFORE)
    with op.batch_alter_table('incident_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incident_report_person_id'))
        batch_op.drop_index(batch_op.f('ix_incident_report_incident_id'))
        batch_op.drop_index('ix_incident_report_country_state')

    op.drop_table('incident_report')
    with op.batch_alter_table('incident_institution', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incident_institution_institution_id'))

    op.drop_table('incident_institution')
    op.drop_table('incident_entry')
    with op.batch_alter_table('incident_clock', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incident_clock_due_at'))

    op.drop_table('incident_clock')
    op.drop_table('incident_term')
    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.drop_index('ix_incident_state_discovered_at')

    op.drop_table('incident')
