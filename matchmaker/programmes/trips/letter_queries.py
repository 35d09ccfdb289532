"""Reads of the register of letters and of runs that make many."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.jobs import Job
from matchmaker.mous.models import Mou, MouParty
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.trips.models import LetterRun, TripLetter


def letters(programme_id: int) -> Sequence[TripLetter]:
    """The letters of a trip in the order of their numbers, newest year first."""
    return db.session.scalars(
        select(TripLetter)
        .where(TripLetter.programme_id == programme_id)
        .options(
            selectinload(TripLetter.institution),
            selectinload(TripLetter.issued_by),
            selectinload(TripLetter.delegate).selectinload(Delegate.sign_up).selectinload(SignUp.firm),
        )
        .order_by(TripLetter.institution_id, TripLetter.year.desc(), TripLetter.number.desc())
    ).all()


def letter(letter_id: int) -> TripLetter:
    """A letter with its trip, institution, delegate and file; raises NotFound."""
    of_trip = selectinload(TripLetter.programme)
    return existing(
        db.session.scalar(
            select(TripLetter)
            .where(TripLetter.id == letter_id)
            .options(
                of_trip.selectinload(Programme.mou)
                .selectinload(Mou.parties)
                .selectinload(MouParty.institution),
                selectinload(TripLetter.institution),
                selectinload(TripLetter.file),
                selectinload(TripLetter.delegate),
            )
        )
    )


def with_letter(batch: str) -> set[int]:
    """The delegates who got their letter of a run already."""
    return set(db.session.scalars(select(TripLetter.delegate_id).where(TripLetter.batch == batch)))


def letters_of_batch(batch: str) -> Sequence[TripLetter]:
    """The letters of a run with their files, by number."""
    return db.session.scalars(
        select(TripLetter)
        .where(TripLetter.batch == batch)
        .options(selectinload(TripLetter.file), selectinload(TripLetter.institution))
        .order_by(TripLetter.year, TripLetter.number)
    ).all()


def runs(programme_id: int) -> Sequence[LetterRun]:
    """The runs of a trip, newest first."""
    return db.session.scalars(
        select(LetterRun).where(LetterRun.programme_id == programme_id).order_by(LetterRun.id.desc())
    ).all()


def run(run_id: int) -> LetterRun:
    """A run with its trip and file; raises NotFound."""
    of_trip = selectinload(LetterRun.programme)
    return existing(
        db.session.scalar(
            select(LetterRun)
            .where(LetterRun.id == run_id)
            .options(
                of_trip.selectinload(Programme.mou)
                .selectinload(Mou.parties)
                .selectinload(MouParty.institution),
                of_trip.selectinload(Programme.institution),
                of_trip.selectinload(Programme.host_institution),
                selectinload(LetterRun.file),
            )
        )
    )


def job_of(run: LetterRun) -> Job | None:
    """The job that works or worked on a run."""
    return db.session.get(Job, run.job_id) if run.job_id else None
