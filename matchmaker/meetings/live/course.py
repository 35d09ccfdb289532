"""Starting and ending the day."""

from matchmaker.core.actor import Actor
from matchmaker.meetings.enums import DayVerb
from matchmaker.meetings.live import timekeeping
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.services import move_day


def start(actor: Actor, day: B2bDay) -> None:
    """Let the day run: boards show it, begun meetings keep their place, outcomes can be said."""
    timekeeping.catch_up(move_day(actor, day, DayVerb.START))


def finish(actor: Actor, day: B2bDay) -> None:
    """End the day; what was still to come is cancelled."""
    timekeeping.catch_up(day)
    timekeeping.close(move_day(actor, day, DayVerb.FINISH))
