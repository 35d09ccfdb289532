"""limit reminders to a group"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "e93b60c4f1a7"
down_revision = "d8a2c5e17b93"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    with op.batch_alter_table("programme_reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("filters", kept, nullable=False, server_default="{}"))
    with op.batch_alter_table("programme_reminder", schema=None) as batch_op:
        batch_op.alter_column("filters", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("programme_reminder", schema=None) as batch_op:
        batch_op.drop_column("filters")
