"""Stored files that no record names: uploads that were checked and never taken in, what removed records left behind."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Column, Text, cast, select

from matchmaker.core.db import Base, db
from matchmaker.core.files import StoredFile, stray_contents
from matchmaker.core.jobs import Job, JobState
from matchmaker.core.retention import Due, Purged, remove_files, span
from matchmaker.programmes.answers import file_ids
from matchmaker.programmes.models import SignUp


def purge_files(due: Due) -> Purged:
    """Remove old files that nothing names, and contents whose row is gone."""
    free = select(StoredFile.id, StoredFile.created_at).where(StoredFile.created_at < due.before)
    for column in _naming_columns():
        free = free.where(~select(column).where(column == StoredFile.id).exists())
    named = _named_in_words()
    found = [row for row in db.session.execute(free.order_by(StoredFile.id)) if row.id not in named]
    found = found[: due.most]
    removed = remove_files([row.id for row in found])
    strays = [] if found else _remove_strays(due)
    oldest, newest = span([row.created_at for row in found])
    return Purged(removed + len(strays), 0, removed + len(strays), oldest, newest)


def _naming_columns() -> Iterator[Column[int]]:
    """The columns of all tables that name a stored file."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table is StoredFile.__table__ for key in column.foreign_keys):
                yield column


def _named_in_words() -> set[int]:
    """Files that no key names: answers of sign-ups, results of jobs, what a job still has to read."""
    answers = select(SignUp.answers).where(cast(SignUp.answers, Text).contains('"file"'))
    found = {number for row in db.session.scalars(answers) for number in file_ids(row)}
    wrote = select(Job.result).where(cast(Job.result, Text).contains('"file_id"'))
    waiting = Job.state.in_((JobState.QUEUED, JobState.RUNNING))
    reads = select(Job.arguments).where(waiting, cast(Job.arguments, Text).contains('"file_id"'))
    for named in (*db.session.scalars(wrote), *db.session.scalars(reads)):
        found.add(int(named["file_id"]))
    return found


def _remove_strays(due: Due) -> list[Path]:
    known = set(db.session.scalars(select(StoredFile.token)))
    strays = list(stray_contents(known, due.before))[: due.most]
    for path in strays:
        path.unlink(missing_ok=True)
    return strays
