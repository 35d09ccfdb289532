"""Programmes with their places, questions and quotas, and the sign-ups with the people they bring."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import Base, BigKey, Country, Entity, Language, Line, Name, Prose
from matchmaker.firms.models import ContactPerson, Firm
from matchmaker.institutions.models import Institution
from matchmaker.mous.enums import ScopeArea
from matchmaker.mous.models import Mou
from matchmaker.programmes.enums import (
    ProgrammeKind,
    ProgrammeMode,
    ProgrammeState,
    ProgrammeVerb,
    QuestionKind,
    QuestionStage,
    QuotaDimension,
    SignUpState,
    SignUpVerb,
)


class Programme(Entity):
    """A training, expert exchange or business trip under one area of a memorandum.

    institution_id organises, host_institution_id receives where that is another. starts_at and ends_at are moments,
    shown in `zone` (IANA), that of the venue. places counts people. eligibility holds what rules.Eligibility reads.
    languages and interpretation hold language codes, sectors NACE Rev. 2 divisions. offer_hours is how long a place
    offered from the waiting list is held; attendance_share the per cent of sessions that a certificate asks for.
    """

    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint("places > 0", name="places_positive"),
        CheckConstraint("minimum >= 0", name="minimum_not_negative"),
        CheckConstraint("ends_at >= starts_at", name="ends_after_start"),
        CheckConstraint("offer_hours > 0", name="offer_hours_positive"),
        CheckConstraint("attendance_share BETWEEN 0 AND 100", name="attendance_share_per_cent"),
        Index("ix_programme_state_starts_at", "state", "starts_at"),
    )
    kind: Mapped[ProgrammeKind]
    state: Mapped[ProgrammeState] = mapped_column(default=ProgrammeState.DRAFT)
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id"), index=True)
    area: Mapped[ScopeArea]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    host_institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    title_tr: Mapped[Name] = mapped_column(default="")
    title_ru: Mapped[Name] = mapped_column(default="")
    title_en: Mapped[Name] = mapped_column(default="")
    summary_tr: Mapped[Prose] = mapped_column(default="")
    summary_ru: Mapped[Prose] = mapped_column(default="")
    summary_en: Mapped[Prose] = mapped_column(default="")
    goals_tr: Mapped[Prose] = mapped_column(default="")
    goals_ru: Mapped[Prose] = mapped_column(default="")
    goals_en: Mapped[Prose] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(64), default="Europe/Istanbul")
    mode: Mapped[ProgrammeMode] = mapped_column(default=ProgrammeMode.ROOM)
    country: Mapped[Country] = mapped_column(default="")
    city: Mapped[Name] = mapped_column(default="")
    place: Mapped[Line] = mapped_column(default="")
    link: Mapped[Line] = mapped_column(default="")
    languages: Mapped[list[Any]] = mapped_column(default=list)
    interpretation: Mapped[list[Any]] = mapped_column(default=list)
    sectors: Mapped[list[Any]] = mapped_column(default=list)
    places: Mapped[int]
    minimum: Mapped[int] = mapped_column(default=0)
    most_people: Mapped[int] = mapped_column(default=1)
    quotas_release_on: Mapped[date | None]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    decision_on: Mapped[date | None]
    approval: Mapped[bool] = mapped_column(default=False)
    offer_hours: Mapped[int] = mapped_column(default=24)
    eligibility: Mapped[dict[str, Any]] = mapped_column(default=dict)
    fee: Mapped[Name] = mapped_column(default="")
    budget_line: Mapped[Name] = mapped_column(default="")
    attendance_share: Mapped[int] = mapped_column(default=80)
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    cancel_reason: Mapped[Prose] = mapped_column(default="")
    cloned_from_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    mou: Mapped[Mou] = relationship(lazy="raise")
    institution: Mapped[Institution] = relationship(lazy="raise", foreign_keys=[institution_id])
    host_institution: Mapped[Institution | None] = relationship(
        lazy="raise", foreign_keys=[host_institution_id]
    )
    quotas: Mapped[list["ProgrammeQuota"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ProgrammeQuota.position, ProgrammeQuota.id"
    )
    questions: Mapped[list["ProgrammeQuestion"]] = relationship(
        lazy="raise",
        cascade="all, delete-orphan",
        order_by="ProgrammeQuestion.position, ProgrammeQuestion.id",
    )

    def title(self, language: str) -> str:
        """The title in a language, else the first one there is."""
        return self._text("title", language)

    def summary(self, language: str) -> str:
        """The summary in a language, else the first one there is."""
        return self._text("summary", language)

    def goals(self, language: str) -> str:
        """The goals in a language, else the first ones there are."""
        return self._text("goals", language)

    def _text(self, field: str, language: str) -> str:
        spoken = dict.fromkeys((language, "en", "tr", "ru"))
        texts = (str(getattr(self, f"{field}_{code}", "") or "") for code in spoken)
        return next((text for text in texts if text), "")

    @property
    def first_day(self) -> date:
        """The day of the beginning at the venue."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def last_day(self) -> date:
        """The day of the end at the venue."""
        return self.ends_at.astimezone(ZoneInfo(self.zone)).date()


