"""Reads of archives of own data."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.rights.models import DataExport


def latest_export(person_id: int) -> DataExport | None:
    """The last archive that a person asked for, with its job and file."""
    return db.session.scalar(
        select(DataExport)
        .where(DataExport.person_id == person_id)
        .options(selectinload(DataExport.job), selectinload(DataExport.file))
        .order_by(DataExport.id.desc())
        .limit(1)
    )


def export(export_id: int) -> DataExport:
    """An archive that can be downloaded now; raises NotFound."""
    return existing(
        db.session.scalar(
            select(DataExport)
            .where(
                DataExport.id == export_id,
                DataExport.file_id.is_not(None),
                DataExport.expires_at > clock.now(),
            )
            .options(selectinload(DataExport.file))
        )
    )


def exports_of(person_id: int) -> Sequence[DataExport]:
    """All archives of a person."""
    return db.session.scalars(
        select(DataExport).where(DataExport.person_id == person_id).order_by(DataExport.id)
    ).all()


def exports_until(moment: datetime, most: int) -> Sequence[DataExport]:
    """The archives whose time ended before a moment, at most so many."""
    over = select(DataExport).where(DataExport.expires_at <= moment)
    return db.session.scalars(over.order_by(DataExport.id).limit(most)).all()
