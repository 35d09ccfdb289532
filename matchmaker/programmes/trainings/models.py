"""Sessions of a training, who attended them, what was answered afterwards, and certificates."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core import clock
from matchmaker.core.db import Country, Entity, Language, Line, Name, Prose
from matchmaker.core.files import StoredFile
from matchmaker.programmes.enums import ProgrammeMode
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trainings.enums import AttendanceWay


class TrainingSession(Entity):
    """One part of a training; moments are shown in the zone of the programme.

    check_in_code is what participants type or scan to say that they are there; interpretation holds language codes.
    """

    __tablename__ = "training_session"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    title_tr: Mapped[Name] = mapped_column(default="")
    title_ru: Mapped[Name] = mapped_column(default="")
    title_en: Mapped[Name] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    trainer: Mapped[Name] = mapped_column(default="")
    place: Mapped[Line] = mapped_column(default="")
    link: Mapped[Line] = mapped_column(default="")
    mode: Mapped[ProgrammeMode] = mapped_column(default=ProgrammeMode.ROOM)
    language: Mapped[Language] = mapped_column(default="")
    interpretation: Mapped[list[Any]] = mapped_column(default=list)
    check_in_code: Mapped[str] = mapped_column(String(12))
    programme: Mapped[Programme] = relationship(lazy="raise")
    materials: Mapped[list["SessionMaterial"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="SessionMaterial.id"
    )

    def title(self, language: str) -> str:
        """The title in a language, else the first one there is."""
        spoken = dict.fromkeys((language, "en", "tr", "ru"))
        texts = (str(getattr(self, f"title_{code}", "") or "") for code in spoken)
        return next((text for text in texts if text), "")


class SessionMaterial(Entity):
    """A file for the participants of a session."""

    __tablename__ = "session_material"
    training_session_id: Mapped[int] = mapped_column(
        ForeignKey("training_session.id", ondelete="CASCADE"), index=True
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    file: Mapped[StoredFile] = relationship(lazy="raise")
    training_session: Mapped[TrainingSession] = relationship(lazy="raise", overlaps="materials")


class Attendance(Entity):
    """A participant was at a session; marked_by_id is the officer, empty where the participant checked in."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("training_session_id", "delegate_id"),)
    training_session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id", ondelete="CASCADE"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id", ondelete="CASCADE"), index=True)
    way: Mapped[AttendanceWay]
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Certificate(Entity):
    """What a participant took part in, as printed; the number cannot be guessed and leads to the public check.

    name is the name on the paper, share the per cent of the sessions attended when it was issued.
    """

    __tablename__ = "certificate"
    number: Mapped[str] = mapped_column(String(40), unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), unique=True)
    name: Mapped[Name]
    name_romanised: Mapped[Name] = mapped_column(default="")
    language: Mapped[Language]
    share: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    programme: Mapped[Programme] = relationship(lazy="raise")
    delegate: Mapped[Delegate] = relationship(lazy="raise")


class SurveyAnswer(Entity):
    """What one participant thought of a session, from 1 to 5; it names a country and nobody."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        CheckConstraint("content BETWEEN 1 AND 5", name="content_1_to_5"),
        CheckConstraint("trainer BETWEEN 1 AND 5", name="trainer_1_to_5"),
        CheckConstraint("usefulness BETWEEN 1 AND 5", name="usefulness_1_to_5"),
    )
    training_session_id: Mapped[int] = mapped_column(
        ForeignKey("training_session.id", ondelete="CASCADE"), index=True
    )
    country: Mapped[Country]
    language: Mapped[Language]
    content: Mapped[int]
    trainer: Mapped[int]
    usefulness: Mapped[int]
    comment: Mapped[Prose] = mapped_column(default="")


class SurveyMark(Entity):
    """That a participant has answered, kept apart from the answer, so that nobody answers twice and nobody is known."""

    __tablename__ = "survey_mark"
    __table_args__ = (UniqueConstraint("training_session_id", "delegate_id"),)
    training_session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id", ondelete="CASCADE"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id", ondelete="CASCADE"), index=True)
