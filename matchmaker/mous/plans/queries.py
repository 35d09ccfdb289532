"""Reads of action plans and committee meetings."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.mous import queries as mous
from matchmaker.mous.figures import Figure, FigureRow, add_dates, add_figure
from matchmaker.mous.models import Mou
from matchmaker.mous.plans import rules
from matchmaker.mous.plans.enums import ItemKind
from matchmaker.mous.plans.models import ActionPlan, CommitteeDecision, CommitteeMeeting, PlanItem


def plans(mou_id: int) -> list[ActionPlan]:
    """The plans of a memorandum, the newest period first."""
    found = (
        select(ActionPlan)
        .where(ActionPlan.mou_id == mou_id)
        .order_by(ActionPlan.starts_on.desc(), ActionPlan.id)
    )
    return list(db.session.scalars(found))


def plan(plan_id: int, *, fresh: bool = False) -> ActionPlan:
    """A plan with its memorandum and everything in it, read anew if asked for; raises NotFound."""
    items = selectinload(ActionPlan.items)
    found = existing(
        db.session.scalar(
            select(ActionPlan)
            .where(ActionPlan.id == plan_id)
            .options(
                items.selectinload(PlanItem.institution),
                items.selectinload(PlanItem.confirmations),
                items.selectinload(PlanItem.moves),
                items.selectinload(PlanItem.waits_for),
            )
            .execution_options(populate_existing=fresh)
        )
    )
    # The rules ask the memorandum for its parties, which its own loader brings.
    set_committed_value(found, "mou", mous.mou(found.mou_id))
    return found


def item(item_id: int) -> rules.Owned:
    """An item with its memorandum and plan; raises NotFound."""
    plan_id = existing(db.session.scalar(select(PlanItem.plan_id).where(PlanItem.id == item_id)))
    found = plan(plan_id)
    return found.mou, found, next(one for one in found.items if one.id == item_id)


def locked(item_id: int) -> PlanItem:
    """The item as it is now, nobody else changing its plan until this transaction ends.

    The plan is what is locked: what waits for what is decided over all of its items.
    """
    mine = select(PlanItem.plan_id).where(PlanItem.id == item_id).scalar_subquery()
    number = existing(db.session.scalar(select(ActionPlan.id).where(ActionPlan.id == mine).with_for_update()))
    return next(one for one in plan(number, fresh=True).items if one.id == item_id)


def meetings(mou_id: int) -> list[CommitteeMeeting]:
    """The meetings of the joint committee, the latest first."""
    found = select(CommitteeMeeting).where(CommitteeMeeting.mou_id == mou_id)
    return list(
        db.session.scalars(found.order_by(CommitteeMeeting.held_on.desc(), CommitteeMeeting.id.desc()))
    )


def locked_meeting(meeting_id: int) -> CommitteeMeeting:
    """The meeting as it is now, nobody else changing it until this transaction ends."""
    found = select(CommitteeMeeting).where(CommitteeMeeting.id == meeting_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def meeting(meeting_id: int) -> tuple[Mou, CommitteeMeeting]:
    """A meeting with its memorandum and decisions; raises NotFound."""
    found = existing(
        db.session.scalar(
            select(CommitteeMeeting)
            .where(CommitteeMeeting.id == meeting_id)
            .options(selectinload(CommitteeMeeting.decisions).selectinload(CommitteeDecision.item))
        )
    )
    return mous.mou(found.mou_id), found


def _meetings_held(mou_id: int, since: date, until: date) -> list[FigureRow]:
    found = select(CommitteeMeeting).where(
        CommitteeMeeting.mou_id == mou_id,
        CommitteeMeeting.held_on.between(since, until),
        CommitteeMeeting.minutes != "",
    )
    return [
        FigureRow(row.held_on, Decimal(1), row.place or str(row.held_on), f"/mous/meetings/{row.id}")
        for row in db.session.scalars(found.order_by(CommitteeMeeting.held_on, CommitteeMeeting.id))
    ]


def _meetings_in_all(since: date | None) -> Mapping[int, Decimal]:
    held = select(CommitteeMeeting.mou_id, func.count()).where(CommitteeMeeting.minutes != "")
    if since is not None:
        held = held.where(CommitteeMeeting.held_on >= since)
    rows = db.session.execute(held.group_by(CommitteeMeeting.mou_id))
    return {number: Decimal(count) for number, count in rows}


def _next_meetings(today: date) -> Mapping[int, tuple[date, LazyString]]:
    ahead = select(CommitteeMeeting.mou_id, func.min(CommitteeMeeting.held_on)).where(
        CommitteeMeeting.held_on >= today
    )
    rows = db.session.execute(ahead.group_by(CommitteeMeeting.mou_id))
    return {number: (day, _l("Joint committee")) for number, day in rows}


def _next_milestones(today: date) -> Mapping[int, tuple[date, LazyString]]:
    ahead = (
        select(ActionPlan.mou_id, func.min(PlanItem.due_on))
        .join(PlanItem, PlanItem.plan_id == ActionPlan.id)
        .where(
            PlanItem.due_on >= today, PlanItem.kind == ItemKind.MILESTONE, PlanItem.state.not_in(rules.OVER)
        )
    )
    rows = db.session.execute(ahead.group_by(ActionPlan.mou_id))
    return {number: (day, _l("Milestone")) for number, day in rows}


add_figure(Figure("meetings", _l("Meetings of the joint committee"), "", _meetings_held, _meetings_in_all))
add_dates("meetings", _next_meetings)
add_dates("milestones", _next_milestones)
