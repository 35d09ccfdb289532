"""The form of a support scheme."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from matchmaker.core.i18n import language
from matchmaker.core.versions import VersionedForm
from matchmaker.firms.fields import Between, DayField, QuantityField
from matchmaker.institutions.models import Institution
from matchmaker.library import words
from matchmaker.library.enums import Instrument, TargetGroup
from matchmaker.library.models import Scheme
from matchmaker.library.note_forms import LINE, NAME, currency_choices
from matchmaker.library.scheme_services import SchemeFacts

LONGEST_CONDITIONS = 2_000
LARGEST_SUM = 10**12
NAMED = [DataRequired(_l("Enter the name in this language.")), NAME]
CONDITIONS = [
    DataRequired(_l("Enter the conditions in this language.")),
    Length(max=LONGEST_CONDITIONS, message=_l("Write at most %(max)d letters.")),
]


class LibrarySchemeForm(VersionedForm):
    """One scheme in the terms of the comparison."""

    institution_id = SelectField(_l("Institution"), coerce=int)
    name_tr = StringField(_l("Name in Turkish"), NAMED)
    name_ru = StringField(_l("Name in Russian"), NAMED)
    name_en = StringField(_l("Name in English"), NAMED)
    target_group = SelectField(
        _l("For whom"), choices=[(group.value, label) for group, label in words.TARGET_GROUPS.items()]
    )
    instrument = SelectField(
        _l("Instrument"), choices=[(kind.value, label) for kind, label in words.INSTRUMENTS.items()]
    )
    rate = QuantityField(
        _l("Rate in per cent"), [Between(1, 100)], description=_l("The share of the costs that is borne.")
    )
    cap = QuantityField(
        _l("Cap"), [Between(1, LARGEST_SUM)], description=_l("The most that one firm receives.")
    )
    currency = SelectField(_l("Currency of the cap"))
    conditions_tr = TextAreaField(_l("Conditions in Turkish"), CONDITIONS, render_kw={"rows": 3})
    conditions_ru = TextAreaField(_l("Conditions in Russian"), CONDITIONS, render_kw={"rows": 3})
    conditions_en = TextAreaField(_l("Conditions in English"), CONDITIONS, render_kw={"rows": 3})
    starts_on = DayField(_l("Open from"), [InputRequired(_l("Enter the date, day first."))])
    ends_on = DayField(_l("Open until"), description=_l("Leave empty where no end is set."))
    source_note = StringField(
        _l("Source"),
        [DataRequired(_l("Say where this was read.")), LINE],
        description=_l("Document or page with its date, so that a colleague can check it."),
    )

    def __init__(self, *args: Any, institutions: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution_id.choices = [(one.id, one.name(language())) for one in institutions]
        self.currency.choices = currency_choices()

    def show(self, scheme: Scheme) -> None:
        """Fill in what is kept."""
        for field in self:
            if hasattr(scheme, field.short_name):
                field.data = getattr(scheme, field.short_name)
        self.target_group.data, self.instrument.data = scheme.target_group.value, scheme.instrument.value

    def facts(self) -> SchemeFacts:
        """What the service needs."""
        texts = {
            f"{part}_{code}": self[f"{part}_{code}"].data.strip()
            for part in ("name", "conditions")
            for code in ("tr", "ru", "en")
        }
        return SchemeFacts(
            **texts,
            target_group=TargetGroup(self.target_group.data),
            instrument=Instrument(self.instrument.data),
            rate=self.rate.data,
            cap=self.cap.data,
            currency=self.currency.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            source_note=(self.source_note.data or "").strip(),
        )
