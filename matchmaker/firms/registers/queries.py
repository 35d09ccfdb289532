"""Reads of register entries, of imports and of what they could not take."""

from collections.abc import Collection

from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.core.jobs import Job, JobState
from matchmaker.firms.models import RegisterEntry, RegisterImport, RegisterImportError

LIST_JOB = "firm-list"
ERRORS_SHOWN = 100


def register_entry(country: str, identifier: str) -> RegisterEntry | None:
    """The entry of a tax number in the register of a country."""
    return db.session.scalars(
        select(RegisterEntry).where(RegisterEntry.country == country, RegisterEntry.identifier == identifier)
    ).one_or_none()


def entry_of_registration(country: str, registration: str) -> RegisterEntry | None:
    """The entry of a registration number (OGRN, OGRNIP), the latest where the register repeats it."""
    if not registration:
        return None
    return db.session.scalars(
        select(RegisterEntry)
        .where(RegisterEntry.country == country, RegisterEntry.second_identifier == registration)
        .order_by(RegisterEntry.state_on.desc(), RegisterEntry.id)
        .limit(1)
    ).one_or_none()


def knows_register(country: str) -> bool:
    """Whether any entry of the country's register has been imported."""
    return (
        db.session.scalar(select(RegisterEntry.id).where(RegisterEntry.country == country).limit(1))
        is not None
    )


def register_import(import_id: int) -> RegisterImport:
    """One import; raises NotFound."""
    return existing(db.session.get(RegisterImport, import_id))


def register_imports(countries: Collection[str] | None, limit: int = 50) -> list[RegisterImport]:
    """The latest imports of the countries (None: of all), newest first."""
    wanted = select(RegisterImport).order_by(RegisterImport.id.desc()).limit(limit)
    if countries is not None:
        wanted = wanted.where(RegisterImport.country.in_(sorted(countries)))
    return list(db.session.scalars(wanted))


def unfinished_import(country: str, sha256: str) -> RegisterImport | None:
    """The import of this very file that was begun and not finished."""
    return db.session.scalars(
        select(RegisterImport)
        .where(
            RegisterImport.country == country,
            RegisterImport.sha256 == sha256,
            RegisterImport.finished_at.is_(None),
        )
        .order_by(RegisterImport.id.desc())
        .limit(1)
    ).one_or_none()


def import_errors(import_id: int, after: int = 0, limit: int = ERRORS_SHOWN) -> list[RegisterImportError]:
    """What the import could not take, in file order, from behind a number on."""
    return list(
        db.session.scalars(
            select(RegisterImportError)
            .where(RegisterImportError.import_id == import_id, RegisterImportError.id > after)
            .order_by(RegisterImportError.id)
            .limit(limit)
        )
    )


def job(job_id: int | None) -> Job | None:
    """The job of a number."""
    return None if job_id is None else db.session.get(Job, job_id)


def list_job(job_id: int) -> Job:
    """A job that reads a firm list; raises NotFound for any other."""
    found = db.session.get(Job, job_id)
    if found is None or found.kind != LIST_JOB:
        raise NotFound
    return found


def list_jobs(person_id: int | None, limit: int = 50) -> list[Job]:
    """The latest firm lists of a person (None: of all), newest first."""
    wanted = select(Job).where(Job.kind == LIST_JOB).order_by(Job.id.desc()).limit(limit)
    if person_id is not None:
        wanted = wanted.where(Job.owner_id == person_id)
    return list(db.session.scalars(wanted))


def running_import(country: str) -> RegisterImport | None:
    """The import of a country's register whose job is queued or running."""
    return db.session.scalars(
        select(RegisterImport)
        .join(Job, Job.id == RegisterImport.job_id)
        .where(
            RegisterImport.country == country,
            RegisterImport.finished_at.is_(None),
            Job.state.in_((JobState.QUEUED, JobState.RUNNING)),
        )
        .order_by(RegisterImport.id)
        .limit(1)
    ).one_or_none()
