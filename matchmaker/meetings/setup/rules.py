"""Decisions about the set-up: which slots follow from the blocks, and what becomes of closed ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

from matchmaker.core.actor import Actor
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.enums import BlockKind, DayState

if TYPE_CHECKING:
    from matchmaker.meetings.models import B2bDay, DayParticipant, DayPerson

Row = TypeVar("Row")
LEAST_MINUTES, MOST_MINUTES = 5, 120
MOST_TABLES = 500
MOST_SLOTS = 200
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """A record that belongs to a day, with the day."""

    day: B2bDay
    row: Row


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block as far as slots follow from it; number is that of its row."""

    number: int
    kind: BlockKind
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class NewSlot:
    """A slot that follows from a block."""

    block: int
    starts_at: datetime
    ends_at: datetime


def may_change_part(actor: Actor, part: Part[Row]) -> bool:
    """Whoever runs the day."""
    return day_rules.may_run(actor, part.day)


@dataclass(frozen=True, slots=True)
class PersonOf:
    """Somebody whom a firm sends, with the firm."""

    participant: DayParticipant
    row: DayPerson


def may_change_firm(actor: Actor, participant: DayParticipant) -> bool:
    """Whoever runs the day."""
    return day_rules.may_run(actor, participant.day)


def may_say_who_comes(actor: Actor, participant: DayParticipant) -> bool:
    """The firm's own people while the day is ahead of them, and whoever runs the day."""
    ahead = participant.day.state in day_rules.SHOWN_TO_FIRMS - day_rules.ENDED
    own = day_rules.speaks_for(actor, participant) and ahead
    return own or day_rules.may_run(actor, participant.day)


def may_change_person(actor: Actor, person: PersonOf) -> bool:
    """Like saying who comes."""
    return may_say_who_comes(actor, person.participant)


def may_say_when_free(actor: Actor, participant: DayParticipant) -> bool:
    """The firm's own people; what they say counts while wishes are taken."""
    return day_rules.speaks_for(actor, participant) and participant.day.state in day_rules.SHOWN_TO_FIRMS


def takes_wishes(day: B2bDay, now: datetime) -> bool:
    """Whether firms may say what they wish: the day is open for it and the deadline, if any, is ahead."""
    return day.state is DayState.WISHES and (day.wishes_until is None or now < day.wishes_until)


def joined(languages: Iterable[Iterable[str]]) -> list[str]:
    """The languages of several people, each once, the first named first."""
    return list(dict.fromkeys(code for spoken in languages for code in spoken if code))


def slots_of(stretches: Iterable[Stretch], slot_minutes: int, change_minutes: int) -> list[NewSlot]:
    """The slots of all blocks of meetings in order: one after another with time to change, none beyond the block."""
    length, step = timedelta(minutes=slot_minutes), timedelta(minutes=slot_minutes + change_minutes)
    found = []
    for one in sorted(stretches, key=lambda stretch: stretch.starts_at):
        if one.kind is not BlockKind.MEETINGS:
            continue
        starts = one.starts_at
        while starts + length <= one.ends_at:
            found.append(NewSlot(one.number, starts, starts + length))
            starts += step
    return found


def overlapping(stretches: Sequence[Stretch], wanted: Span, but: int = 0) -> Stretch | None:
    """The block, other than number `but`, that shares time with the wanted one."""
    return next(
        (
            one
            for one in stretches
            if one.number != but and one.starts_at < wanted[1] and wanted[0] < one.ends_at
        ),
        None,
    )


def closed_anew(closed: Collection[int], old: Sequence[Span], new: Sequence[Span]) -> list[int]:
    """The positions that stay closed when the slots change: those that share time with one that was closed."""
    shut = [old[position] for position in closed if position < len(old)]
    return [
        at
        for at, (starts, ends) in enumerate(new)
        if any(starts < shut_end and shut_start < ends for shut_start, shut_end in shut)
    ]
