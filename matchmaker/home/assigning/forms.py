"""The form over the inbox: what becomes of the tasks chosen."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from matchmaker.accounts.models import Person
from matchmaker.core.forms import BaseForm
from matchmaker.home.assigning.rules import LONGEST_REASON

TAKE, GIVE, GIVE_BACK = "take", "give", "give_back"


class AssignForm(BaseForm):
    """Which tasks, to whom and why; a button in the row of a task names that task beside its deed."""

    selected = SelectMultipleField(_l("Tasks"), validate_choice=False)
    pressed = StringField(_l("Deed"))
    person = SelectField(_l("Give to"), validate_choice=False)
    reason = StringField(
        _l("Reason"),
        validators=[Length(max=LONGEST_REASON, message=_l("Write at most %(max)d letters."))],
        description=_l("Your colleagues read it."),
    )

    def offer(self, people: Iterable[Person]) -> None:
        """Let the reader choose one of these people."""
        self.people = {str(one.id): one.name for one in people}
        self.person.choices = [("", _("Choose a colleague")), *self.people.items()]

    @property
    def deed(self) -> str:
        """The pressed button."""
        return (self.pressed.data or "").partition(":")[0]

    @property
    def codes(self) -> list[str]:
        """The tasks chosen, or the one in whose row the button was pressed."""
        alone = (self.pressed.data or "").partition(":")[2]
        return [alone] if alone else list(self.selected.data or [])

    def validate_pressed(self, field: Field) -> None:
        """One of the three deeds."""
        if self.deed not in (TAKE, GIVE, GIVE_BACK):
            raise ValidationError(_("Choose what to do."))

    def validate_selected(self, field: Field) -> None:
        """At least one task."""
        if not self.codes:
            raise ValidationError(_("Choose at least one task."))

    def validate_person(self, field: Field) -> None:
        """One of the colleagues offered, where tasks are given."""
        if self.deed == GIVE and field.data not in self.people:
            raise ValidationError(_("Choose a colleague."))

    def validate_reason(self, field: Field) -> None:
        """A reason, where tasks are given."""
        if self.deed == GIVE and not (field.data or "").strip():
            raise ValidationError(_("Give the reason."))


class HandOverForm(BaseForm):
    """Why tasks are handed over; to whom stands beside each of them."""

    reason = StringField(
        _l("Reason"),
        validators=[
            InputRequired(_l("Give the reason.")),
            Length(max=LONGEST_REASON, message=_l("Write at most %(max)d letters.")),
        ],
        description=_l("Your colleagues read it."),
    )
