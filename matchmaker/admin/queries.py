"""Reads about the audit log."""

from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.core.jobs import Job


def last_check(kind: str) -> Job | None:
    """The newest job that checked the chain, done or not."""
    return db.session.scalar(select(Job).where(Job.kind == kind).order_by(Job.id.desc()).limit(1))
