"""The form of an indicator."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.core.forms import BaseForm
from matchmaker.mous.figures import FIGURES
from matchmaker.mous.forms import TOO_LONG, day_field
from matchmaker.mous.indicators.models import Indicator

PLAIN = ("name_tr", "name_ru", "name_en", "unit", "starts_on", "ends_on", "target", "comment")


def _line(label: Any, hint: Any = "") -> StringField:
    return StringField(label, description=hint, validators=[Optional(), Length(max=200, message=TOO_LONG)])


class IndicatorForm(BaseForm):
    """What is followed, until when, and how much is wanted."""

    name_tr = _line(_l("Name in Turkish"))
    name_ru = _line(_l("Name in Russian"))
    name_en = _line(_l("Name in English"))
    figures = SelectMultipleField(
        _l("Counted from"),
        description=_l("Several are added up."),
        validators=[InputRequired(_l("Choose at least one figure."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    unit = _line(_l("Unit"), _l("Such as firms or meetings"))
    starts_on = day_field(_l("From"))
    ends_on = day_field(_l("Until"))
    target = DecimalField(
        _l("Target"),
        places=None,
        validators=[
            InputRequired(_l("Enter the target.")),
            NumberRange(min=1, max=10**12, message=_l("Enter a number above zero.")),
        ],
    )
    comment = TextAreaField(
        _l("Comment"), validators=[Optional(), Length(max=4000, message=TOO_LONG)], render_kw={"rows": 3}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.figures.choices = [(key, figure.label) for key, figure in FIGURES.items()]

    def values(self) -> dict[str, Any]:
        """What the service needs."""
        found = {name: self[name].data if self[name].data is not None else "" for name in PLAIN}
        return found | {"figures": self.figures.data or []}


def stored(indicator: Indicator) -> dict[str, Any]:
    """What the form of an existing indicator starts with."""
    found = {name: getattr(indicator, name) for name in PLAIN}
    return found | {"figures": [part.figure for part in indicator.parts]}
