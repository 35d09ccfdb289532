"""keep what share of a deal would have come anyway"""

import sqlalchemy as sa
from alembic import op

revision = "b83e5f60c1d9"
down_revision = "35c607a5cc8d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("share_without", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_deal_share_in_per_cent"), "share_without IS NULL OR share_without BETWEEN 0 AND 100"
        )


def downgrade() -> None:
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_deal_share_in_per_cent"), type_="check")
        batch_op.drop_column("share_without")
