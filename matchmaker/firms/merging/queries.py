"""Reads of merges."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.firms.merging.models import MergeRecord, MovedValue


def merge(merge_id: int) -> MergeRecord:
    """One merge with its firms and who did it; raises NotFound."""
    return existing(db.session.scalar(_loaded(merge_id)))


def merge_for_change(merge_id: int) -> MergeRecord:
    """The merge, locked until the end of the request; raises NotFound."""
    locked = _loaded(merge_id).with_for_update(of=MergeRecord).execution_options(populate_existing=True)
    return existing(db.session.scalar(locked))


def _loaded(merge_id: int) -> Select[MergeRecord]:
    return (
        select(MergeRecord)
        .where(MergeRecord.id == merge_id)
        .options(
            selectinload(MergeRecord.kept),
            selectinload(MergeRecord.merged),
            selectinload(MergeRecord.person),
            selectinload(MergeRecord.undone_by),
        )
    )


def standing_merge(merged_id: int) -> MergeRecord | None:
    """The merge by which a firm went into another, unless it was undone."""
    return db.session.scalar(
        select(MergeRecord).where(MergeRecord.merged_id == merged_id, MergeRecord.undone_at.is_(None))
    )


def kept_of(firm_id: int) -> int:
    """The firm that a firm went into, by however many merges; itself where it went into none."""
    while (found := standing_merge(firm_id)) is not None:
        firm_id = found.kept_id
    return firm_id


def latest_merge(first_id: int, second_id: int) -> MergeRecord | None:
    """The last merge of two firms, whichever was kept."""
    both = (first_id, second_id)
    return db.session.scalar(
        select(MergeRecord)
        .where(MergeRecord.kept_id.in_(both), MergeRecord.merged_id.in_(both))
        .order_by(MergeRecord.id.desc())
        .limit(1)
    )


def values(merge_id: int) -> list[MovedValue]:
    """Everything that was moved, the last first."""
    wanted = select(MovedValue).where(MovedValue.merge_id == merge_id).order_by(MovedValue.id.desc())
    return list(db.session.scalars(wanted))


def moved_tables(merge_id: int, *, kept_back: bool = False) -> list[tuple[str, int]]:
    """How many rows of each table were moved, or could not be put back."""
    wanted = select(MovedValue.table_name, func.count(MovedValue.row_id.distinct())).where(
        MovedValue.merge_id == merge_id
    )
    if kept_back:
        wanted = wanted.where(MovedValue.kept_back)
    rows = db.session.execute(wanted.group_by(MovedValue.table_name).order_by(MovedValue.table_name))
    return [(name, count) for name, count in rows]
