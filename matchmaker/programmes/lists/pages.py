"""What the page of lists on a schedule shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.accounts.models import Person
from matchmaker.core.schedules import Rhythm
from matchmaker.programmes.group_words import group_words
from matchmaker.programmes.lists import services
from matchmaker.programmes.lists.forms import weekdays
from matchmaker.programmes.lists.models import ScheduledList
from matchmaker.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Line:
    """One schedule in words."""

    scheduled: ScheduledList
    group: str
    when: str
    readers: str


def lines(programme: Programme, staff: Sequence[Person]) -> list[Line]:
    """The schedules of a programme."""
    names, days = {person.id: person.name for person in staff}, weekdays()
    return [
        Line(
            one,
            group_words(programme, one.filters),
            _when(one, days[str(one.weekday)]),
            ", ".join(names[number] for number in one.readers if number in names),
        )
        for one in services.schedules(programme.id)
    ]


def _when(one: ScheduledList, day: str) -> str:
    if one.rhythm is Rhythm.DAILY:
        return str(_("every day, %(time)s", time=one.clock_time))
    return str(_("once a week: %(day)s, %(time)s", day=day, time=one.clock_time))
