"""count edits of mails"""

import sqlalchemy as sa
from alembic import op

revision = "d8a2c5e17b93"
down_revision = "c41f7a90d2e6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edits", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.alter_column("edits", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.drop_column("edits")
