"""find who names a file"""

import sqlalchemy as sa
from alembic import op

revision = "7c41d9e2a605"
down_revision = "7c41d0b9e2a6"
branch_labels = None
depends_on = None

TABLES = {"firm": "logo_id", "firm_certificate": "file_id"}


def upgrade() -> None:
    for table, column in TABLES.items():
        named = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=named, postgresql_where=named)


def downgrade() -> None:
    for table, column in TABLES.items():
        op.drop_index(f"ix_{table}_{column}", table_name=table)
