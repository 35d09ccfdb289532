"""What the pages of check-in show, and what a device is answered."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.i18n import language, show_date
from matchmaker.engines.text.folding import fold
from matchmaker.firms.names import ShownName, in_reader_letters, reader_name, shown_name
from matchmaker.meetings.enums import CheckRule, ParticipantState
from matchmaker.meetings.models import B2bDay, CheckIn, CheckPoint, DayParticipant, DayPerson
from matchmaker.meetings.presence import queries
from matchmaker.meetings.presence.services import Answer
from matchmaker.meetings.presence.words import REFUSALS

MARK_SIGNS = 16
"""Letters of the digest by which a device knows a badge again without holding its code."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody who may come; mark is a digest of the badge's code."""

    id: int
    name: str
    romanised: str
    firm: ShownName
    mark: str
    found_by: str
    at: str


@dataclass(frozen=True, slots=True)
class PassageLine:
    """One passage of a point."""

    id: int
    name: str
    firm: ShownName
    at: str
    offline: bool


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One check point as the desk sees it; people are those whom the search finds, `expected` are all."""

    point: CheckPoint
    day: B2bDay
    passages: list[PassageLine]
    passed: dict[int, str]
    people: list[PersonLine]
    expected: int
    present: int
    asked: str


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A firm of the day with who of it is there."""

    participant: DayParticipant
    name: ShownName
    people: list[tuple[str, str]]
    missing: int
    next_at: str
    late: bool


@dataclass(frozen=True, slots=True)
class PresencePage:
    """Who is there of all firms."""

    day: B2bDay
    points: list[tuple[CheckPoint, int]]
    firms: list[FirmLine]
    people: int
    present: int
    firms_present: int


def desk_page(point: CheckPoint, asked: str = "") -> DeskPage:
    """Put a desk together. Of a point for once a day, those who passed on another day may pass again."""
    day = point.day
    start = datetime.combine(clock.today(day.zone), time.min, tzinfo=ZoneInfo(day.zone))
    since = start if point.rule is CheckRule.ONCE_A_DAY else None
    passed = {one: _at(day, at) for one, at in queries.passed(point.id, since).items()}
    lines = [_line(one, passed.get(one.id, "")) for one in queries.expected(day.id)]
    return DeskPage(
        point=point,
        day=day,
        passages=[_passage(day, one) for one in queries.last_passages(point.id)],
        passed=passed,
        people=[one for one in lines if fold(asked) in fold(one.found_by)],
        expected=len(lines),
        present=sum(one.id in passed for one in lines),
        asked=asked,
    )


def presence_page(day: B2bDay) -> PresencePage:
    """Put the overview together: firms from which somebody is missing first, those with the soonest meeting first."""
    people, there = queries.expected(day.id), queries.arrivals(day.id)
    now = clock.now()
    soonest = queries.first_meetings(day.id, now)
    by_firm: dict[int, list[DayPerson]] = {}
    for one in people:
        by_firm.setdefault(one.participant_id, []).append(one)
    firms = [_firm(day, group, there, soonest.get(number), now) for number, group in by_firm.items()]
    far = _at_order(soonest)
    firms.sort(key=lambda one: (not one.missing, far(one.participant.id), one.name.text.casefold()))
    return PresencePage(
        day=day,
        points=queries.points_of(day.id),
        firms=firms,
        people=len(people),
        present=sum(one.id in there for one in people),
        firms_present=sum(one.missing < len(one.people) for one in firms),
    )


def told(answer: Answer, day: B2bDay) -> dict[str, Any]:
    """What a device is answered about one scan."""
    person = answer.person
    return {
        "key": answer.scan.key,
        "passed": answer.refusal is None,
        "person": person.id if person else None,
        "name": person.name if person else "",
        "firm": reader_name(person.participant.firm) if person else "",
        "at": _at(day, answer.passage.scanned_at) if answer.passage else "",
        "message": message(answer, day),
    }


def message(answer: Answer, day: B2bDay) -> str:
    """What became of a scan, in a sentence."""
    if answer.refusal is None:
        return str(_("Checked in."))
    why = str(REFUSALS[answer.refusal])
    if answer.passage is not None:
        at = _("At %(time)s.", time=_moment(day, answer.passage.scanned_at))
        return f"{why} {at}"
    return why


def _at_order(soonest: dict[int, datetime]) -> Any:
    latest = max(soonest.values(), default=clock.now())
    return lambda number: (number not in soonest, soonest.get(number, latest))


def _firm(
    day: B2bDay,
    people: list[DayPerson],
    there: dict[int, datetime],
    next_at: datetime | None,
    now: datetime,
) -> FirmLine:
    participant = people[0].participant
    listed = [(_name(one), _at(day, there[one.id]) if one.id in there else "") for one in people]
    missing = sum(not at for _name, at in listed)
    late = missing == len(people) and next_at is not None and next_at <= now
    return FirmLine(
        participant,
        shown_name(participant.firm, language()),
        listed,
        missing,
        _at(day, next_at) if next_at else "",
        late or participant.state is ParticipantState.NO_SHOW,
    )


def _name(one: DayPerson) -> str:
    return in_reader_letters(one.name, one.name_romanised)


def _line(one: DayPerson, at: str) -> PersonLine:
    firm = shown_name(one.participant.firm, language())
    names = (one.name, one.name_romanised, firm.text, firm.original)
    return PersonLine(
        one.id,
        one.name,
        one.name_romanised if one.name_romanised != one.name else "",
        firm,
        hashlib.sha256(one.badge_token.encode()).hexdigest()[:MARK_SIGNS],
        " ".join(dict.fromkeys(name for name in names if name)),
        at,
    )


def _passage(day: B2bDay, one: CheckIn) -> PassageLine:
    firm = shown_name(one.person.participant.firm, language())
    return PassageLine(one.id, _name(one.person), firm, _at(day, one.scanned_at), one.offline)


def _at(day: B2bDay, moment: datetime) -> str:
    return day.time_of(moment)


def _moment(day: B2bDay, moment: datetime) -> str:
    """The clock of today's passage, with the date of another day's."""
    there = day.clock(moment)
    if there.date() == clock.today(day.zone):
        return f"{there:%H:%M}"
    return str(_("%(day)s, %(time)s", day=show_date(there.date()), time=f"{there:%H:%M}"))
