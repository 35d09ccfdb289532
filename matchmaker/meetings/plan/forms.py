"""Forms of the timetable: a place for a meeting, a lock, a run of the engine."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import HiddenInput

from matchmaker.core.forms import BaseForm
from matchmaker.core.requests import LARGEST_KEY
from matchmaker.firms.fields import Between, WholeNumberField
from matchmaker.meetings.enums import RunKind
from matchmaker.meetings.models import DayPerson
from matchmaker.meetings.plan.runs import EFFORTS

LARGEST_SEED = 999
EFFORT_WORDS = {
    "quick": _l("Quick: a first look"),
    "normal": _l("Normal: some fifteen seconds for a hundred firms a side"),
    "thorough": _l("Thorough: four times as long"),
}


class MeetingForm(BaseForm):
    """One meeting of the day."""

    meeting = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_KEY)])

    @property
    def number(self) -> int:
        """Its number; 0 where none was sent, which no meeting has."""
        return self.meeting.data or 0


class PlaceForm(MeetingForm):
    """A meeting and where it goes: position of the slot and number of the table's row, such as 3-12.

    `seen` is the step of the timetable that the page showed.
    """

    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    to = HiddenField(
        validators=[
            InputRequired(_l("Choose a place.")),
            Regexp(r"^\d{1,4}-\d{1,9}$", message=_l("Choose a place.")),
        ]
    )

    @property
    def place(self) -> tuple[int, int]:
        """Slot and table."""
        slot, table = str(self.to.data).split("-")
        return int(slot), int(table)


class LockForm(MeetingForm):
    """A meeting and whether it keeps its place."""

    locked = BooleanField()


class RunForm(BaseForm):
    """What the engine shall do."""

    kind = RadioField(
        _l("What is planned"),
        choices=[
            (RunKind.WHOLE.value, _l("The whole day: only locked meetings keep their place")),
            (RunKind.GAPS.value, _l("Only the gaps: all placed meetings keep their place")),
        ],
        default=RunKind.WHOLE.value,
    )
    effort = SelectField(
        _l("Effort"), choices=[(key, EFFORT_WORDS[key]) for key in EFFORTS], default="normal"
    )
    seed = WholeNumberField(
        _l("Starting number"),
        description=_l("The same number gives the same plan; another number gives another one."),
        validators=[InputRequired(_l("Enter a whole number.")), Between(0, LARGEST_SEED)],
        default=0,
    )
    proving = BooleanField(
        _l("Prove how few breaks there can be"),
        description=_l("Takes up to two minutes more. You can stop it and keep the plan."),
    )


class ReleaseForm(BaseForm):
    """What goes with a version; `seen` is the step of the timetable that the page showed."""

    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    note = StringField(
        _l("Note for colleagues"),
        description=_l("Why this version, in a few words. Firms do not see it."),
        validators=[Optional(), Length(max=200, message=_l("Write at most 200 characters."))],
    )


class TakeOverForm(BaseForm):
    """Who goes instead."""

    person = RadioField(_l("Who goes instead"), validators=[InputRequired(_l("Choose a colleague."))])

    def __init__(self, *, people: Sequence[DayPerson]) -> None:
        super().__init__()
        self._people = {one.id: one for one in people}
        self.person.choices = [(str(one.id), one.name) for one in people]

    def participant_of(self, person_id: int) -> int:
        """The participation of a person."""
        return self._people[person_id].participant_id
