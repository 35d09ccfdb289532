"""queue an import once"""

import sqlalchemy as sa
from alembic import op

revision = "5e0c7b1f94d8"
down_revision = "d231d5cc0daf"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('queued', 'running')")
UNFINISHED = sa.text("finished_at IS NULL AND sha256 <> ''")


def upgrade() -> None:
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("single", sa.String(length=100), nullable=True))
    op.create_index(
        "uq_job_single_open", "job", ["single"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    # Of imports of one file that were begun at the same moment, the latest is the one that is gone on with.
    op.execute(
        "UPDATE register_import SET sha256 = '' WHERE finished_at IS NULL AND EXISTS ("
        "SELECT 1 FROM register_import AS later WHERE later.finished_at IS NULL AND later.id > register_import.id"
        " AND later.country = register_import.country AND later.sha256 = register_import.sha256)"
    )
    op.create_index(
        "uq_register_import_unfinished",
        "register_import",
        ["country", "sha256"],
        unique=True,
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )


def downgrade() -> None:
    op.drop_index("uq_register_import_unfinished", table_name="register_import")
    op.drop_index("uq_job_single_open", table_name="job")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_column("single")
