"""What the page of an agenda shows to one reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core import zones
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import show_date
from matchmaker.firms.names import place_name, reader_name
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.models import B2bDay, DayParticipant, DayPerson
from matchmaker.meetings.plan import rules
from matchmaker.meetings.plan.agenda import Counterpart, Entry, agenda_of, state_words, waits
from matchmaker.meetings.plan.agenda_asked import Asked, asked_of, free_stretches


@dataclass(frozen=True, slots=True)
class Item:
    """One line of time: a meeting, a request that waits for an answer, or a break."""

    time: str
    moment: str
    name: str
    ends: str = ""
    own_time: str = ""
    """What the reader's own clock shows, where it differs from the venue's."""
    table: str = ""
    others: tuple[Counterpart, ...] = ()
    own: tuple[DayPerson, ...] = ()
    why: str = ""
    interpreter: str = ""
    score: int = 0
    badge: tuple[str, str] = ("", "")
    moved_from: str = ""
    wait: int = 0
    colleague_url: str = ""
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """The agenda of one firm."""

    participant: DayParticipant
    title: str
    line: str
    times: str
    """Whose times they are, said once: the zone of the venue, and the reader's where it differs."""
    is_even: bool
    """Whether all meetings last equally long, so that `line` says it for all."""
    version: int
    items: list[Item]
    facts: list[dict[str, str]]
    free: list[str]
    """When the reader's firm said that it is free; empty for others."""

    @property
    def is_told(self) -> bool:
        """Whether there is anything to print and to put into a calendar."""
        return any(one.others and one.asked is None for one in self.items)


def agenda_page(actor: Actor, participant: DayParticipant) -> AgendaPage:
    """Put the page together."""
    agenda, day = agenda_of(participant), participant.day
    pauses = waits(agenda)
    held = [_item(actor, participant, one, pauses) for one in agenda.entries]
    items = sorted([*held, *_asked_items(actor, participant)], key=lambda one: one.moment)
    lengths = {one.ends - one.starts for one in agenda.meetings}
    own = day_rules.speaks_for(actor, participant)
    heading = (
        _("My meetings, %(day)s", day=show_date(day.held_on, "full"))
        if own
        else _("Meetings of %(firm)s", firm=reader_name(participant.firm))
    )
    date = "" if own else show_date(day.held_on, "full")
    counted = _counted(len(agenda.meetings), lengths)
    line = " · ".join(part for part in (date, place_name(day.place), counted) if part)
    free = free_stretches(participant) if own else []
    facts = _facts(participant, items)
    return AgendaPage(
        participant,
        str(heading),
        line,
        _times(day),
        len(lengths) == 1,
        agenda.version,
        items,
        facts,
        free,
    )


def _counted(number: int, lengths: set[timedelta]) -> str:
    """How many meetings, and how long they last where all last equally long."""
    if len(lengths) != 1:
        return str(ngettext("%(num)s meeting", "%(num)s meetings", number))
    minutes = int(next(iter(lengths)).total_seconds() // 60)
    told = ngettext(
        "%(num)s meeting of %(minutes)s min", "%(num)s meetings of %(minutes)s min", number, minutes=minutes
    )
    return str(told)


def _times(day: B2bDay) -> str:
    if not day.slots:
        return ""
    first = day.slots[0].starts_at
    own = zones.own_start(first, day.zone)
    told = _("Times at the venue: %(zone)s", zone=zones.named(day.zone, first))
    at_home = _("your time: %(time)s", time=own)
    return f"{told}; {at_home}" if own else str(told)


def _item(actor: Actor, participant: DayParticipant, one: Entry, pauses: Mapping[int, int]) -> Item:
    """A meeting, or what else is on at a time."""
    meeting = one.meeting
    if meeting is None:
        return Item(one.time, one.starts.isoformat(), one.name)
    places = [_("Table %(number)s", number=one.table), place_name(one.room)]
    return Item(
        one.time,
        one.starts.isoformat(),
        "",
        zones.clock_at(one.ends, participant.day.zone),
        zones.own_clock(one.starts, participant.day.zone, participant.day.slots[0].starts_at),
        " · ".join(str(part) for part in places if part),
        one.others,
        one.own,
        one.why,
        one.interpreter,
        meeting.weight,
        state_words(meeting),
        one.moved_from,
        pauses.get(meeting.id, 0),
        _colleague_url(actor, participant, meeting.id, len(participant.people)),
    )


def _asked_items(actor: Actor, participant: DayParticipant) -> list[Item]:
    badge = (str(_("Waiting for you")), "info")
    return [
        Item(
            one.time,
            one.moment,
            "",
            one.ends,
            one.own_time,
            others=(one.other,),
            why=one.topic,
            score=one.score,
            badge=badge,
            asked=one,
        )
        for one in asked_of(actor, participant)
    ]


def _colleague_url(actor: Actor, participant: DayParticipant, meeting_id: int, people: int) -> str:
    staff = day_rules.may_run(actor, participant.day)
    may = (staff or day_rules.speaks_for(actor, participant)) and participant.day.state in rules.PLANNABLE
    return url_for("meetings.colleague", meeting_id=meeting_id) if may and people > 1 else ""


def _facts(participant: DayParticipant, items: list[Item]) -> list[dict[str, str]]:
    day = participant.day
    spoken = [one.time for one in items if one.interpreter]
    shown = [
        (_("Place"), place_name(day.place)),
        (_("Entrance"), place_name(day.entrance)),
        (_("Interpreter"), _("At the meetings of %(times)s", times=", ".join(spoken)) if spoken else ""),
    ]
    return [{"term": str(term), "value": str(value)} for term, value in shown if value]
