"""The form of a reminder."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Optional, Regexp, StopValidation

from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.forms import TickField, whole
from matchmaker.programmes.group_forms import PartForm
from matchmaker.programmes.mailings.enums import FormState, ReminderAnchor
from matchmaker.programmes.mailings.forms import WordsForm
from matchmaker.programmes.mailings.models import ProgrammeReminder
from matchmaker.programmes.mailings.reminder_rules import Timing
from matchmaker.programmes.mailings.reminder_services import LONGEST_DAYS
from matchmaker.programmes.models import Programme
from matchmaker.programmes.words import SIGN_UP_STATES

ANCHORS = {
    ReminderAnchor.BEFORE_START: _l("Days before the start"),
    ReminderAnchor.BEFORE_END: _l("Days before the end"),
    ReminderAnchor.AFTER_END: _l("Days after the end"),
    ReminderAnchor.DAY: _l("On a fixed day"),
}


FORMS = {FormState.OPEN.value: _l("Not filled in yet"), FormState.FILLED.value: _l("Filled in")}


class DayWhereFixed(Optional):
    """A fixed day has to be named; otherwise none is needed."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse an empty day where one is counted on."""
        if form.anchor.data == ReminderAnchor.DAY.value and not (field.raw_data and field.raw_data[0]):
            raise StopValidation(_("Enter the day."))
        super().__call__(form, field)


class ReminderForm(PartForm, WordsForm):
    """When, to whom and what."""

    anchor = SelectField(_l("When"), choices=[(one.value, word) for one, word in ANCHORS.items()])
    days = whole(_l("How many days"), 0, LONGEST_DAYS, default=3)
    day = DateField(_l("Fixed day"), validators=[DayWhereFixed()])
    clock_time = StringField(
        _l("Time at the venue"),
        default="09:00",
        validators=[Regexp(r"^([01]\d|2[0-3]):[0-5]\d$", message=_l("Enter a time such as 09:00."))],
        render_kw={"type": "time"},
    )
    states = TickField(
        _l("State"),
        choices=[
            (state.value, word)
            for state, (word, _kind) in SIGN_UP_STATES.items()
            if state is not SignUpState.DRAFT
        ],
        default=[SignUpState.CONFIRMED.value],
        validators=[InputRequired(_l("Choose at least one state."))],
    )

    form = SelectField(
        _l("Form after acceptance"), choices=[("", _l("Filled in or not")), *FORMS.items()], default=""
    )

    def __init__(
        self, *args: Any, programme: Programme, reminder: ProgrammeReminder | None, **kwargs: Any
    ) -> None:
        kept = reminder.filters if reminder else {}
        super().__init__(*args, obj=reminder, data=None if reminder is None else dict(kept), **kwargs)
        self.name_parts(programme)

    def filters(self) -> dict[str, str]:
        """What limits those in the states, as typed."""
        return {name: self[name].data or "" for name in ("quota", "country", "form")}

    def timing(self) -> Timing:
        """When it is sent, as typed."""
        anchor = ReminderAnchor(self.anchor.data)
        day = self.day.data if anchor is ReminderAnchor.DAY else None
        return Timing(anchor, self.days.data or 0, day, self.clock_time.data or "")
