"""What the pages of the running day show to those who run it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.firms.names import ShownName, reader_name, shown_name
from matchmaker.meetings import parties
from matchmaker.meetings.enums import DayState, MeetingState, ParticipantState
from matchmaker.meetings.live import queries, rules
from matchmaker.meetings.live.words import KINDS, STATES, UNDER_WAY
from matchmaker.meetings.models import B2bDay, DayParticipant, DayRepair, DaySlot, Meeting
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.plan.rows import ParticipantRow
from matchmaker.meetings.show_page import Head, head

REPEATED = 2
"""From so many no-shows on a firm is named to staff."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting at a table; firms are participants with their names."""

    id: int
    table: int
    table_id: int
    firms: list[tuple[int, ShownName]]
    badge: tuple[str, str]
    can_miss: bool
    absent: ShownName | None
    unseen: frozenset[int]
    """Firms of which nobody was checked in; empty where the day has checked nobody in."""


@dataclass(frozen=True, slots=True)
class Time:
    """The meetings of one slot."""

    at: str
    until: str
    sittings: list[Sitting]


@dataclass(frozen=True, slots=True)
class Offered:
    """A meeting that waits for answers."""

    id: int
    at: str
    until: str
    sides: list[tuple[int, ShownName, bool]]


@dataclass(frozen=True, slots=True)
class LivePage:
    """The running day."""

    day: B2bDay
    head: Head
    now: Time | None
    next: Time | None
    stats: list[dict[str, Any]]
    repairs: list[tuple[int, str]]
    offers: list[Offered]
    no_shows: list[tuple[ShownName, int]]
    can_start: bool
    can_finish: bool
    left: int


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What happens to one meeting; after is empty where it is not held any more."""

    firms: list[ShownName]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RepairPage:
    """A proposal before anyone is told."""

    repair: DayRepair
    head: Head
    title: str
    summary: str
    proof: str
    changes: list[ChangeLine]
    offers: list[ChangeLine]
    told: list[ShownName]
    stale: bool


def live_page(actor: Actor, day: B2bDay, firms: Sequence[ParticipantRow]) -> LivePage:
    """Put the running day together; only the meetings of two times are read, whatever the size of the day."""
    now = clock.now()
    hands = rules.hands(day.slots, now)
    slots = [day.slots[one].id for one in (hands.now, hands.next) if one is not None]
    meetings = queries.sittings(slots)
    here = queries.firms_here(day.id)
    states = queries.states(day.id)
    return LivePage(
        day=day,
        head=head(actor, day),
        now=_time(day, hands.now, meetings, here),
        next=_time(day, hands.next, meetings, here),
        stats=[
            *_counts(states, queries.left_unsaid(day.id, now)),
            {"value": len(here or ()), "label": _("firms here of %(all)s", all=len(firms))},
        ],
        repairs=[(one.id, title(one)) for one in queries.open_repairs(day.id)],
        offers=[_offered(day, one) for one in queries.offered(day.id)],
        no_shows=_no_shows(day, firms),
        can_start=day.state is DayState.PUBLISHED,
        can_finish=day.state is DayState.RUNNING,
        left=queries.still_to_come(day.id, now),
    )


def _counts(states: Mapping[MeetingState, int], unsaid: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"value": states[MeetingState.HELD], "label": _("meetings held")},
        {"value": states[MeetingState.NOT_HELD], "label": _("not held")},
    ]
    if unsaid:
        found.append({"value": unsaid, "label": _("over, no outcome yet")})
    return [*found, {"value": states[MeetingState.PLACED] - unsaid, "label": _("on or to come")}]


def _no_shows(day: B2bDay, firms: Sequence[ParticipantRow]) -> list[tuple[ShownName, int]]:
    """Firms that were missed more than once, the worst first."""
    missed = queries.no_shows(day.id)
    found = [one for one in firms if missed.get(one.id, 0) >= REPEATED]
    found.sort(key=lambda one: (-missed[one.id], one.id))
    return [(shown_name(one.firm, language()), missed[one.id]) for one in found]


def offers_to(participant: DayParticipant) -> list[Offered]:
    """Meetings that are offered to a firm and wait for an answer."""
    return [_offered(participant.day, one) for one in queries.offered_to(participant, clock.now())]


def firms_of(day: B2bDay) -> Sequence[ParticipantRow]:
    """The firms of a day, those that left it included."""
    return plan_queries.firms(day.id)


def there(firms: Iterable[ParticipantRow]) -> list[ParticipantRow]:
    """Those that still take part, for the forms of the desk."""
    return [one for one in firms if one.state is not ParticipantState.CANCELLED]


def booked(meeting: Meeting) -> str:
    """What the desk says to two firms that walked in."""
    day, slot, table = meeting.day, meeting.slot, meeting.table
    if slot is None or table is None:
        return ""
    at = day.time_of(slot.starts_at)
    return str(_("They meet at %(time)s at table %(number)s.", time=at, number=table.number))


def title(repair: DayRepair) -> str:
    """What a repair is for, in words."""
    name = reader_name(repair.participant.firm) if repair.participant else ""
    kind = str(KINDS[repair.kind]) if repair.kind in KINDS else ""
    said = repair.details.get("moment")
    if not said:
        return f"{name}: {kind}"
    at = repair.day.clock(datetime.fromisoformat(said))
    return f"{name}: {kind}, {at:%H:%M}"


def in_short(moved: int, lost: int) -> str:
    """What a proposal comes to; what does not happen is not counted."""
    moves = ngettext("%(num)s meeting moves", "%(num)s meetings move", moved)
    if not lost:
        return f"{moves}." if moved else str(_("Every meeting stays where it is."))
    if not moved:
        told = ngettext("%(num)s meeting is not held.", "%(num)s meetings are not held.", lost)
        return str(told)
    gone = ngettext("%(num)s is not held", "%(num)s are not held", lost)
    return f"{moves}, {gone}."


def repair_page(actor: Actor, repair: DayRepair) -> RepairPage:
    """Put a proposal together: each meeting before and after, and who is told."""
    day, proposal = repair.day, repair.proposal
    changes, offers = proposal["changes"], proposal["offers"]
    meetings = queries.by_number([one["meeting"] for one in (*changes, *offers)])
    told: dict[int, ShownName] = {}
    for one in changes:
        for party in meetings[one["meeting"]].parties:
            told[party.participant_id] = shown_name(party.participant.firm, language())
    fewest = proposal["moved"] == proposal["least"]
    return RepairPage(
        repair=repair,
        head=head(actor, day),
        title=title(repair),
        summary=in_short(proposal["moved"], sum(one["new"] is None for one in changes)),
        proof=str(
            _("Proven: no plan that keeps the same meetings moves fewer.")
            if fewest
            else _("At least %(least)s have to move.", least=proposal["least"])
        ),
        changes=[
            ChangeLine(
                parties.names(meetings[one["meeting"]]), place(day, one["old"]), place(day, one["new"])
            )
            for one in sorted(changes, key=_by_time)
        ],
        offers=[
            ChangeLine(parties.names(meetings[one["meeting"]]), "", _at(day, day.slots[one["slot"]]))
            for one in offers
        ],
        told=sorted(told.values(), key=lambda name: name.text.casefold()),
        stale=day.plan_step != repair.plan_step,
    )


def _by_time(change: dict[str, Any]) -> tuple[int, int]:
    """By the place that a meeting had, then by its number."""
    return (change["old"] or change["new"])["slot"], change["meeting"]


def place(day: B2bDay, kept: dict[str, int] | None) -> str:
    """A place of a proposal in words."""
    if kept is None:
        return ""
    numbers = {one.id: one.number for one in day.tables}
    at = _at(day, day.slots[kept["slot"]])
    return str(_("%(time)s, table %(number)s", time=at, number=numbers.get(kept["table"], "")))


def _at(day: B2bDay, slot: DaySlot) -> str:
    return day.time_of(slot.starts_at)


def _begun(meeting: Meeting, now: Any) -> bool:
    return meeting.slot is not None and meeting.slot.starts_at <= now


def _time(
    day: B2bDay, position: int | None, meetings: Sequence[Meeting], seen: frozenset[int] | None
) -> Time | None:
    if position is None:
        return None
    slot = day.slots[position]
    here = [one for one in meetings if one.slot_id == slot.id]
    sittings = sorted((_sitting(day, one, seen) for one in here), key=lambda one: (one.table, one.id))
    return Time(_at(day, slot), day.time_of(slot.ends_at), sittings)


def _sitting(day: B2bDay, meeting: Meeting, here: frozenset[int] | None) -> Sitting:
    firms = [
        (one.participant_id, shown_name(one.participant.firm, language()))
        for one in parties.in_order(meeting)
    ]
    begun = day.state is DayState.RUNNING and _begun(meeting, clock.now())
    word, kind = UNDER_WAY if begun and meeting.state is MeetingState.PLACED else STATES[meeting.state]
    return Sitting(
        id=meeting.id,
        table=meeting.table.number if meeting.table else 0,
        table_id=meeting.table_id or 0,
        firms=firms,
        badge=(str(word), kind),
        can_miss=begun and meeting.state is not MeetingState.NOT_HELD,
        absent=dict(firms).get(meeting.absent_id or 0),
        unseen=frozenset() if here is None else frozenset(number for number, _name in firms) - here,
    )


def _offered(day: B2bDay, meeting: Meeting) -> Offered:
    slot, due = meeting.offered_slot, meeting.answer_due_at
    return Offered(
        id=meeting.id,
        at=_at(day, slot) if slot else "",
        until=day.time_of(due) if due else "",
        sides=[
            (
                one.participant_id,
                shown_name(one.participant.firm, language()),
                one.accepted_at is not None,
            )
            for one in parties.in_order(meeting)
        ],
    )
