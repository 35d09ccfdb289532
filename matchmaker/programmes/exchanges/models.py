"""Calls, expert records, applications, agreements with their confirmations, agendas and papers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import Base, Entity, Line, Name, Prose
from matchmaker.core.files import StoredFile
from matchmaker.institutions.models import Institution
from matchmaker.programmes.exchanges.enums import (
    AgreementParty,
    CostModel,
    ExchangeFormat,
    PaperKind,
    SendingDecision,
)
from matchmaker.programmes.models import Programme, SignUp


class ExchangeCall(Base):
    """What a programme of the kind exchange says beyond the plan.

    Experts come from sending_institution_id and go to host_institution_id, which is the direction. windows holds pairs of
    ISO days within which the exchange may lie; days is its length; text_language says in which language need and
    deliverables are written.
    """

    __tablename__ = "exchange_call"
    __table_args__ = (
        CheckConstraint("days > 0", name="days_positive"),
        CheckConstraint("sending_institution_id <> host_institution_id", name="two_institutions"),
    )
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True
    )
    sending_institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    host_institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    format: Mapped[ExchangeFormat]
    practice_area: Mapped[str] = mapped_column(String(40))
    need: Mapped[Prose]
    deliverables: Mapped[Prose]
    text_language: Mapped[str] = mapped_column(String(8), default="en")
    windows: Mapped[list[Any]] = mapped_column(default=list)
    days: Mapped[int]
    contact_name: Mapped[Name]
    contact_address: Mapped[str] = mapped_column(String(254))
    cost_model: Mapped[CostModel]
    cost_note: Mapped[Line] = mapped_column(default="")
    programme: Mapped[Programme] = relationship(lazy="raise")
    sending: Mapped[Institution] = relationship(lazy="raise", foreign_keys=[sending_institution_id])
    host: Mapped[Institution] = relationship(lazy="raise", foreign_keys=[host_institution_id])


class Expert(Entity):
    """What an expert of an institution offers; it counts only with the consent of the institution.

    practice_areas holds codes, languages maps a code to a level, windows holds pairs of ISO days in which the expert can
    travel. A change of areas or institution asks for the consent anew.
    """

    __tablename__ = "expert"
    __table_args__ = (CheckConstraint("years BETWEEN 0 AND 60", name="years_of_work"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    position: Mapped[Name] = mapped_column(default="")
    practice_areas: Mapped[list[Any]] = mapped_column(default=list)
    years: Mapped[int]
    summary: Mapped[Prose] = mapped_column(default="")
    earlier_exchanges: Mapped[Prose] = mapped_column(default="")
    languages: Mapped[dict[str, Any]] = mapped_column(default=dict)
    windows: Mapped[list[Any]] = mapped_column(default=list)
    cv_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    consent_at: Mapped[datetime | None]
    consent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    institution: Mapped[Institution] = relationship(lazy="raise")
    cv_file: Mapped[StoredFile | None] = relationship(lazy="raise")


class ExchangeApplication(Base):
    """What an expert's sign-up for a call holds beyond the sign-up: reasons, windows, decisions, the agreed days.

    The sign-up carries the state and the host's decision; sending is the decision of the expert's own institution, which
    comes first. agreed_from and agreed_to are the days that the host chose; host_person_id looks after the expert there.
    """

    __tablename__ = "exchange_application"
    __table_args__ = (
        CheckConstraint("agreed_to >= agreed_from", name="agreed_days_in_order"),
        CheckConstraint("replacement_id <> expert_id", name="replacement_is_somebody_else"),
    )
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("exchange_call.programme_id"), index=True)
    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), index=True)
    replacement_id: Mapped[int | None] = mapped_column(ForeignKey("expert.id"), index=True)
    motivation: Mapped[Prose]
    benefit: Mapped[Prose] = mapped_column(default="")
    text_language: Mapped[str] = mapped_column(String(8), default="en")
    windows: Mapped[list[Any]] = mapped_column(default=list)
    sending: Mapped[SendingDecision] = mapped_column(default=SendingDecision.PENDING)
    sending_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sending_at: Mapped[datetime | None]
    sending_note: Mapped[Prose] = mapped_column(default="")
    host_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    agreed_from: Mapped[date | None]
    agreed_to: Mapped[date | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    note_offered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    sign_up: Mapped[SignUp] = relationship(lazy="raise")
    call: Mapped[ExchangeCall] = relationship(lazy="raise")
    expert: Mapped[Expert] = relationship(lazy="raise", foreign_keys=[expert_id])
    replacement: Mapped[Expert | None] = relationship(lazy="raise", foreign_keys=[replacement_id])
    host_person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[host_person_id])
    agreement: Mapped["ExchangeAgreement | None"] = relationship(lazy="raise", back_populates="application")
    agenda: Mapped[list["ExchangeAgendaItem"]] = relationship(
        lazy="raise", order_by="ExchangeAgendaItem.starts_at, ExchangeAgendaItem.id"
    )
    papers: Mapped[list["ExchangePaper"]] = relationship(lazy="raise", order_by="ExchangePaper.id")


class ExchangeAgreement(Base):
    """What the four agree on before the exchange starts; `version` grows with each change and voids what was confirmed."""

    __tablename__ = "exchange_agreement"
    application_id: Mapped[int] = mapped_column(
        ForeignKey("exchange_application.sign_up_id", ondelete="CASCADE"), primary_key=True
    )
    objectives: Mapped[Prose]
    tasks_expert: Mapped[Prose]
    tasks_sender: Mapped[Prose]
    tasks_host: Mapped[Prose]
    deliverables: Mapped[Prose]
    timetable: Mapped[Prose]
    money: Mapped[Prose]
    insurance: Mapped[Prose]
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    application: Mapped[ExchangeApplication] = relationship(lazy="raise", back_populates="agreement")
    confirmations: Mapped[list["ExchangeConfirmation"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ExchangeConfirmation.id"
    )


class ExchangeConfirmation(Entity):
    """One of the four said yes to one version of an agreement."""

    __tablename__ = "exchange_confirmation"
    __table_args__ = (
        UniqueConstraint("agreement_id", "party"),
        UniqueConstraint("agreement_id", "person_id"),
    )
    agreement_id: Mapped[int] = mapped_column(
        ForeignKey("exchange_agreement.application_id", ondelete="CASCADE")
    )
    party: Mapped[AgreementParty]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    agreement_version: Mapped[int]
    person: Mapped[Person] = relationship(lazy="raise")


class ExchangeAgendaItem(Entity):
    """One item of the agenda; `version` is the sequence of its calendar entry."""

    __tablename__ = "exchange_agenda_item"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("exchange_application.sign_up_id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    title: Mapped[Name]
    place: Mapped[Line] = mapped_column(default="")
    people: Mapped[Line] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)


class ExchangePaper(Entity):
    """The report or an evaluation; rating is 1 to 5 and belongs to evaluations."""

    __tablename__ = "exchange_paper"
    __table_args__ = (
        UniqueConstraint("application_id", "kind"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_of_five"),
    )
    application_id: Mapped[int] = mapped_column(
        ForeignKey("exchange_application.sign_up_id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[PaperKind]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[Prose]
    lessons: Mapped[Prose] = mapped_column(default="")
    rating: Mapped[int | None]
    text_language: Mapped[str] = mapped_column(String(8), default="en")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    person: Mapped[Person] = relationship(lazy="raise")
    file: Mapped[StoredFile | None] = relationship(lazy="raise")
