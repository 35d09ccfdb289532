"""Writes of action plans and committee meetings."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.mous import rules as mou_rules
from matchmaker.mous.models import Mou
from matchmaker.mous.plans import queries, rules
from matchmaker.mous.plans.enums import ItemKind, ItemState
from matchmaker.mous.plans.models import (
    ActionPlan,
    CommitteeDecision,
    CommitteeMeeting,
    PlanConfirmation,
    PlanItem,
    PlanMove,
)


def add_plan(actor: Actor, mou: Mou, *, title: str, starts_on: date, ends_on: date) -> ActionPlan:
    """Begin the plan of a period."""
    _check_writer(actor, mou)
    if ends_on < starts_on:
        raise DomainError(_("The end lies before the beginning."), "ends_on")
    made = ActionPlan(mou_id=mou.id, title=title.strip(), starts_on=starts_on, ends_on=ends_on)
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "add plan", "mou", mou.id, after={"plan": made.id})
    db.session.flush()
    return made


def add_item(actor: Actor, plan: ActionPlan, **values: Any) -> PlanItem:
    """Put an objective, milestone or task into a plan; each side adds its own ones and shared ones."""
    made = PlanItem(plan_id=plan.id, kind=values["kind"], institution_id=values["institution_id"])
    if not rules.may_edit(actor, plan.mou, made):
        raise DomainError(_("Each side adds its own items and shared ones."), "institution")
    made.moves, made.confirmations = [], []
    _take(plan, made, values)
    plan.items.append(made)
    db.session.flush()
    audit.record(actor, "add", "plan_item", made.id, after={"plan": plan.id, "due": str(made.due_on)})
    db.session.flush()
    return made


def edit_item(actor: Actor, plan: ActionPlan, item: PlanItem, *, reason: str, **values: Any) -> PlanItem:
    """Change an item; a due day that moves needs a reason, and what both sides confirmed is confirmed again."""
    item = queries.locked(item.id)
    if not rules.may_edit(actor, plan.mou, item):
        raise NotAllowed(_("Each side edits its own items and shared ones."))
    before = {"due": str(item.due_on), "state": item.state.value, "progress": item.progress}
    if values["due_on"] != item.due_on:
        if not reason.strip():
            raise DomainError(_("Say why the day moves."), "reason")
        item.moves.append(
            PlanMove(
                before=item.due_on,
                after=values["due_on"],
                reason=reason.strip()[:500],
                person_id=actor.person_id,
            )
        )
    words = (item.title_tr, item.title_ru, item.title_en, item.due_on)
    _take(plan, item, values)
    if (item.title_tr, item.title_ru, item.title_en, item.due_on) != words:
        item.confirmations.clear()
    after = {"due": str(item.due_on), "state": item.state.value, "progress": item.progress}
    audit.record(actor, "edit", "plan_item", item.id, before, after)
    db.session.flush()
    return item


def _take(plan: ActionPlan, item: PlanItem, values: dict[str, Any]) -> None:
    if not any(values[f"title_{code}"] for code in ("tr", "ru", "en")):
        raise DomainError(_("Enter the title in at least one language."), "title_en")
    if values["starts_on"] and values["starts_on"] > values["due_on"]:
        raise DomainError(_("The due day lies before the beginning."), "due_on")
    _check_order(plan, item, values)
    for name in ("title_tr", "title_ru", "title_en", "assignee", "starts_on", "due_on", "outcome"):
        setattr(item, name, values[name])
    item.objective_id, item.after_id = values["objective_id"], values["after_id"]
    item.state = values["state"]
    item.progress = 100 if item.state is ItemState.DONE else values["progress"]


def _check_order(plan: ActionPlan, item: PlanItem, values: dict[str, Any]) -> None:
    """What an item waits for is in the same plan, makes no circle, and is over before the item is done."""
    known = {one.id: one for one in plan.items}
    for name in ("objective_id", "after_id"):
        if values[name] is not None and values[name] not in known:
            raise DomainError(_("Choose an item of this plan."), name)
    after = values["after_id"]
    if after is None:
        return
    if item.id and rules.makes_circle(item.id, after, {one.id: one.after_id for one in plan.items}):
        raise DomainError(_("These two would wait for each other."), "after_id")
    if values["state"] is ItemState.DONE and known[after].state not in rules.OVER:
        raise DomainError(_("What has to be done before is not done yet."), "state")


def confirm_item(actor: Actor, mou: Mou, item: PlanItem) -> PlanItem:
    """Confirm a shared item for each party that the actor speaks for."""
    item = queries.locked(item.id)
    if item.institution_id is not None or not mou_rules.may_speak(actor, mou):
        raise NotAllowed(_("Only those who speak for a party confirm shared items."))
    fresh = rules.unconfirmed(actor, mou, item)
    if not fresh:
        raise Conflict(_("Your side has confirmed this already."))
    for number in fresh:
        item.confirmations.append(
            PlanConfirmation(institution_id=number, person_id=actor.person_id, at=clock.now())
        )
    audit.record(actor, "confirm", "plan_item", item.id, after={"institutions": fresh})
    db.session.flush()
    return item


def add_meeting(
    actor: Actor, mou: Mou, *, held_on: date, place: str, attendees: str, minutes: str
) -> CommitteeMeeting:
    """Put a meeting of the joint committee on record, held or planned; minutes belong to one that was held."""
    _check_writer(actor, mou)
    if minutes.strip() and held_on > clock.today():
        raise DomainError(_("A meeting that lies ahead has no minutes yet."), "minutes")
    made = CommitteeMeeting(
        mou_id=mou.id,
        held_on=held_on,
        place=place.strip(),
        attendees=attendees.strip(),
        minutes=minutes.strip(),
    )
    db.session.add(made)
    audit.record(actor, "add meeting", "mou", mou.id, after={"on": held_on.isoformat()})
    db.session.flush()
    return made


def decide(
    actor: Actor,
    mou: Mou,
    meeting: CommitteeMeeting,
    *,
    text: str,
    plan_id: int,
    institution_id: int | None,
    due_on: date,
) -> CommitteeDecision:
    """Record a decision of the committee and make it a task of a plan; a decision binds both sides at once."""
    _check_writer(actor, mou)
    plan = queries.plan(plan_id)
    if plan.mou_id != mou.id:
        raise DomainError(_("Choose a plan of this memorandum."), "plan")
    words = text.strip()[:200]
    task = PlanItem(
        plan_id=plan.id,
        kind=ItemKind.TASK,
        institution_id=institution_id,
        title_tr=words,
        title_ru=words,
        title_en=words,
        due_on=due_on,
    )
    if institution_id is None:
        task.confirmations = [
            PlanConfirmation(institution_id=party.institution_id, person_id=actor.person_id, at=clock.now())
            for party in mou.parties
        ]
    plan.items.append(task)
    db.session.flush()
    made = CommitteeDecision(text=words, item_id=task.id)
    meeting.decisions.append(made)
    audit.record(actor, "decide", "mou", mou.id, after={"meeting": meeting.id, "task": task.id})
    db.session.flush()
    return made


def _check_writer(actor: Actor, mou: Mou) -> None:
    if not rules.plans(actor, mou):
        raise NotAllowed(_("Only people of the parties do this."))
