"""Forms of those who sign up, and of the staff who decide."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, Email, InputRequired, Length, Optional

from matchmaker.core.actor import Actor
from matchmaker.core.forms import BaseForm
from matchmaker.core.requests import key_of_record
from matchmaker.programmes import answers, rules
from matchmaker.programmes.applicants import Candidate
from matchmaker.programmes.enums import QuestionStage
from matchmaker.programmes.forms import TickField
from matchmaker.programmes.models import Programme
from matchmaker.programmes.sign_up_services import Application, NewDelegate

ADDRESS = Email(_l("Enter an e-mail address such as name@example.com."))


class PersonForm(Form):
    """Somebody who is not among the firm's people yet."""

    name = StringField(lazy_pgettext("person", "Name"), validators=[Length(max=200)])
    position = StringField(_l("Position"), validators=[Length(max=200)])
    email = StringField(_l("E-mail"), validators=[Optional(), Length(max=254), ADDRESS])


class SignUpForm(BaseForm):
    """Whom a firm sends and what it answers; a person alone has no `people`."""

    people = TickField(_l("Who comes"))
    added = FieldList(FormField(PersonForm, _l("One more person")), label=_l("Somebody else"), min_entries=1)
    women_led = BooleanField(
        _l("The firm is led by women"),
        description=_l("Women own most of it or lead it. Counts where places are kept for such firms."),
    )
    note = TextAreaField(
        _l("A word to the organiser"),
        validators=[Optional(), Length(max=rules.LONGEST_NOTE, message=_l("Write at most %(max)d letters."))],
        render_kw={"rows": 2},
    )

    def application(
        self, actor: Actor, candidates: Sequence[Candidate] | None, given: dict[str, Any]
    ) -> Application:
        """What was sent: the chosen people, or the actor alone."""
        alone = NewDelegate(actor.name, actor.email, language=actor.language, person_id=actor.person_id)
        people = [alone] if candidates is None else self.delegates(candidates)
        women_led = bool("women_led" in self and self.women_led.data)
        return Application(people, given, women_led, self.note.data or "")

    def delegates(self, candidates: Sequence[Candidate]) -> list[NewDelegate]:
        """Those who were ticked, then those who were typed."""
        chosen = set(self.people.data or ())
        ticked = [of_candidate(one) for one in candidates if one.key in chosen]
        typed = [row.form for row in self.added]
        return [
            *ticked,
            *(
                NewDelegate(form.name.data or "", form.email.data or "", form.position.data or "")
                for form in typed
                if (form.name.data or "").strip()
            ),
        ]


def of_candidate(one: Candidate) -> NewDelegate:
    """One of the firm's people as somebody to be sent."""
    return NewDelegate(
        one.name,
        one.email,
        one.position,
        one.phone,
        one.romanised,
        one.language,
        one.person_id,
        one.contact_id,
    )


def sign_up_form(programme: Programme, candidates: Sequence[Candidate] | None) -> SignUpForm:
    """The form of a programme with its questions; candidates are None for a person without a firm."""
    asked = answers.fields_for(answers.questions_of(programme, QuestionStage.SIGN_UP))
    made: Any = type("SignUpFormWithQuestions", (SignUpForm,), asked)
    form: SignUpForm = made()
    if candidates is None:
        del form.people, form.added, form.women_led
    else:
        form.people.choices = [
            (one.key, ", ".join(filter(None, (one.name, one.position)))) for one in candidates
        ]
    return form


def second_form(programme: Programme) -> BaseForm:
    """The questions that are asked after acceptance."""
    asked = answers.fields_for(answers.questions_of(programme, QuestionStage.ACCEPTED))
    made: Any = type("SecondForm", (BaseForm,), asked)
    form: BaseForm = made()
    return form


class SwapForm(BaseForm):
    """Who comes instead of a delegate."""

    candidate = SelectField(_l("Who comes instead"), validators=[Optional()])
    name = StringField(_l("Or somebody else: name"), validators=[Length(max=200)])
    email = StringField(_l("E-mail"), validators=[Optional(), Length(max=254), ADDRESS])

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.key: one for one in candidates}
        self.candidate.choices = [("", _l("Choose")), *((one.key, one.name) for one in candidates)]

    def coming(self) -> NewDelegate | None:
        """The chosen or typed person, or None where neither was given."""
        if self.candidate.data:
            return of_candidate(self.people[self.candidate.data])
        name = (self.name.data or "").strip()
        return NewDelegate(name, self.email.data or "") if name else None


class RefuseForm(BaseForm):
    """Declining a sign-up."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("The applicant reads it."),
        validators=[
            InputRequired(_l("Give the reason; the applicant reads it.")),
            Length(max=rules.LONGEST_NOTE, message=_l("Write at most %(max)d letters.")),
        ],
        render_kw={"rows": 2},
    )


class BulkForm(BaseForm):
    """One decision on several sign-ups; the reason is for declining."""

    selected = SelectMultipleField(
        _l("Sign-ups"),
        coerce=key_of_record,
        validate_choice=False,
        validators=[InputRequired(_l("Select at least one sign-up."))],
    )
    decision = StringField(
        _l("Decision"), validators=[AnyOf(["accept", "list", "refuse"], message=_l("Choose what to do."))]
    )
    reason = StringField(
        _l("Reason, if you decline"),
        validators=[Length(max=rules.LONGEST_NOTE, message=_l("Write at most %(max)d letters."))],
    )
