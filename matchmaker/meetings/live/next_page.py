"""What a firm sees on its phone between two meetings: where it is now, where it goes next, and in how many minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core import clock, zones
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.firms.names import reader_name
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.live.pages import Offered, offers_to
from matchmaker.meetings.models import DayParticipant
from matchmaker.meetings.outcomes import queries as outcome_queries
from matchmaker.meetings.outcomes import rules as outcome_rules
from matchmaker.meetings.plan.agenda import Counterpart, Entry, agenda_of, own_time
from matchmaker.reference import languages

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting that is on or comes; `countdown` is how long to its end where it is on, else to its beginning."""

    meeting_id: int
    time: str
    until: str
    span: str
    countdown: str
    table: str
    room: str
    others: tuple[Counterpart, ...]
    spoken: str
    going: list[str]


@dataclass(frozen=True, slots=True)
class NextPage:
    """The hands of a firm's own day; `unsaid` are the meetings of which it has not said what came of them, by number."""

    participant: DayParticipant
    firm: str
    at: str
    offers: list[Offered]
    now: Coming | None
    next: Coming | None
    later: list[Coming]
    unsaid: list[int]


def next_page(actor: Actor, participant: DayParticipant) -> NextPage:
    """Put the page together, as the firm was told last; `firm` is empty for its own people."""
    day, now = participant.day, clock.now()
    living = (MeetingState.PLACED, MeetingState.HELD)
    entries = [one for one in agenda_of(participant, with_reasons=False).meetings if _state(one) in living]
    on = next((one for one in entries if one.starts <= now < one.ends), None)
    coming = [_coming(one, day.zone, _until(one.starts - now)) for one in entries if one.starts > now]
    own = day_rules.speaks_for(actor, participant)
    return NextPage(
        participant=participant,
        firm="" if own else reader_name(participant.firm),
        at=day.time_of(now),
        offers=offers_to(participant),
        now=_coming(on, day.zone, _left(on.ends - now)) if on else None,
        next=coming[0] if coming else None,
        later=coming[1:],
        unsaid=unsaid(participant, now),
    )


def _state(entry: Entry) -> MeetingState | None:
    return entry.meeting.state if entry.meeting else None


def _coming(entry: Entry, zone: str, countdown: str) -> Coming:
    return Coming(
        meeting_id=entry.meeting.id if entry.meeting else 0,
        time=entry.time,
        until=zones.clock_at(entry.ends, zone),
        span=own_time(entry, zone),
        countdown=countdown,
        table=entry.table,
        room=entry.room,
        others=entry.others,
        spoken=_spoken(entry),
        going=[one.name for one in entry.own],
    )


def _spoken(entry: Entry) -> str:
    """In which language they speak: with an interpreter by name, else the one that both know; empty where not known."""
    if entry.interpreter:
        return str(_("Interpreter: %(name)s", name=entry.interpreter))
    if entry.meeting is not None and entry.meeting.language:
        return str(_("Language: %(language)s", language=languages.label(entry.meeting.language, language())))
    return str(_("With an interpreter")) if entry.meeting is not None and entry.meeting.pair else ""


def _minutes(span: timedelta) -> int:
    """Full minutes, those begun counted whole: nobody is told zero minutes before the time."""
    return -(-int(span.total_seconds()) // 60)


def _until(span: timedelta) -> str:
    """How long it still is; empty from a day on, where the date says more."""
    if span >= DAY:
        return ""
    minutes = _minutes(span)
    if span > HOUR:
        hours, rest = divmod(minutes, 60)
        return str(_("in %(hours)s h %(minutes)s min", hours=hours, minutes=f"{rest:02}"))
    return str(ngettext("in %(num)s minute", "in %(num)s minutes", minutes))


def _left(span: timedelta) -> str:
    return str(ngettext("%(num)s minute left", "%(num)s minutes left", _minutes(span)))


def unsaid(participant: DayParticipant, now: datetime) -> list[int]:
    """The meetings of which the firm could say what came of them and has not, in order of time."""
    return [
        one.id
        for one in outcome_queries.meetings_of(participant)
        if one.slot is not None
        and one.slot.ends_at <= now
        and outcome_rules.is_open(participant.day.state, one.state, one.slot.starts_at, now)
        and all(said.participant_id != participant.id for said in one.outcomes)
        and one.absent_id is None
    ]
