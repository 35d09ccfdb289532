"""keep first moments and pasts of firms

Reports are repeated as of a past day, so what they count by must never change. The audit trail tells what was written
over until now: when a firm was sent and verified first, and which region and main branch it had before each change.
"""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from matchmaker.core.db import UtcDateTime

revision = "9d27c4e80b53"
down_revision = "c0a4d1f7e3b9"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ENTRY = sa.table(
    "audit_entry",
    sa.column("id", sa.BigInteger),
    sa.column("at", UtcDateTime()),
    sa.column("action", sa.String),
    sa.column("entity", sa.String),
    sa.column("entity_id", sa.Integer),
    sa.column("before", JSON),
)
FIRM = sa.table(
    "firm",
    sa.column("id", sa.Integer),
    sa.column("state", sa.String),
    sa.column("region_code", sa.String),
    sa.column("registered_at", UtcDateTime()),
    sa.column("listed_at", UtcDateTime()),
    sa.column("submitted_at", UtcDateTime()),
    sa.column("created_at", UtcDateTime()),
)
SECTOR = sa.table(
    "firm_sector",
    sa.column("firm_id", sa.Integer),
    sa.column("nace_class", sa.String),
    sa.column("main", sa.Boolean),
)
PAST = sa.table(
    "firm_past",
    sa.column("firm_id", sa.Integer),
    sa.column("until", UtcDateTime()),
    sa.column("region_code", sa.String),
    sa.column("nace_class", sa.String),
)
CHANGES = ("change_place", "change_sectors")


def upgrade() -> None:
    op.create_table(
        "firm_past",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=8), nullable=False),
        sa.Column("nace_class", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_firm_past_firm_id_firm"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_past")),
    )
    with op.batch_alter_table("firm_past", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_firm_past_firm_id"), ["firm_id"], unique=False)
        batch_op.create_index("ix_firm_past_until", ["until", "firm_id"], unique=False)
    with op.batch_alter_table("firm", schema=None) as batch_op:
        batch_op.add_column(sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_firm_first_moments", ["registered_at", "listed_at", "country", "region_code"], unique=False
        )
    fill_first_moments(op.get_bind())
    fill_pasts(op.get_bind())


def fill_first_moments(bind: sa.Connection) -> None:
    """The first sending and the first verification by the audit trail; what came without one, by the firm's own rows."""
    bind.execute(
        sa.update(FIRM).values(registered_at=sa.func.coalesce(_first("submit"), FIRM.c.submitted_at))
    )
    bind.execute(
        sa.update(FIRM)
        .where(FIRM.c.registered_at.is_(None), FIRM.c.state.not_in(("draft", "archived")))
        .values(registered_at=FIRM.c.created_at)
    )
    bind.execute(
        sa.update(FIRM)
        .where(FIRM.c.listed_at.is_not(None))
        .values(listed_at=sa.func.coalesce(_first("verify"), FIRM.c.listed_at))
    )
    bind.execute(
        sa.update(FIRM)
        .where(sa.or_(FIRM.c.registered_at.is_(None), FIRM.c.registered_at > FIRM.c.listed_at))
        .values(registered_at=FIRM.c.listed_at)
    )


def _first(action: str) -> Any:
    entry = ENTRY.alias()
    return (
        sa.select(sa.func.min(entry.c.at))
        .where(entry.c.entity == "firm", entry.c.entity_id == FIRM.c.id, entry.c.action == action)
        .scalar_subquery()
    )


def fill_pasts(bind: sa.Connection) -> None:
    """From the firm as it is backwards: each entry tells what stood there before its change."""
    found = (
        sa.select(ENTRY.c.entity_id, ENTRY.c.at, ENTRY.c.action, ENTRY.c.before)
        .where(ENTRY.c.entity == "firm", ENTRY.c.action.in_(CHANGES))
        .order_by(ENTRY.c.id.desc())
    )
    changes = defaultdict(list)
    for firm_id, at, action, before in bind.execute(found):
        changes[firm_id].append((at, action, before or {}))
    rows = []
    for firm_id, newest_first in changes.items():
        firm = bind.execute(
            sa.select(FIRM.c.registered_at, FIRM.c.region_code).where(FIRM.c.id == firm_id)
        ).first()
        if firm is None or firm.registered_at is None:
            continue
        main = sa.select(SECTOR.c.nace_class).where(SECTOR.c.firm_id == firm_id, SECTOR.c.main)
        now = (firm.region_code, bind.scalar(main) or "")
        for at, action, before in newest_first:
            then = _before(now, action, before)
            if then != now and at > firm.registered_at:
                rows.append({"firm_id": firm_id, "until": at, "region_code": then[0], "nace_class": then[1]})
            now = then
    rows.reverse()
    rows.sort(key=lambda row: row["until"])
    if rows:
        bind.execute(sa.insert(PAST), rows)


def _before(now: tuple[str, str], action: str, before: dict[str, Any]) -> tuple[str, str]:
    if action == "change_place":
        return before.get("region_code", now[0]) or "", now[1]
    main = next((code for _code, _revision, code, main in before.get("sectors", ()) if main), "")
    return now[0], main or ""


def downgrade() -> None:
    with op.batch_alter_table("firm", schema=None) as batch_op:
        batch_op.drop_index("ix_firm_first_moments")
        batch_op.drop_column("registered_at")
    op.drop_table("firm_past")
