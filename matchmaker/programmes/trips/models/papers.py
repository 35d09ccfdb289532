"""Papers of delegates, kept locked; who may read them; letters with their register; what was destroyed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Base, Entity, Language, Line, Name, Prose
from matchmaker.core.files import StoredFile
from matchmaker.institutions.models import Institution
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trips.enums import LetterKind, LetterState, TravelPurpose, VisaState


class TravelPapers(Entity):
    """What a delegate needs to travel.

    passport_locked, needs_locked and emergency_locked are encrypted (travel_secrets.py) and destroyed at purged_at.
    """

    __tablename__ = "travel_papers"
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id", ondelete="CASCADE"), unique=True)
    passport_locked: Mapped[Prose] = mapped_column(default="")
    passport_given_at: Mapped[datetime | None]
    needs_locked: Mapped[Prose] = mapped_column(default="")
    emergency_locked: Mapped[Prose] = mapped_column(default="")
    visa: Mapped[VisaState] = mapped_column(default=VisaState.NOT_STARTED)
    insured_until: Mapped[date | None]
    insurer: Mapped[Name] = mapped_column(default="")
    arrival: Mapped[Line] = mapped_column(default="")
    departure: Mapped[Line] = mapped_column(default="")
    hotel: Mapped[Line] = mapped_column(default="")
    purged_at: Mapped[datetime | None]
    delegate: Mapped[Delegate] = relationship(lazy="raise")


STANDING = text("withdrawn_at IS NULL")


class TravelConsent(Entity):
    """One consent of a delegate for one purpose: the text as read, its version and language, given and withdrawn when.

    Of one purpose at most one stands at a time. The consent for needs is apart, as they are a special category of
    personal data.
    """

    __tablename__ = "travel_consent"
    __table_args__ = (
        Index(
            "uq_travel_consent_standing",
            "delegate_id",
            "purpose",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[TravelPurpose]
    text_version: Mapped[str] = mapped_column(String(20))
    language: Mapped[Language]
    text: Mapped[Prose]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class PassportOfficer(Entity):
    """Somebody of the organiser or the host who may read the passports of one trip."""

    __tablename__ = "passport_officer"
    __table_args__ = (UniqueConstraint("programme_id", "person_id"),)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    named_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])


class LetterCounter(Base):
    """The last number given by an institution in a year; its row is locked while a letter is issued."""

    __tablename__ = "letter_counter"
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class TripLetter(Entity):
    """One letter of the register; numbers of an institution and year run from 1 without a gap.

    addressee is the consulate, sha256 that of the PDF as issued; the file is kept locked until the purge. batch is that of
    the run that made it, which makes no second letter for the same delegate.
    """

    __tablename__ = "trip_letter"
    __table_args__ = (
        UniqueConstraint("institution_id", "year", "number"),
        UniqueConstraint("batch", "delegate_id"),
        CheckConstraint("number > 0", name="number_positive"),
    )
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    year: Mapped[int]
    number: Mapped[int]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    kind: Mapped[LetterKind]
    language: Mapped[Language]
    addressee: Mapped[Line] = mapped_column(default="")
    state: Mapped[LetterState] = mapped_column(default=LetterState.ISSUED)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime]
    sha256: Mapped[str] = mapped_column(String(64))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    batch: Mapped[str | None] = mapped_column(String(40))
    cancel_reason: Mapped[Line] = mapped_column(default="")
    file: Mapped[StoredFile | None] = relationship(lazy="raise")
    programme: Mapped[Programme] = relationship(lazy="raise")
    institution: Mapped[Institution] = relationship(lazy="raise")
    delegate: Mapped[Delegate] = relationship(lazy="raise")
    issued_by: Mapped[Person | None] = relationship(lazy="raise")


class LetterRun(Entity):
    """One order for the letters of all delegates of a trip with the list of scores, done by a job.

    left_out holds the numbers of delegates without a passport or on hold; the file is a locked archive, destroyed with the letters.
    """

    __tablename__ = "letter_run"
    batch: Mapped[str] = mapped_column(String(40), unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    kind: Mapped[LetterKind]
    language: Mapped[Language]
    addressee: Mapped[Line] = mapped_column(default="")
    ordered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    letters: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[list[Any]] = mapped_column(default=list)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    finished_at: Mapped[datetime | None]
    programme: Mapped[Programme] = relationship(lazy="raise")
    file: Mapped[StoredFile | None] = relationship(lazy="raise")
