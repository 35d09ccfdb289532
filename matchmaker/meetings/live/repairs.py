"""Mending a running timetable: a proposal that is looked at first, then one step and news for those whom it concerns."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.engines.timetable import repair as engine
from matchmaker.engines.timetable.day import Day, Placement
from matchmaker.meetings import places
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import (
    DayState,
    MeetingState,
    MeetingVerb,
    ParticipantState,
    RepairKind,
    RepairState,
    StepVerb,
)
from matchmaker.meetings.live import offers, queries, rules, timekeeping, vacancies
from matchmaker.meetings.models import B2bDay, DayParticipant, DayRepair
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.plan.problem import Problem, problem_of
from matchmaker.meetings.plan.seats import seats_of

MENDED_IN: Final = frozenset({DayState.PUBLISHED, DayState.RUNNING})


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of applying: told counts people; `anew` is the new proposal where the day had changed meanwhile."""

    told: int = 0
    anew: DayRepair | None = None


def propose(
    actor: Actor, participant: DayParticipant, kind: RepairKind, moment: datetime | None = None
) -> DayRepair:
    """Work out how the rest of a day goes on with the fewest meetings moved; nothing is changed and nobody told.

    `moment` is when a late firm arrives or a leaving one goes. An older proposal for the same firm is put aside. Raises
    DomainError where the moment says nothing, Conflict where the day is not on.
    """
    day = day_queries.lock(participant.day)
    if day.state not in MENDED_IN:
        raise Conflict(_("Only a published or running day can be mended."))
    if participant.state is ParticipantState.CANCELLED:
        raise Conflict(_("This firm has cancelled already."))
    _check_moment(day, kind, moment)
    for older in queries.proposals_for(participant.id):
        older.state = RepairState.DISCARDED
    row = DayRepair(
        day_id=day.id,
        kind=kind,
        participant_id=participant.id,
        details={"moment": moment.isoformat()} if moment else {},
        asked_by_id=actor.person_id,
    )
    db.session.add(row)
    _work_out(day, row)
    db.session.flush()
    audit.record(actor, "propose_repair", "b2b_day", day.id, after=_summary(row))
    return row


def apply(actor: Actor, repair: DayRepair) -> Applied:
    """Do what was proposed: one step of the timetable, news for the firms it concerns, free places as offers.

    Where the day changed since, or its clock went on to the next time, nothing is done but a new proposal.
    """
    day = day_queries.lock(repair.day)
    db.session.refresh(repair, ("state", "plan_step", "proposal"))
    if repair.state is not RepairState.PROPOSED:
        raise Conflict(_("This proposal was dealt with already."))
    timekeeping.catch_up(day)
    open_from = rules.hands(day.slots, clock.now()).first_open
    if day.plan_step != repair.plan_step or open_from != repair.proposal["from"]:
        repair.state = RepairState.DISCARDED
        moment = _moment(repair)
        participant = day_queries.participant(repair.participant_id or 0)
        return Applied(anew=propose(actor, participant, repair.kind, moment))
    _absent_from_now(repair)
    changes = {one["meeting"]: one for one in repair.proposal["changes"]}
    _unlock(changes)
    step = places.change(actor, day, StepVerb.REPAIR, _seats(day, changes))
    _give_up(actor, repair, changes)
    if repair.kind in rules.WHOLE_DAY:
        offers.end_of(actor, day, repair.participant_id or 0)
    repair.state, repair.applied_at = RepairState.APPLIED, clock.now()
    told = offers.release(actor, day, list(changes), f"repair:{repair.id}")
    offers.offer_all(actor, day, {one["meeting"]: one["slot"] for one in repair.proposal["offers"]})
    db.session.flush()
    after = _summary(repair) | {"step": step.number if step else None, "told": told}
    audit.record(actor, "apply_repair", "b2b_day", day.id, after=after)
    return Applied(told)


def discard(actor: Actor, repair: DayRepair) -> None:
    """Put a proposal aside; nothing where it was dealt with already."""
    day_queries.lock(repair.day)
    db.session.refresh(repair, ("state",))
    if repair.state is not RepairState.PROPOSED:
        return
    repair.state = RepairState.DISCARDED
    audit.record(actor, "discard_repair", "b2b_day", repair.day_id, after=_summary(repair))
    db.session.flush()


def _check_moment(day: B2bDay, kind: RepairKind, moment: datetime | None) -> None:
    if kind in rules.WHOLE_DAY:
        return
    if moment is None or not day.slots:
        raise DomainError(_("Enter the time."), "moment")
    if not day.slots[0].starts_at < moment < day.slots[-1].ends_at:
        raise DomainError(_("Enter a time between the first and the last meeting of the day."), "moment")
    if moment <= clock.now():
        raise DomainError(_("Enter a time that is still to come."), "moment")


