"""Forms of a memorandum that is not signed yet."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import LANGUAGE_NAMES
from matchmaker.core.versions import VersionedForm
from matchmaker.mous.enums import Carried, MouKind, Renewal
from matchmaker.mous.forms import TOO_LONG, areas_field, day_field, months_field
from matchmaker.mous.models import Mou
from matchmaker.mous.wording import CARRIED_LABELS, KIND_LABELS, RENEWAL_LABELS

PLACES = ("first", "second", "third")


def _title(label: Any) -> StringField:
    return StringField(
        label, validators=[InputRequired(_l("Enter the title.")), Length(max=200, message=TOO_LONG)]
    )


def _prose(label: Any, rows: int = 3, hint: Any = "") -> TextAreaField:
    return TextAreaField(
        label,
        description=hint,
        validators=[Optional(), Length(max=4000, message=TOO_LONG)],
        render_kw={"rows": rows},
    )


def _line(label: Any, hint: Any = "") -> StringField:
    return StringField(label, description=hint, validators=[Optional(), Length(max=200, message=TOO_LONG)])


def _answer(value: object) -> bool | None:
    """Yes, no, or not said, as a column or the form says it."""
    return {"yes": True, "True": True, "no": False, "False": False}.get(str(value))


class DraftForm(VersionedForm):
    """The whole text of a memorandum in fields."""

    number = StringField(
        _l("Number"),
        validators=[
            InputRequired(_l("Enter the number of the memorandum.")),
            Length(max=40, message=TOO_LONG),
        ],
    )
    kind = SelectField(
        _l("Kind"), choices=[(item.value, label) for item, label in KIND_LABELS.items()], coerce=MouKind
    )
    title_tr = _title(_l("Title in Turkish"))
    title_ru = _title(_l("Title in Russian"))
    title_en = _title(_l("Title in English"))
    first = SelectField(_l("First party"), coerce=int, validators=[InputRequired(_l("Choose a party."))])
    first_duties = _prose(_l("Obligations of the first party"))
    second = SelectField(_l("Second party"), coerce=int)
    second_duties = _prose(_l("Obligations of the second party"))
    third = SelectField(_l("Third party"), coerce=int)
    third_duties = _prose(_l("Obligations of the third party"))
    areas = areas_field()
    other_areas = _line(_l("Other areas"))
    place = _line(_l("Place of signature"))
    languages = _line(_l("Languages of the text"))
    prevailing_language = SelectField(
        _l("Prevailing text"), choices=[("", _l("None, all are equal")), *LANGUAGE_NAMES.items()]
    )
    binding = SelectField(
        _l("The memorandum binds the parties by law"),
        choices=[("", _l("The text does not say")), ("yes", _l("Yes")), ("no", _l("No"))],
        coerce=_answer,
    )
    in_force_from = day_field(_l("In force from"), needed=False)
    term_months = months_field(_l("Term in months"), _l("Empty: no term is written in the text"))
    renewal = SelectField(
        _l("Renewal"), choices=[(item.value, label) for item, label in RENEWAL_LABELS.items()], coerce=Renewal
    )
    renewal_months = months_field(_l("Renewed by months"))
    notice_months = months_field(_l("Notice in months"))
    coordination = _prose(_l("Coordination"), hint=_l("Joint committee, who chairs it, how it decides"))
    meetings_per_year = IntegerField(
        _l("Meetings in a year"),
        validators=[Optional(), NumberRange(1, 52, message=_l("Enter a number from 1 to 52."))],
    )
    money_clause = _prose(_l("Money"))
    data_clause = _prose(_l("Confidentiality and data"))
    summary_tr = _prose(_l("Summary in Turkish"))
    summary_ru = _prose(_l("Summary in Russian"))
    summary_en = _prose(_l("Summary in English"))

    def __init__(self, *args: Any, institutions: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [(0, _l("None"))]
        self.first.choices = institutions
        self.second.choices = self.third.choices = [*none, *institutions]

    def values(self) -> dict[str, Any]:
        """What the service needs."""
        chosen = [(self[name].data, self[f"{name}_duties"].data or "") for name in PLACES if self[name].data]
        plain = {
            field.name: field.data
            if field.data is not None or field.type in ("IntegerField", "DateField") or field is self.binding
            else ""
            for field in self
            if field.name not in (*PLACES, "version") and not field.name.endswith("_duties")
        }
        return {**plain, "parties": [number for number, _duty in chosen], "obligations": dict(chosen)}


def stored(mou: Mou) -> dict[str, Any]:
    """What the form of an existing draft starts with."""
    found = {name: getattr(mou, name) for name in DraftForm.__dict__ if hasattr(mou, name)}
    found["version"] = mou.version
    found["areas"] = [item.area for item in mou.areas]
    for name, party in zip(PLACES, mou.parties, strict=False):
        found[name], found[f"{name}_duties"] = party.institution_id, party.obligations
    return found


class SignForm(BaseForm):
    """The signature of one party."""

    institution = SelectField(_l("Party"), [InputRequired(_l("Choose a party."))], coerce=int)
    signatory = StringField(
        _l("Signed by"),
        validators=[InputRequired(_l("Enter who signed.")), Length(max=200, message=TOO_LONG)],
    )
    capacity = _line(_l("Office of the signer"))
    signed_on = day_field(_l("Signed on"))

    def __init__(self, *args: Any, parties: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution.choices = parties


class CloneForm(BaseForm):
    """What a new draft takes over."""

    number = StringField(
        _l("Number of the new memorandum"),
        validators=[
            InputRequired(_l("Enter the number of the memorandum.")),
            Length(max=40, message=TOO_LONG),
        ],
    )
    carried = SelectMultipleField(
        _l("Take over"),
        choices=[(item.value, label) for item, label in CARRIED_LABELS.items()],
        coerce=Carried,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        default=list(Carried),
    )
