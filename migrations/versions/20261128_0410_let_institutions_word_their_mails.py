"""let institutions word their mails"""

import sqlalchemy as sa
from alembic import op


revision = "c41f7a90d2e6"
down_revision = "4b6e91d5a7f2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_wording",
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_mail_wording_institution_id_institution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_wording")),
        sa.UniqueConstraint("institution_id", "kind", "language", name=op.f("uq_mail_wording_institution_id_kind_language")),
    )
    op.create_table(
        "mail_wording_version",
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("returned_to", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_wording_version_person_id_person")),
        sa.ForeignKeyConstraint(["wording_id"], ["mail_wording.id"], name=op.f("fk_mail_wording_version_wording_id_mail_wording"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_wording_version")),
        sa.UniqueConstraint("wording_id", "number", name=op.f("uq_mail_wording_version_wording_id_number")),
    )


def downgrade() -> None:
    op.drop_table("mail_wording_version")
    op.drop_table("mail_wording")
