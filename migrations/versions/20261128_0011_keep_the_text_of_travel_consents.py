"""keep the text of travel consents"""

import sqlalchemy as sa
from alembic import op

revision = "4f7d20c9b6e3"
down_revision = "9d27c4e80b53"
branch_labels = None
depends_on = None

STANDING = sa.text("withdrawn_at IS NULL")
PURPOSES = ("passport", "needs")
papers = sa.table(
    "travel_papers",
    *(
        sa.column(name)
        for name in (
            "delegate_id",
            "passport_consent_at",
            "needs_consent_at",
            "consent_version",
            "consent_language",
        )
    ),
)
consent = sa.table(
    "travel_consent",
    *(
        sa.column(name)
        for name in (
            "id",
            "delegate_id",
            "purpose",
            "text_version",
            "language",
            "text",
            "given_at",
            "withdrawn_at",
            "created_at",
            "updated_at",
        )
    ),
)


def upgrade() -> None:
    op.create_table(
        "travel_consent",
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "passport",
                "needs",
                name="travelpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegate_id"],
            ["delegate.id"],
            name=op.f("fk_travel_consent_delegate_id_delegate"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_consent")),
    )
    with op.batch_alter_table("travel_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_travel_consent_delegate_id"), ["delegate_id"], unique=False)
        batch_op.create_index(
            "uq_travel_consent_standing",
            ["delegate_id", "purpose"],
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        )
    # Of consents given before only version and language were kept; the text itself was not.
    for purpose in PURPOSES:
        given = papers.c[f"{purpose}_consent_at"]
        known = (papers.c.delegate_id, sa.literal(purpose), papers.c.consent_version, papers.c.consent_language)
        rows = sa.select(*known, sa.literal(""), given, given, given).where(given.is_not(None))
        names = ["delegate_id", "purpose", "text_version", "language", "text"]
        op.execute(consent.insert().from_select([*names, "given_at", "created_at", "updated_at"], rows))
    with op.batch_alter_table("travel_papers", schema=None) as batch_op:
        batch_op.drop_column("passport_consent_at")
        batch_op.drop_column("needs_consent_at")
        batch_op.drop_column("consent_version")
        batch_op.drop_column("consent_language")


def downgrade() -> None:
    with op.batch_alter_table("travel_papers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("passport_consent_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("needs_consent_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("consent_version", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("consent_language", sa.String(length=8), nullable=False, server_default="")
        )
    own = sa.select(consent).where(consent.c.delegate_id == papers.c.delegate_id)
    for purpose in PURPOSES:
        standing = own.where(consent.c.purpose == purpose, consent.c.withdrawn_at.is_(None))
        given_at = standing.with_only_columns(consent.c.given_at).scalar_subquery()
        op.execute(papers.update().values({f"{purpose}_consent_at": given_at}))
    last = own.order_by(consent.c.id.desc()).limit(1)
    for column, kept in (("consent_version", consent.c.text_version), ("consent_language", consent.c.language)):
        told = last.with_only_columns(kept).scalar_subquery()
        op.execute(papers.update().values({column: sa.func.coalesce(told, "")}))
    with op.batch_alter_table("travel_papers", schema=None) as batch_op:
        batch_op.alter_column("consent_version", server_default=None)
        batch_op.alter_column("consent_language", server_default=None)
    with op.batch_alter_table("travel_consent", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_travel_consent_standing", sqlite_where=STANDING, postgresql_where=STANDING
        )
        batch_op.drop_index(batch_op.f("ix_travel_consent_delegate_id"))
    op.drop_table("travel_consent")
