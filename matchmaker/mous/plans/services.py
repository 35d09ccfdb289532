"""Writes of action plans and committee meetings."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.i18n import language
from matchmaker.core.versions import require_version
from matchmaker.mous import rules as mou_rules
from matchmaker.mous.models import Mou
from matchmaker.mous.plans import queries, rules
from matchmaker.mous.plans.enums import ItemKind, ItemState
from matchmaker.mous.plans.models import (
    ActionPlan,
    CommitteeDecision,
    CommitteeMeeting,
    PlanConfirmation,
    PlanDependency,
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
    audit.record(actor, "add_plan", "mou", mou.id, after={"plan": made.id})
    db.session.flush()
    return made


def edit_plan(actor: Actor, plan: ActionPlan, *, title: str, starts_on: date, ends_on: date) -> ActionPlan:
    """Correct the title or the period of a plan; its items keep their days."""
    _check_writer(actor, plan.mou)
    if ends_on < starts_on:
        raise DomainError(_("The end lies before the beginning."), "ends_on")
    before = {"plan": plan.id, "title": plan.title, "until": plan.ends_on.isoformat()}
    plan.title, plan.starts_on, plan.ends_on = title.strip(), starts_on, ends_on
    after = {"plan": plan.id, "title": plan.title, "until": ends_on.isoformat()}
    audit.record(actor, "edit_plan", "mou", plan.mou_id, before, after)
    db.session.flush()
    return plan


def add_item(actor: Actor, plan: ActionPlan, **values: Any) -> PlanItem:
    """Put an objective, milestone or task into a plan; each side adds its own ones and shared ones."""
    made = PlanItem(plan_id=plan.id, kind=values["kind"], institution_id=values["institution_id"])
    if not rules.may_edit(actor, plan.mou, made):
        raise DomainError(_("Each side adds its own items and shared ones."), "institution")
    made.moves, made.confirmations, made.waits_for = [], [], []
    _take(plan, made, values)
    plan.items.append(made)
    db.session.flush()
    audit.record(actor, "add", "plan_item", made.id, after={"plan": plan.id, "due": str(made.due_on)})
    db.session.flush()
    return made


def edit_item(
    actor: Actor, plan: ActionPlan, item: PlanItem, *, reason: str, version: int | None = None, **values: Any
) -> PlanItem:
    """Change an item; a due day that moves needs a reason, and what both sides confirmed is confirmed again.

    Raises ChangedMeanwhile where somebody changed it since `version` was read, DomainError at the field.
    """
    item = queries.locked(item.id)
    if not rules.may_edit(actor, plan.mou, item):
        raise NotAllowed(_("Each side edits its own items and shared ones."))
    require_version(item.version, version)
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
    agreed = _agreed(item)
    if not rules.may_give(actor, plan.mou, values["institution_id"]):
        raise DomainError(_("Each side adds its own items and shared ones."), "institution")
    _take(plan, item, values)
    item.institution_id = values["institution_id"]
    if _agreed(item) != agreed:
        item.confirmations.clear()
    item.updated_at = clock.now()
    after = {"due": str(item.due_on), "state": item.state.value, "progress": item.progress}
    audit.record(actor, "edit", "plan_item", item.id, before, after)
    db.session.flush()
    return item


def _agreed(item: PlanItem) -> tuple[object, ...]:
    """What both sides confirm of a shared item."""
    return item.title_tr, item.title_ru, item.title_en, item.due_on, item.institution_id


def _take(plan: ActionPlan, item: PlanItem, values: dict[str, Any]) -> None:
    if not any(values[f"title_{code}"] for code in ("tr", "ru", "en")):
        raise DomainError(_("Enter the title in at least one language."), "title_en")
    if values["starts_on"] and values["starts_on"] > values["due_on"]:
        raise DomainError(_("The due day lies before the beginning."), "due_on")
    _check_order(plan, item, values)
    for name in ("title_tr", "title_ru", "title_en", "assignee", "starts_on", "due_on", "outcome"):
        setattr(item, name, values[name])
    item.kind, item.objective_id, item.state = values["kind"], values["objective_id"], values["state"]
    standing = {one.after_id: one for one in item.waits_for}
    item.waits_for[:] = [
        standing.get(number) or PlanDependency(after_id=number)
        for number in dict.fromkeys(values["after_ids"])
    ]
    item.progress = 100 if item.state is ItemState.DONE else values["progress"]


def _check_order(plan: ActionPlan, item: PlanItem, values: dict[str, Any]) -> None:
    """What an item waits for is in the same plan, makes no circle, and is over before the item is done."""
    known = {one.id: one for one in plan.items if one.id != item.id}
    objective, afters = values["objective_id"], values["after_ids"]
    if objective is not None and (objective not in known or known[objective].kind is not ItemKind.OBJECTIVE):
        raise DomainError(_("Choose an objective of this plan."), "objective_id")
    below = [one for one in known.values() if one.objective_id is not None and one.objective_id == item.id]
    if below and values["kind"] is not ItemKind.OBJECTIVE:
        raise DomainError(_("Other items belong to this objective."), "kind")
    if not known.keys() >= set(afters):
        raise DomainError(_("Choose items of this plan."), "after_ids")
    if item.id and rules.makes_circle(item.id, afters, {one.id: one.after_ids for one in known.values()}):
        raise DomainError(_("These would wait for each other."), "after_ids")
    waiting = [known[number] for number in afters if known[number].state not in rules.OVER]
    if values["state"] is ItemState.DONE and waiting:
        titles = ", ".join(one.title(language()) for one in waiting)
        raise DomainError(_("This has to be done before: %(titles)s", titles=titles), "state")


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
    made = CommitteeMeeting(mou_id=mou.id)
    _write_meeting(made, held_on, place, attendees, minutes)
    db.session.add(made)
    audit.record(actor, "add_meeting", "mou", mou.id, after={"on": held_on.isoformat()})
    db.session.flush()
    return made


def edit_meeting(
    actor: Actor,
    mou: Mou,
    meeting: CommitteeMeeting,
    *,
    held_on: date,
    place: str,
    attendees: str,
    minutes: str,
    version: int | None = None,
) -> CommitteeMeeting:
    """Write the minutes of a meeting that was planned, or correct what is on record; what stood before is in the log.

    Raises ChangedMeanwhile where somebody changed it since `version` was read.
    """
    _check_writer(actor, mou)
    meeting = queries.locked_meeting(meeting.id)
    require_version(meeting.version, version)
    before = {"meeting": meeting.id, "on": meeting.held_on.isoformat(), "minutes": meeting.minutes}
    _write_meeting(meeting, held_on, place, attendees, minutes)
    after = {"meeting": meeting.id, "on": held_on.isoformat(), "minutes": meeting.minutes}
    audit.record(actor, "edit_meeting", "mou", mou.id, before, after)
    db.session.flush()
    return meeting


def _write_meeting(
    meeting: CommitteeMeeting, held_on: date, place: str, attendees: str, minutes: str
) -> None:
    if minutes.strip() and held_on > clock.today():
        raise DomainError(_("A meeting that lies ahead has no minutes yet."), "minutes")
    meeting.held_on, meeting.place = held_on, place.strip()
    meeting.attendees, meeting.minutes = attendees.strip(), minutes.strip()


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
