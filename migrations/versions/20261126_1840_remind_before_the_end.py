"""remind before the end"""

import sqlalchemy as sa
from alembic import op

revision = 'b1f04a7c9d52'
down_revision = 'bcef2af63f48'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('programme_reminder', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_programme_reminder_anchor'), type_='check')
        batch_op.create_check_constraint(
            batch_op.f('ck_programme_reminder_anchor'),
            sa.text("anchor IN ('before_start', 'before_end', 'after_end', 'day')"),
        )


def downgrade() -> None:
    # What counted from before the end is counted from the start: nobody is reminded later than planned.
    op.execute("UPDATE programme_reminder SET anchor = 'before_start' WHERE anchor = 'before_end'")
    with op.batch_alter_table('programme_reminder', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_programme_reminder_anchor'), type_='check')
        batch_op.create_check_constraint(
            batch_op.f('ck_programme_reminder_anchor'),
            sa.text("anchor IN ('before_start', 'after_end', 'day')"),
        )
