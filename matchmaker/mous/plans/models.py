"""Action plans by period, their objectives, milestones and tasks, and the meetings of the joint committee."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Entity, Line, Name, Prose
from matchmaker.institutions.models import Institution
from matchmaker.mous.models import Mou
from matchmaker.mous.plans.enums import ItemKind, ItemState


class ActionPlan(Entity):
    """The plan of a memorandum for one period."""

    __tablename__ = "action_plan"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_start"),)
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id", ondelete="CASCADE"), index=True)
    title: Mapped[Name]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    mou: Mapped[Mou] = relationship(lazy="raise")
    items: Mapped[list["PlanItem"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="PlanItem.due_on, PlanItem.id"
    )


class PlanItem(Entity):
    """An objective, milestone or task; without an institution it is shared and both sides confirm it.

    waits_for names what has to be done before. progress is in per cent.
    """

    __tablename__ = "plan_item"
    __table_args__ = (CheckConstraint("progress BETWEEN 0 AND 100", name="progress_per_cent"),)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ItemKind]
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"))
    title_tr: Mapped[Name] = mapped_column(default="")
    title_ru: Mapped[Name] = mapped_column(default="")
    title_en: Mapped[Name] = mapped_column(default="")
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    assignee: Mapped[Name] = mapped_column(default="")
    starts_on: Mapped[date | None]
    due_on: Mapped[date]
    state: Mapped[ItemState] = mapped_column(default=ItemState.OPEN)
    progress: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    institution: Mapped[Institution | None] = relationship(lazy="raise")
    moves: Mapped[list["PlanMove"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="PlanMove.id"
    )
    confirmations: Mapped[list["PlanConfirmation"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="PlanConfirmation.id"
    )
    waits_for: Mapped[list["PlanDependency"]] = relationship(
        lazy="raise",
        cascade="all, delete-orphan",
        order_by="PlanDependency.id",
        foreign_keys="PlanDependency.item_id",
    )

    def title(self, language: str) -> str:
        """The title in a language, else in any it is written in."""
        own = str(getattr(self, f"title_{language}", ""))
        return own or self.title_en or self.title_tr or self.title_ru

    @property
    def after_ids(self) -> list[int]:
        """The numbers of the items that have to be done before."""
        return [one.after_id for one in self.waits_for]


class PlanDependency(Entity):
    """An item that has to wait until another one is done or dropped."""

    __tablename__ = "plan_dependency"
    __table_args__ = (
        UniqueConstraint("item_id", "after_id"),
        CheckConstraint("item_id <> after_id", name="waits_for_another"),
    )
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id", ondelete="CASCADE"))
    after_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id", ondelete="CASCADE"), index=True)


class PlanMove(Entity):
    """A due day that was moved, and why."""

    __tablename__ = "plan_move"
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id", ondelete="CASCADE"), index=True)
    before: Mapped[date]
    after: Mapped[date]
    reason: Mapped[Line]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PlanConfirmation(Entity):
    """One side said that a shared item stands as it is written now."""

    __tablename__ = "plan_confirmation"
    __table_args__ = (UniqueConstraint("item_id", "institution_id"),)
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id", ondelete="CASCADE"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class CommitteeMeeting(Entity):
    """A meeting of the joint committee with its minutes; one that lies ahead has none yet."""

    __tablename__ = "committee_meeting"
    mou_id: Mapped[int] = mapped_column(ForeignKey("mou.id", ondelete="CASCADE"), index=True)
    held_on: Mapped[date] = mapped_column(index=True)
    place: Mapped[Name] = mapped_column(default="")
    attendees: Mapped[Prose] = mapped_column(default="")
    minutes: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    decisions: Mapped[list["CommitteeDecision"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="CommitteeDecision.id"
    )


class CommitteeDecision(Entity):
    """What the committee decided, with the task that it became."""

    __tablename__ = "committee_decision"
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("committee_meeting.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[Line]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"))
    item: Mapped[PlanItem | None] = relationship(lazy="raise")
