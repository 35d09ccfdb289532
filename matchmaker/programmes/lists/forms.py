"""The form of a list on a schedule."""

from collections.abc import Sequence
from typing import Any

from babel.dates import get_day_names
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Regexp

from matchmaker.accounts.models import Person
from matchmaker.core.i18n import language
from matchmaker.core.requests import key_of_record
from matchmaker.core.schedules import Rhythm, Schedule
from matchmaker.programmes.forms import TickField
from matchmaker.programmes.group_forms import GroupForm
from matchmaker.programmes.lists.enums import ListFormat

RHYTHMS = {Rhythm.WEEKLY: _l("Once a week"), Rhythm.DAILY: _l("Every day")}


class ScheduleForm(GroupForm):
    """Which list, when, as what and to whom."""

    rhythm = SelectField(_l("How often"), choices=[(one.value, word) for one, word in RHYTHMS.items()])
    weekday = SelectField(_l("Day of a weekly list"))
    clock_time = StringField(
        _l("Time at the venue"),
        default="09:00",
        validators=[Regexp(r"^([01]\d|2[0-3]):[0-5]\d$", message=_l("Enter a time such as 09:00."))],
        render_kw={"type": "time"},
    )
    format = SelectField(_l("Format"), choices=[(one.value, one.value.upper()) for one in ListFormat])
    readers = TickField(
        _l("To whom"),
        coerce=key_of_record,
        validators=[InputRequired(_l("Choose staff of the organiser or of the host."))],
    )

    def __init__(self, *args: Any, staff: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weekday.choices = list(weekdays().items())
        self.readers.choices = [(person.id, person.name) for person in staff]

    def schedule(self) -> Schedule:
        """When it goes out, as typed."""
        return Schedule(Rhythm(self.rhythm.data), int(self.weekday.data), self.clock_time.data or "")


def weekdays() -> dict[str, str]:
    """The days of the week from Monday, 0, by name."""
    names = get_day_names("wide", "stand-alone", language())
    return {str(day): names[day][:1].upper() + names[day][1:] for day in range(7)}
