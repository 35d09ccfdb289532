"""keep opportunities"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '56aac44eefbe'
down_revision = "30681102c3a3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('opportunity',
    sa.Column('firm_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('business_offer', 'business_request', 'technology_offer', 'technology_request', 'research_request', name='opportunitykind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', 'announced', 'published', 'refused', 'withdrawn', name='opportunitystate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('stage', sa.Enum('idea', 'prototype', 'field_tested', 'on_market', name='stage', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('property_state', sa.Enum('none', 'know_how', 'applied', 'granted', 'copyright', name='propertystate', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('partner_kind', sa.Enum('company', 'research', 'public', 'any', name='partnerkind', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('supply', sa.Enum('sample', 'regular', 'project', name='supply', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('partner_sizes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('partnerships', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('certificates', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('languages', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('quantity', sa.Numeric(precision=18, scale=2), nullable=True),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('deadline', sa.Date(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('quantity IS NULL OR quantity > 0', name=op.f('ck_opportunity_quantity_positive')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_opportunity_author_id_person')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_opportunity_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity'))
    )
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opportunity_firm_id'), ['firm_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_opportunity_opens_at'), ['opens_at'], unique=False)
        batch_op.create_index('ix_opportunity_state_expires_on', ['state', 'expires_on'], unique=False)

    op.create_table('opportunity_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verb', sa.Enum('submit', 'take_back', 'return', 'refuse', 'announce', 'clear', 'object', 'publish', 'renew', 'revise', 'withdraw', name='opportunityverb', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('before', sa.Enum('draft', 'submitted', 'announced', 'published', 'refused', 'withdrawn', name='opportunitystate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('after', sa.Enum('draft', 'submitted', 'announced', 'published', 'refused', 'withdrawn', name='opportunitystate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('country', sa.String(length=2), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_opportunity_event_opportunity_id_opportunity'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_opportunity_event_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity_event'))
    )
    with op.batch_alter_table('opportunity_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opportunity_event_opportunity_id'), ['opportunity_id'], unique=False)

    op.create_table('opportunity_good',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('hs_code', sa.String(length=6), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_opportunity_good_opportunity_id_opportunity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity_good')),
    sa.UniqueConstraint('opportunity_id', 'hs_code', name=op.f('uq_opportunity_good_opportunity_id_hs_code'))
    )
    with op.batch_alter_table('opportunity_good', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opportunity_good_hs_code'), ['hs_code'], unique=False)

    op.create_table('opportunity_reach',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('mou_id', sa.Integer(), nullable=True),
    sa.Column('standing', sa.Enum('open', 'clear', 'objected', name='standing', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('officer_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['mou_id'], ['mou.id'], name=op.f('fk_opportunity_reach_mou_id_mou')),
    sa.ForeignKeyConstraint(['officer_id'], ['person.id'], name=op.f('fk_opportunity_reach_officer_id_person')),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_opportunity_reach_opportunity_id_opportunity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity_reach')),
    sa.UniqueConstraint('opportunity_id', 'country', name=op.f('uq_opportunity_reach_opportunity_id_country'))
    )
    with op.batch_alter_table('opportunity_reach', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opportunity_reach_country'), ['country'], unique=False)

    op.create_table('opportunity_sector',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=10), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_opportunity_sector_opportunity_id_opportunity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity_sector')),
    sa.UniqueConstraint('opportunity_id', 'code', name=op.f('uq_opportunity_sector_opportunity_id_code'))
    )
    with op.batch_alter_table('opportunity_sector', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opportunity_sector_code'), ['code'], unique=False)

    op.create_table('opportunity_text',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('summary', sa.String(length=500), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('advantages', sa.Text(), nullable=False),
    sa.Column('partner_role', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_opportunity_text_opportunity_id_opportunity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity_text')),
    sa.UniqueConstraint('opportunity_id', 'language', name=op.f('uq_opportunity_text_opportunity_id_language'))
    )


def downgrade() -> None:
    op.drop_table('opportunity_text')
    with op.batch_alter_table('opportunity_sector', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_opportunity_sector_code'))

    op.drop_table('opportunity_sector')
    with op.batch_alter_table('opportunity_reach', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_opportunity_reach_country'))

    op.drop_table('opportunity_reach')
    with op.batch_alter_table('opportunity_good', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_opportunity_good_hs_code'))

    op.drop_table('opportunity_good')
    with op.batch_alter_table('opportunity_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_opportunity_event_opportunity_id'))

    op.drop_table('opportunity_event')
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.drop_index('ix_opportunity_state_expires_on')
        batch_op.drop_index(batch_op.f('ix_opportunity_opens_at'))
        batch_op.drop_index(batch_op.f('ix_opportunity_firm_id'))

    op.drop_table('opportunity')
