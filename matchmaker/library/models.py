"""Practice notes with their texts and versions, schemes, questions, guides."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import Country, Entity, Language, Line, Name, Prose
from matchmaker.core.files import StoredFile
from matchmaker.institutions.models import Institution
from matchmaker.library.enums import GuideState, GuideTopic, Instrument, NoteState, TargetGroup, Visibility
from matchmaker.mous.models import Mou


class PracticeNote(Entity):
    """A good practice in its fixed form. `number` counts the approved versions, 0 before the first.

    budget is the yearly or whole budget of the practice in `currency`, as its texts say.
    """

    __tablename__ = "practice_note"
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[NoteState] = mapped_column(default=NoteState.DRAFT, index=True)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.MOU)
    mou_id: Mapped[int | None] = mapped_column(ForeignKey("mou.id"), index=True)
    source_language: Mapped[Language]
    practice_area: Mapped[str] = mapped_column(String(40), index=True)
    instrument: Mapped[Instrument]
    target_group: Mapped[TargetGroup]
    budget: Mapped[Decimal | None]
    currency: Mapped[str] = mapped_column(String(3), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    number: Mapped[int] = mapped_column(default=0)
    review_note: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    institution: Mapped[Institution] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise", foreign_keys=[author_id])
    contact: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[contact_id])
    mou: Mapped[Mou | None] = relationship(lazy="raise")
    texts: Mapped[list["NoteText"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="NoteText.id"
    )
    versions: Mapped[list["NoteVersion"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="NoteVersion.number.desc()"
    )
    files: Mapped[list["NoteFile"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="NoteFile.id"
    )
    adoptions: Mapped[list["Adoption"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Adoption.id"
    )


class NoteText(Entity):
    """The words of a note in one language.

    In the source language `revision` counts its changes; in the others it names the source revision that they say.
    """

    __tablename__ = "note_text"
    __table_args__ = (UniqueConstraint("note_id", "language"),)
    note_id: Mapped[int] = mapped_column(ForeignKey("practice_note.id", ondelete="CASCADE"))
    language: Mapped[Language]
    title: Mapped[Name] = mapped_column(default="")
    problem: Mapped[Prose] = mapped_column(default="")
    approach: Mapped[Prose] = mapped_column(default="")
    results: Mapped[Prose] = mapped_column(default="")
    cost_per_result: Mapped[Line] = mapped_column(default="")
    legal_basis: Mapped[Line] = mapped_column(default="")
    conditions: Mapped[Prose] = mapped_column(default="")
    risks: Mapped[Prose] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class NoteVersion(Entity):
    """An approved version: the words of all languages and the facts as they were on that day, kept for good."""

    __tablename__ = "note_version"
    __table_args__ = (UniqueConstraint("note_id", "number"),)
    note_id: Mapped[int] = mapped_column(ForeignKey("practice_note.id", ondelete="CASCADE"))
    number: Mapped[int]
    source_revision: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime] = mapped_column(default=clock.now)
    approved_by: Mapped[Person] = relationship(lazy="raise")


class NoteFile(Entity):
    """A file attached to a note, seen by whoever reads the note."""

    __tablename__ = "note_file"
    note_id: Mapped[int] = mapped_column(ForeignKey("practice_note.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    file: Mapped[StoredFile] = relationship(lazy="raise")
    note: Mapped[PracticeNote] = relationship(lazy="raise", overlaps="files")


class Adoption(Entity):
    """That an institution took over what a version of a note describes, and what of it."""

    __tablename__ = "adoption"
    note_id: Mapped[int] = mapped_column(ForeignKey("practice_note.id", ondelete="CASCADE"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    number: Mapped[int]
    what: Mapped[Prose]
    adopted_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    institution: Mapped[Institution] = relationship(lazy="raise")


class Scheme(Entity):
    """A support scheme of an institution in terms that can be compared; rate is the supported share in per cent."""

    __tablename__ = "scheme"
    __table_args__ = (
        CheckConstraint("rate IS NULL OR (rate > 0 AND rate <= 100)", name="rate_is_a_share"),
        CheckConstraint("cap IS NULL OR cap > 0", name="cap_positive"),
    )
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    name_tr: Mapped[Name]
    name_ru: Mapped[Name]
    name_en: Mapped[Name]
    target_group: Mapped[TargetGroup]
    instrument: Mapped[Instrument]
    rate: Mapped[Decimal | None]
    cap: Mapped[Decimal | None]
    currency: Mapped[str] = mapped_column(String(3), default="")
    conditions_tr: Mapped[Prose]
    conditions_ru: Mapped[Prose]
    conditions_en: Mapped[Prose]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    source_note: Mapped[Line]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    institution: Mapped[Institution] = relationship(lazy="raise")

    def name(self, language: str) -> str:
        """The name in a language, English where there is none."""
        return str(getattr(self, f"name_{language}", "") or self.name_en)

    def conditions(self, language: str) -> str:
        """The conditions in a language, English where there are none."""
        return str(getattr(self, f"conditions_{language}", "") or self.conditions_en)


class Question(Entity):
    """What one institution asks another under a memorandum, with the day by which it wants to know."""

    __tablename__ = "question"
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id"), index=True)
    from_institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    to_institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    language: Mapped[Language]
    title: Mapped[Name]
    text: Mapped[Prose]
    asked_on: Mapped[date]
    due_on: Mapped[date]
    answer: Mapped[Prose] = mapped_column(default="")
    answer_language: Mapped[Language] = mapped_column(default="")
    answered_on: Mapped[date | None]
    answerer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    mou: Mapped[Mou] = relationship(lazy="raise")
    from_institution: Mapped[Institution] = relationship(lazy="raise", foreign_keys=[from_institution_id])
    to_institution: Mapped[Institution] = relationship(lazy="raise", foreign_keys=[to_institution_id])
    asker: Mapped[Person] = relationship(lazy="raise", foreign_keys=[asker_id])
    answerer: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[answerer_id])
    files: Mapped[list["QuestionFile"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="QuestionFile.id"
    )


class QuestionFile(Entity):
    """A file sent with a question, or with its answer."""

    __tablename__ = "question_file"
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    of_answer: Mapped[bool] = mapped_column(default=False)
    file: Mapped[StoredFile] = relationship(lazy="raise")
    question: Mapped[Question] = relationship(lazy="raise", overlaps="files")


class Guide(Entity):
    """How firms of one country sell to another, on one topic; read by everybody once it is published."""

    __tablename__ = "guide"
    __table_args__ = (CheckConstraint("from_country <> to_country", name="two_countries"),)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    from_country: Mapped[Country] = mapped_column(index=True)
    to_country: Mapped[Country]
    topic: Mapped[GuideTopic]
    state: Mapped[GuideState] = mapped_column(default=GuideState.DRAFT, index=True)
    title_tr: Mapped[Name]
    title_ru: Mapped[Name]
    title_en: Mapped[Name]
    body_tr: Mapped[Prose]
    body_ru: Mapped[Prose]
    body_en: Mapped[Prose]
    source_note: Mapped[Line]
    checked_on: Mapped[date]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    institution: Mapped[Institution] = relationship(lazy="raise")

    def title(self, language: str) -> str:
        """The title in a language, English where there is none."""
        return str(getattr(self, f"title_{language}", "") or self.title_en)

    def body(self, language: str) -> str:
        """The text in a language, English where there is none."""
        return str(getattr(self, f"body_{language}", "") or self.body_en)
