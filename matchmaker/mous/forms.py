"""Forms around a signed memorandum; those of a draft stand in draft_forms.py."""

from typing import Any

from babel import Locale
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import LANGUAGE_NAMES, language
from matchmaker.core.versions import VersionedForm
from matchmaker.mous import rules
from matchmaker.mous.enums import DocumentKind, Renewal, ScopeArea, TransferBasisKind
from matchmaker.mous.wording import AREA_LABELS, BASIS_LABELS, DOCUMENT_LABELS, RENEWAL_LABELS

TOO_LONG = _l("Write at most %(max)d letters.")


def cover_field() -> TextAreaField:
    """The reason for publishing something that no memorandum covers; the gate asks for it where it is needed."""
    return TextAreaField(
        _l("Reason for going on without cover"),
        description=_l("It is logged with your name and shown on the memorandum."),
        validators=[
            Optional(),
            Length(max=rules.LONGEST_REASON, message=_l("Write at most %(max)d letters.")),
        ],
        render_kw={"rows": 2},
    )


def areas_field() -> SelectMultipleField:
    """The areas of cooperation, at least one."""
    return SelectMultipleField(
        _l("Areas of cooperation"),
        choices=[(area.value, label) for area, label in AREA_LABELS.items()],
        coerce=ScopeArea,
        validators=[InputRequired(_l("Choose at least one area."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def months_field(label: LazyString, hint: LazyString | str = "") -> IntegerField:
    """A number of months, up to fifty years."""
    return IntegerField(
        label,
        description=hint,
        validators=[Optional(), NumberRange(1, 600, message=_l("Enter a number of months from 1 to 600."))],
    )


def day_field(label: LazyString, *, needed: bool = True) -> DateField:
    """A day."""
    return DateField(
        label, validators=[InputRequired(_l("Enter the date, day first.")) if needed else Optional()]
    )


class AmendForm(VersionedForm):
    """A change that the parties agreed after the signature."""

    agreed_on = day_field(_l("Agreed on"))
    text = TextAreaField(
        _l("What was agreed"),
        validators=[InputRequired(_l("Write what was agreed.")), Length(max=4000, message=TOO_LONG)],
        render_kw={"rows": 4},
    )
    term_months = months_field(_l("Term in months"), _l("Counted from the day it came into force"))
    renewal = SelectField(
        _l("Renewal"), choices=[(item.value, label) for item, label in RENEWAL_LABELS.items()], coerce=Renewal
    )
    areas = areas_field()


class EndForm(BaseForm):
    """The end of a memorandum before or outside its term."""

    ended_on = day_field(_l("Ends on"))
    end_reason = TextAreaField(
        _l("Reason"),
        validators=[InputRequired(_l("Give the reason.")), Length(max=500, message=TOO_LONG)],
        render_kw={"rows": 3},
    )


class DocumentForm(BaseForm):
    """A paper of the memorandum."""

    file = FileField(
        _l("File"),
        description=_l("PDF, PNG, JPEG, DOCX or XLSX"),
        validators=[FileRequired(_l("Choose a file."))],
    )
    kind = SelectField(
        _l("Kind"),
        choices=[(item.value, label) for item, label in DOCUMENT_LABELS.items()],
        coerce=DocumentKind,
        description=_l(
            "A newer file of the same kind and language becomes the next version; the older one is kept."
        ),
    )
    language = SelectField(_l("Language"), choices=list(LANGUAGE_NAMES.items()))
    signer = StringField(
        _l("Signed by"),
        description=_l("Needed for signed and counter-signed copies"),
        validators=[Optional(), Length(max=200, message=TOO_LONG)],
    )
    capacity = StringField(
        _l("Office of the signer"), validators=[Optional(), Length(max=200, message=TOO_LONG)]
    )
    signed_on = day_field(_l("Signed on"), needed=False)


class ContactForm(BaseForm):
    """Who answers for the memorandum."""

    person = SelectField(_l("Person"), coerce=int, validators=[InputRequired(_l("Choose a person."))])
    from_on = day_field(_l("From"), needed=False)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person.choices = people


class TransferBasisForm(BaseForm):
    """The ground on which contact data of a country's persons may be shown to the other side."""

    from_country = SelectField(_l("Persons of"))
    kind = SelectField(
        _l("Legal ground"),
        choices=[(kind.value, label) for kind, label in BASIS_LABELS.items()],
        description=_l("Your lawyers decide which ground applies. This page only records it."),
    )
    reference = StringField(
        _l("Document"),
        validators=[InputRequired(_l("Enter the number or title of the document.")), Length(max=500)],
        description=_l("Number, date or title by which the document can be found"),
    )
    valid_from = DateField(_l("Valid from"), validators=[InputRequired(_l("Enter the date, day first."))])
    notified_on = DateField(_l("Authority notified on"), validators=[Optional()])

    def __init__(self, *args: Any, countries: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Locale.parse(language()).territories
        self.from_country.choices = [(code, names.get(code, code)) for code in countries]

    def values(self) -> dict[str, Any]:
        """What the service needs."""
        return {
            "from_country": self.from_country.data,
            "kind": TransferBasisKind(self.kind.data),
            "reference": self.reference.data or "",
            "valid_from": self.valid_from.data,
            "notified_on": self.notified_on.data,
        }