class ProgrammeQuota(Entity):
    """Places kept for applicants of one value of a dimension, until the programme's release day.

    value is a country, a region (ISO 3166-2), a size class, a NACE division; empty for women-led firms.
    """

    __tablename__ = "programme_quota"
    __table_args__ = (
        UniqueConstraint("programme_id", "dimension", "value"),
        CheckConstraint("places > 0", name="places_positive"),
    )
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    dimension: Mapped[QuotaDimension]
    value: Mapped[str] = mapped_column(String(40), default="")
    places: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)


class ProgrammeQuestion(Entity):
    """One question of the staff; options holds mappings of language to words, for a choice."""

    __tablename__ = "programme_question"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    stage: Mapped[QuestionStage] = mapped_column(default=QuestionStage.SIGN_UP)
    kind: Mapped[QuestionKind]
    text_tr: Mapped[Line] = mapped_column(default="")
    text_ru: Mapped[Line] = mapped_column(default="")
    text_en: Mapped[Line] = mapped_column(default="")
    options: Mapped[list[Any]] = mapped_column(default=list)
    required: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)

    def text(self, language: str) -> str:
        """The question in a language, else in the first one there is."""
        spoken = dict.fromkeys((language, "en", "tr", "ru"))
        texts = (str(getattr(self, f"text_{code}", "") or "") for code in spoken)
        return next((text for text in texts if text), "")


class ProgrammeEvent(Base):
    """One step of a programme, kept for its history."""

    __tablename__ = "programme_event"
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    verb: Mapped[ProgrammeVerb]
    before: Mapped[ProgrammeState | None]
    after: Mapped[ProgrammeState]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Prose] = mapped_column(default="")


class SignUp(Entity):
    """A firm or a person on the way into a programme, with all the people it brings.

    arrival is the place in the order of arrival, from 1, without gaps or doubles within a programme; None while it is a
    draft. living_key is "programme:f<firm>" or "programme:p<person>" while the sign-up lives and None afterwards, so that
    nobody has two. people is the number of delegates, each of whom takes a place; a group is never divided. quota_id says
    under which quota it is counted; None is the common pool. country to women_led are the facts that quotas and filters
    go by, as they were when it arrived. answers maps the number of a question to the answer.
    """

    __tablename__ = "sign_up"
    __table_args__ = (
        UniqueConstraint("programme_id", "arrival"),
        CheckConstraint("people > 0", name="people_positive"),
        Index("ix_sign_up_programme_id_state", "programme_id", "state"),
    )
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    state: Mapped[SignUpState]
    living_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    arrival: Mapped[int | None]
    people: Mapped[int] = mapped_column(default=1)
    quota_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_quota.id", ondelete="SET NULL"), index=True
    )
    country: Mapped[Country] = mapped_column(default="")
    region_code: Mapped[str] = mapped_column(String(8), default="")
    size_class: Mapped[str] = mapped_column(String(20), default="")
    sectors: Mapped[list[Any]] = mapped_column(default=list)
    women_led: Mapped[bool] = mapped_column(default=False)
    language: Mapped[Language] = mapped_column(default="en")
    note: Mapped[Prose] = mapped_column(default="")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    arrived_at: Mapped[datetime | None]
    offered_at: Mapped[datetime | None]
    offer_expires_at: Mapped[datetime | None] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[Prose] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    programme: Mapped[Programme] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    firm: Mapped[Firm | None] = relationship(lazy="raise")
    quota: Mapped[ProgrammeQuota | None] = relationship(lazy="raise")
    delegates: Mapped[list["Delegate"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Delegate.id"
    )


class Delegate(Entity):
    """One person whom a sign-up brings; left_at is set where somebody else took over.

    person_id is set where the delegate has an account, contact_id where a contact person of the firm was chosen.
    """

    __tablename__ = "delegate"
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact_person.id", ondelete="SET NULL"))
    name: Mapped[Name]
    name_romanised: Mapped[Name] = mapped_column(default="")
    position: Mapped[Name] = mapped_column(default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[Language] = mapped_column(default="en")
    left_at: Mapped[datetime | None]
    sign_up: Mapped[SignUp] = relationship(lazy="raise", overlaps="delegates")
    person: Mapped[Person | None] = relationship(lazy="raise")
    contact: Mapped[ContactPerson | None] = relationship(lazy="raise")


class SignUpEvent(Base):
    """One step of a sign-up, kept for its history."""

    __tablename__ = "sign_up_event"
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    verb: Mapped[SignUpVerb]
    before: Mapped[SignUpState | None]
    after: Mapped[SignUpState]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Prose] = mapped_column(default="")
