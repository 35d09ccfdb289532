"""Decisions about action plans: who edits what, what is late, what has to wait."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor
from matchmaker.mous import rules as mou_rules
from matchmaker.mous.plans.enums import ItemState

if TYPE_CHECKING:
    from matchmaker.mous.models import Mou
    from matchmaker.mous.plans.models import ActionPlan, CommitteeMeeting, PlanItem

Owned = tuple["Mou", "ActionPlan", "PlanItem"]
OVER = frozenset({ItemState.DONE, ItemState.DROPPED})


def sees(actor: Actor, mou: "Mou") -> bool:
    """Plans and minutes are for the people of the parties."""
    return mou_rules.is_party(actor, mou)


def plans(actor: Actor, mou: "Mou") -> bool:
    """Who works for a party writes plans and minutes."""
    return mou_rules.works_for_party(actor, mou)


def may_edit(actor: Actor, mou: "Mou", item: "PlanItem") -> bool:
    """Each side edits its own items, both edit the shared ones."""
    return may_give(actor, mou, item.institution_id)


def may_give(actor: Actor, mou: "Mou", institution_id: int | None) -> bool:
    """Whether the actor may let an item belong to an institution, or to both sides: nobody loads work on the other side."""
    own = {grant.institution_id for grant in actor.grants if grant.role in mou_rules.WORKERS}
    return plans(actor, mou) and (actor.is_operator or institution_id is None or institution_id in own)


def sees_plan(actor: Actor, plan: "ActionPlan") -> bool:
    """The people of the parties."""
    return sees(actor, plan.mou)


def writes_plan(actor: Actor, plan: "ActionPlan") -> bool:
    """Who works for a party."""
    return plans(actor, plan.mou)


def edits(actor: Actor, owned: Owned) -> bool:
    """Whether the actor may change this item."""
    return may_edit(actor, owned[0], owned[2])


def confirms(actor: Actor, owned: Owned) -> bool:
    """Whether the actor may confirm this item for a side: only shared ones are confirmed."""
    return owned[2].institution_id is None and mou_rules.may_speak(actor, owned[0])


def unconfirmed(actor: Actor, mou: "Mou", item: "PlanItem") -> list[int]:
    """The parties that the actor speaks for and that have not confirmed a shared item yet."""
    own = {grant.institution_id for grant in actor.grants if grant.role in mou_rules.SPEAKERS}
    given = {one.institution_id for one in item.confirmations}
    mine = [party.institution_id for party in mou.parties if actor.is_operator or party.institution_id in own]
    return [] if item.institution_id is not None else [number for number in mine if number not in given]


def sees_meeting(actor: Actor, pair: tuple["Mou", "CommitteeMeeting"]) -> bool:
    """The people of the parties."""
    return sees(actor, pair[0])


def records(actor: Actor, pair: tuple["Mou", "CommitteeMeeting"]) -> bool:
    """Who works for a party."""
    return plans(actor, pair[0])


def is_late(item: "PlanItem", today: date) -> bool:
    """Whether it should be done by now."""
    return item.state not in OVER and item.due_on < today


def is_confirmed(item: "PlanItem", parties: frozenset[int]) -> bool:
    """Whether a shared item was confirmed by every party; an own one needs no confirmation."""
    return item.institution_id is not None or parties <= {one.institution_id for one in item.confirmations}


def makes_circle(item_id: int, afters: Collection[int], before: Mapping[int, Collection[int]]) -> bool:
    """Whether waiting for `afters` would make an item wait for itself; `before` says what each waits for."""
    ahead, seen = list(afters), set[int]()
    while ahead:
        step = ahead.pop()
        if step == item_id:
            return True
        if step not in seen:
            seen.add(step)
            ahead += before.get(step, ())
    return False


def holding_up(item: "PlanItem", items: Iterable["PlanItem"]) -> list["PlanItem"]:
    """What an item still waits for: those before it that are neither done nor dropped."""
    return [one for one in items if one.id in item.after_ids and one.state not in OVER]


def progress(items: list["PlanItem"]) -> int:
    """The mean progress of all milestones and tasks that were not dropped, in per cent."""
    counted = [item for item in items if item.kind != "objective" and item.state is not ItemState.DROPPED]
    return round(sum(item.progress for item in counted) / len(counted)) if counted else 0
