"""Reads of lists: the versions so far, the entries of one, the checks of files."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.compliance.models import SanctionsEntry, SanctionsList
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.core.jobs import Job, JobState
from matchmaker.engines.text.names import name_key

LIST_JOB = "sanctions-list"
PAGE = 50
CHECKS_SHOWN = 20
STEP = 2_000


def lists_in_use() -> Sequence[SanctionsList]:
    """The versions that firms are compared with now, with who took them in."""
    return db.session.scalars(
        select(SanctionsList)
        .where(SanctionsList.current)
        .options(selectinload(SanctionsList.taken_in_by))
        .order_by(SanctionsList.name, SanctionsList.id)
    ).all()


def list_names() -> list[str]:
    """The names of the lists that are in use, in order."""
    return list(
        db.session.scalars(
            select(SanctionsList.name).where(SanctionsList.current).order_by(SanctionsList.name)
        )
    )


def version(list_id: int) -> SanctionsList:
    """One version that is or was in use, with who took it in; raises NotFound."""
    return existing(
        db.session.scalar(
            select(SanctionsList)
            .where(SanctionsList.id == list_id, SanctionsList.taken_in_at.is_not(None))
            .options(selectinload(SanctionsList.taken_in_by))
        )
    )


def versions_of(name: str) -> Sequence[SanctionsList]:
    """The latest versions of a list, the newest first."""
    return db.session.scalars(
        select(SanctionsList)
        .where(SanctionsList.name == name, SanctionsList.taken_in_at.is_not(None))
        .options(selectinload(SanctionsList.taken_in_by))
        .order_by(SanctionsList.taken_in_at.desc(), SanctionsList.id.desc())
        .limit(PAGE)
    ).all()


def version_of_job(job_id: int) -> SanctionsList | None:
    """The version that a job has put in use already."""
    return db.session.scalar(
        select(SanctionsList).where(SanctionsList.job_id == job_id, SanctionsList.taken_in_at.is_not(None))
    )


def entries_of(list_id: int, words: str, page: int = 1) -> tuple[Sequence[SanctionsEntry], int]:
    """One page of the entries of a version whose name or reference has these words in either script, and how many."""
    wanted = select(SanctionsEntry).where(SanctionsEntry.list_id == list_id)
    if words:
        key = name_key(words)
        named = SanctionsEntry.name_key.contains(key, autoescape=True) if key else None
        known = SanctionsEntry.reference == words
        wanted = wanted.where(known if named is None else or_(named, known))
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    shown = wanted.order_by(SanctionsEntry.id).limit(PAGE).offset((page - 1) * PAGE)
    return db.session.scalars(shown).all(), total


def stored_entries(list_id: int) -> Iterator[Row[Any]]:
    """What is compared of each entry of a version, read in steps."""
    return iter(
        db.session.execute(
            select(
                SanctionsEntry.reference,
                SanctionsEntry.kind,
                SanctionsEntry.name,
                SanctionsEntry.aliases,
                SanctionsEntry.identifiers,
                SanctionsEntry.programme,
                SanctionsEntry.countries,
                SanctionsEntry.listed_on,
            )
            .where(SanctionsEntry.list_id == list_id)
            .order_by(SanctionsEntry.id)
            .execution_options(yield_per=STEP)
        )
    )


def names_of(list_id: int, references: Collection[str]) -> dict[str, str]:
    """The names of entries of a version by their references."""
    rows = db.session.execute(
        select(SanctionsEntry.reference, SanctionsEntry.name).where(
            SanctionsEntry.list_id == list_id, SanctionsEntry.reference.in_(references)
        )
    )
    return {row.reference: row.name for row in rows}


def check(job_id: int) -> Job:
    """A job that checks a list file or takes it in; raises NotFound for any other."""
    found = db.session.get(Job, job_id)
    if found is None or found.kind != LIST_JOB:
        raise NotFound
    return found


def checks() -> Sequence[Job]:
    """The latest checks and takings in, the newest first."""
    return db.session.scalars(
        select(Job).where(Job.kind == LIST_JOB).order_by(Job.id.desc()).limit(CHECKS_SHOWN)
    ).all()


def is_over(job: Job) -> bool:
    """Whether a check ended with a report."""
    return job.state is JobState.DONE and bool(job.result)
