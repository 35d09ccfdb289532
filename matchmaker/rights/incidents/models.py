"""Incidents with their clocks and entries, reports of people, and the hours that administrators set for a clock."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Country, Entity, Line, Name, Prose
from matchmaker.institutions.models import Institution
from matchmaker.reference.breach_clocks import BreachStep
from matchmaker.rights.incidents.enums import ClockOutcome, EntryKind, IncidentState, ReportState


class Incident(Entity):
    """One incident; `persons` is how many people of which country, None where that is not known yet.

    `zone` is where it was discovered. last_number is the number of the latest entry: a writer names the one that was seen.
    """

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_with_moment"),
        Index("ix_incident_state_discovered_at", "state", "discovered_at"),
    )
    title: Mapped[Name]
    what: Mapped[Prose]
    discovered_at: Mapped[datetime]
    occurred_at: Mapped[datetime | None]
    zone: Mapped[str] = mapped_column(String(64))
    data_classes: Mapped[list[Any]] = mapped_column(default=list)
    persons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[IncidentState] = mapped_column(default=IncidentState.OPEN)
    closed_at: Mapped[datetime | None]
    last_number: Mapped[int] = mapped_column(default=0)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    institutions: Mapped[list[Institution]] = relationship(
        secondary="incident_institution", lazy="raise", order_by=Institution.id
    )
    clocks: Mapped[list["IncidentClock"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="IncidentClock.id"
    )
    entries: Mapped[list["IncidentEntry"]] = relationship(
        lazy="raise", order_by="IncidentEntry.number", passive_deletes=True
    )


class IncidentInstitution(Entity):
    """An institution that an incident concerns: its officers see it."""

    __tablename__ = "incident_institution"
    __table_args__ = (UniqueConstraint("incident_id", "institution_id"),)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id", ondelete="CASCADE"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)


class IncidentClock(Entity):
    """What one law asks for, and by when; due_at is None where the law names no hour.

    `checklist` is the draft of the notice: what was ticked and noted for each of its items. soon_told_at and late_told_at
    keep the reminders to one each.
    """

    __tablename__ = "incident_clock"
    __table_args__ = (
        UniqueConstraint("incident_id", "rule"),
        CheckConstraint("(outcome IS NULL) = (done_at IS NULL)", name="stopped_with_moment"),
        CheckConstraint("(hours IS NULL) = (due_at IS NULL)", name="hours_with_deadline"),
    )
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id", ondelete="CASCADE"))
    rule: Mapped[str] = mapped_column(String(40))
    area: Mapped[Country]
    step: Mapped[BreachStep]
    law: Mapped[Name]
    hours: Mapped[int | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    outcome: Mapped[ClockOutcome | None]
    done_at: Mapped[datetime | None]
    checklist: Mapped[dict[str, Any]] = mapped_column(default=dict)
    soon_told_at: Mapped[datetime | None]
    late_told_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    incident: Mapped[Incident] = relationship(lazy="raise", overlaps="clocks")


class IncidentEntry(Entity):
    """One entry, never changed afterwards; corrects_id names the one that it takes the place of, each only once.

    `at` is when the thing was done, created_at when it was written down. `rule` is the clock that a step answers,
    `reference` the number under which an authority received it, `checklist` what the notice held.
    """

    __tablename__ = "incident_entry"
    __table_args__ = (UniqueConstraint("incident_id", "number"),)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[EntryKind]
    rule: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]
    reference: Mapped[Name] = mapped_column(default="")
    text: Mapped[Prose] = mapped_column(default="")
    checklist: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("incident_entry.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by: Mapped[Person] = relationship(lazy="raise")
    incident: Mapped[Incident] = relationship(lazy="raise", overlaps="entries")


class IncidentReport(Entity):
    """What somebody noticed and told; `country` is the side whose officers look into it, empty for the operator."""

    __tablename__ = "incident_report"
    __table_args__ = (Index("ix_incident_report_country_state", "country", "state"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    country: Mapped[Country] = mapped_column(default="")
    text: Mapped[Prose]
    noticed: Mapped[Line] = mapped_column(default="")
    state: Mapped[ReportState] = mapped_column(default=ReportState.OPEN)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    answer: Mapped[Prose] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])


class IncidentTerm(Entity):
    """Hours that administrators set for a clock, from a day on; the highest number that has come is in force."""

    __tablename__ = "incident_term"
    __table_args__ = (UniqueConstraint("rule", "number"),)
    rule: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    hours: Mapped[int]
    valid_from: Mapped[date]
    reason: Mapped[Prose]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