def _work_out(day: B2bDay, repair: DayRepair) -> None:
    timekeeping.catch_up(day)
    open_from = rules.hands(day.slots, clock.now()).first_open
    found = _found(day, repair, open_from)
    fresh = [one for one in found.changes if one.old is None and one.new is not None]
    repair.plan_step = day.plan_step
    repair.proposal = {
        "from": open_from,
        "changes": [_change(one) for one in found.changes if one.old is not None],
        "offers": _offers(day, fresh),
        "moved": found.moved,
        "least": found.least,
        "lost": list(found.lost),
    }


@dataclass(frozen=True, slots=True)
class _Found:
    """What a disturbance comes to."""

    changes: Sequence[engine.Change]
    moved: int = 0
    least: int = 0
    lost: Sequence[int] = ()


def _found(day: B2bDay, repair: DayRepair, open_from: int) -> _Found:
    firm = repair.participant_id or 0
    asked = queries.not_to_offer(day.id)
    if repair.kind in rules.WHOLE_DAY:
        changes = vacancies.cancelled(day, firm, open_from, asked)
        return _Found(changes, lost=[one.meeting for one in changes if one.new is None])
    problem = plan_queries.problem(day_queries.day(day.id))
    missed = rules.missed_slots(day.slots, repair.kind, open_from, _moment(repair))
    left = _without(problem, asked)
    mended = engine.absent(left, problem.placements, firm, missed, open_from)
    return _Found(mended.changes, mended.moved, mended.least, mended.lost)


def _without(problem: Problem, wishes: Collection[int]) -> Day:
    """The day of a problem without some of its waiting wishes."""
    gone = set(wishes) - {one.meeting for one in problem.placements}
    kept = (one for one in problem.day.meetings if one.id not in gone)
    return replace(
        problem.day,
        meetings=tuple(replace(one, after=tuple(e for e in one.after if e not in gone)) for one in kept),
    )


def _change(one: engine.Change) -> dict[str, Any]:
    return {"meeting": one.meeting, "old": _place(one.old), "new": _place(one.new)}


def _place(place: Any) -> dict[str, int] | None:
    return None if place is None else {"slot": place.slot, "table": place.table}


def _offers(day: B2bDay, fresh: Iterable[engine.Change]) -> list[dict[str, int]]:
    """Waiting wishes that fit into what became free; their firms are asked instead of told."""
    now = clock.now()
    return [
        {"meeting": one.meeting, "slot": one.new.slot}
        for one in fresh
        if one.new is not None and rules.may_be_offered(day.slots[one.new.slot], now)
    ]


def _moment(repair: DayRepair) -> datetime | None:
    said = repair.details.get("moment")
    return datetime.fromisoformat(said) if said else None


def _absent_from_now(repair: DayRepair) -> None:
    """Note with the firm what the repair is for, so that no later plan seats it then."""
    participant = day_queries.participant(repair.participant_id or 0)
    moment = _moment(repair)
    if repair.kind is RepairKind.LATE:
        participant.arrives_at = moment
    elif repair.kind is RepairKind.EARLY_LEAVE:
        participant.leaves_at = moment
    elif repair.kind is RepairKind.CANCELLATION:
        participant.state = ParticipantState.CANCELLED
    else:
        participant.state = ParticipantState.NO_SHOW
    db.session.flush()


def _unlock(changes: Mapping[int, dict[str, Any]]) -> None:
    """A place that was kept for a firm that is not there is kept no longer."""
    for meeting in queries.with_parties(changes):
        meeting.locked = False
    db.session.flush()


def _seats(day: B2bDay, changes: Mapping[int, dict[str, Any]]) -> dict[int, places.Seat | None]:
    moved = [
        Placement(number, change["new"]["slot"], change["new"]["table"])
        for number, change in changes.items()
        if change["new"]
    ]
    if not moved:
        return dict.fromkeys(changes)
    rows, into = plan_queries.rows(day), {one.slot for one in moved}
    staying = {one.id for one in rows.meetings if one.slot_id is not None} - changes.keys()
    problem: Problem = problem_of(rows, staying)
    kept = [one for one in problem.placements if one.meeting in staying and one.slot in into]
    found = seats_of(problem, [*kept, *moved], into)
    return {number: found.get(number) for number in changes}


def _give_up(actor: Actor, repair: DayRepair, changes: Mapping[int, dict[str, Any]]) -> None:
    """The meetings of a firm that does not come any more are over; others that lost their place go on waiting."""
    if repair.kind not in rules.WHOLE_DAY:
        return
    for meeting in queries.with_parties([number for number, one in changes.items() if not one["new"]]):
        if repair.participant_id in {one.participant_id for one in meeting.parties}:
            meeting.living_key = None
            meeting.absent_id = repair.participant_id if repair.kind is RepairKind.NO_SHOW else None
            timekeeping.end(meeting, MeetingState.CANCELLED, MeetingVerb.CANCEL, actor.person_id)


def _summary(repair: DayRepair) -> dict[str, Any]:
    return {
        "repair": repair.id,
        "kind": str(repair.kind),
        "participant": repair.participant_id,
        "moved": repair.proposal["moved"],
        "least": repair.proposal["least"],
        "lost": repair.proposal["lost"],
    }
