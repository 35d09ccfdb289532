"""keep what institutions print and speak"""

import sqlalchemy as sa
from alembic import op


revision = 'de0cf8678a56'
down_revision = 'e2b7587fb4ee'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('institution', schema=None) as batch_op:
        batch_op.add_column(sa.Column('languages', sa.String(length=500), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column('letter_lines', sa.Text(), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column('rest_country', sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column('logo_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_institution_logo_id_stored_file'), 'stored_file', ['logo_id'], ['id'])
    with op.batch_alter_table('institution', schema=None) as batch_op:
        batch_op.alter_column('languages', server_default=None)
        batch_op.alter_column('letter_lines', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('institution', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_institution_logo_id_stored_file'), type_='foreignkey')
        batch_op.drop_column('logo_id')
        batch_op.drop_column('rest_country')
        batch_op.drop_column('letter_lines')
        batch_op.drop_column('languages')
