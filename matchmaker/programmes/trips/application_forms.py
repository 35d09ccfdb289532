"""Forms of applications: what the firm says, what an assessor gives, what staff decide at the deadline."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from matchmaker.core.forms import BaseForm
from matchmaker.core.requests import key_of_record
from matchmaker.firms.fields import DayField
from matchmaker.programmes.applicants import Candidate
from matchmaker.programmes.forms import TickField
from matchmaker.programmes.models import Programme
from matchmaker.programmes.sign_up_forms import ADDRESS, of_candidate
from matchmaker.programmes.sign_up_services import NewDelegate
from matchmaker.programmes.trips import rules, scoring, words
from matchmaker.programmes.trips.application_services import TEXTS, Traveller, TripTexts
from matchmaker.programmes.trips.enums import Criterion, DelegateRelation, ViabilityChoice
from matchmaker.programmes.trips.models import TripApplication, TripAssessment
from matchmaker.programmes.trips.scoring_words import CRITERIA
from matchmaker.programmes.trips.viability_services import Choice

TOO_LONG = _l("Write at most %(max)d letters.")
RELATIONS = [(one.value, label) for one, label in words.RELATIONS.items()]


def _prose(label: Any, hint: Any = "", rows: int = 4) -> TextAreaField:
    longest = Length(max=rules.LONGEST_TEXT, message=TOO_LONG)
    return TextAreaField(label, [longest], description=hint, render_kw={"rows": rows})


class TextsForm(BaseForm):
    """The texts of an application."""

    objectives = _prose(
        _l("What do you want to reach?"),
        _l("Say it so that it can be measured, such as three distributors or one order for samples."),
    )
    wanted = _prose(_l("Whom do you want to meet?"), _l("Firms by name, or kinds of firms."), 3)
    experience = _prose(
        _l("Your experience in this market"), _l("Sales, partners, certificates; “none” is an answer."), 3
    )
    past_trips = _prose(_l("Earlier trips with an institution"), "", 2)
    past_support = _prose(_l("Support received before"), _l("Year, institution and amount."), 2)
    disclosures = _prose(
        _l("What we should know"), _l("Ties to the organisers, disputes, insolvency, export licences."), 2
    )

    @classmethod
    def kept(cls, application: TripApplication | None) -> "TextsForm":
        """The form with what is kept."""
        return cls(data={name: getattr(application, name) for name in TEXTS} if application else None)

    def texts(self) -> TripTexts:
        """What the service needs."""
        return TripTexts(**{name: self[name].data or "" for name in TEXTS})


class OtherPersonForm(Form):
    """Somebody who is not among the firm's people yet."""

    name = StringField(lazy_pgettext("person", "Name"), [Length(max=200)])
    email = StringField(_l("E-mail"), [Optional(), Length(max=254), ADDRESS])
    relation = SelectField(_l("What they are to the firm"), choices=RELATIONS)


class ApplyForm(TextsForm):
    """An application: one select for each of the firm's people, the texts, the undertaking."""

    added = FieldList(
        FormField(OtherPersonForm, _l("One more person")), label=_l("Somebody else"), min_entries=1
    )
    travellers = StringField(_l("Who travels"))
    women_led = BooleanField(
        _l("The firm is led by women"),
        description=_l("Women own most of it or lead it. Counts where places are kept for such firms."),
    )
    committed = BooleanField(
        _l("We take part in all items of the trip and report afterwards"),
        description=_l("Without it nobody travels, and no co-financing is paid."),
    )

    def people(self) -> list[Field]:
        """The selects of the firm's own people."""
        return [field for field in self if field.name.startswith("as_")]

    def chosen(self, candidates: Sequence[Candidate]) -> list[Traveller]:
        """Those who travel: chosen ones first, then those who were typed."""
        own = [
            Traveller(of_candidate(one), DelegateRelation(self[f"as_{one.key}"].data))
            for one in candidates
            if self[f"as_{one.key}"].data
        ]
        typed = [row.form for row in self.added if (row.form.name.data or "").strip()]
        return own + [
            Traveller(
                NewDelegate(form.name.data or "", form.email.data or ""), DelegateRelation(form.relation.data)
            )
            for form in typed
        ]


def apply_form(candidates: Sequence[Candidate]) -> ApplyForm:
    """The form for a firm with these people."""
    choices = [("", _l("Does not travel")), *RELATIONS]
    asked = {
        f"as_{one.key}": SelectField(", ".join(filter(None, (one.name, one.position))), choices=choices)
        for one in candidates
    }
    made: Any = type("ApplyFormWithPeople", (ApplyForm,), asked)
    form: ApplyForm = made()
    return form


POINTS = [
    ("", _l("No points yet")),
    *((str(number), str(number)) for number in range(scoring.MOST_POINTS + 1)),
]


def assess_form(weights: Sequence[Criterion], kept: TripAssessment | None) -> BaseForm:
    """One select of points and one text of reasons for each criterion."""
    fields: dict[str, Any] = {}
    for criterion in weights:
        fields[f"points_{criterion.value}"] = SelectField(CRITERIA[criterion], choices=POINTS)
        fields[f"reason_{criterion.value}"] = TextAreaField(
            _l("Why"), [Length(max=rules.LONGEST_REASON, message=TOO_LONG)], render_kw={"rows": 2}
        )
    data = {}
    if kept is not None:
        data = {f"points_{name}": str(points) for name, points in kept.points.items()}
        data |= {f"reason_{name}": reason for name, reason in kept.reasons.items()}
    made: Any = type("AssessForm", (BaseForm,), fields)
    form: BaseForm = made(data=data)
    return form


def given_points(form: BaseForm, weights: Sequence[Criterion]) -> dict[Criterion, int | None]:
    """The points that were chosen."""
    found = {one: form[f"points_{one.value}"].data for one in weights}
    return {one: int(value) if value else None for one, value in found.items()}


def given_reasons(form: BaseForm, weights: Sequence[Criterion]) -> dict[Criterion, str]:
    """The reasons that were written."""
    return {one: form[f"reason_{one.value}"].data or "" for one in weights}


class AcceptForm(BaseForm):
    """Several applications at once."""

    selected = TickField(
        _l("Applications"),
        [InputRequired(_l("Select at least one application."))],
        coerce=key_of_record,
        validate_choice=False,
    )


class ViabilityForm(BaseForm):
    """What becomes of a trip with too few firms."""

    choice = RadioField(
        _l("Decision"),
        [InputRequired(_l("Choose one."))],
        choices=[(one.value, label) for one, label in words.VIABILITY_CHOICES.items()],
    )
    new_deadline = DayField(_l("New deadline"), description=_l("For an extension only."))
    merge_into_id = SelectField(_l("Trip that takes the firms over"), description=_l("For a merger only."))
    reason = TextAreaField(
        _l("Reason"),
        [
            DataRequired(_l("Give the reason for your decision.")),
            Length(max=rules.LONGEST_REASON, message=TOO_LONG),
        ],
        description=_l("Kept in the file; where the trip is cancelled, the applicants read it."),
        render_kw={"rows": 3},
    )

    def __init__(self, *args: Any, targets: Sequence[Programme], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merge_into_id.choices = [
            ("", _l("Choose a trip")),
            *((str(one.id), one.title(language)) for one in targets),
        ]

    def decided(self) -> Choice:
        """What the service needs."""
        target = self.merge_into_id.data
        return Choice(
            ViabilityChoice(self.choice.data),
            self.reason.data or "",
            self.new_deadline.data,
            int(target) if target else None,
        )
