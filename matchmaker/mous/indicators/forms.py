"""The forms of an indicator."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.core.i18n import show_date
from matchmaker.core.versions import VersionedForm
from matchmaker.firms.fields import QuantityField
from matchmaker.mous import figures as offered
from matchmaker.mous.forms import TOO_LONG, day_field
from matchmaker.mous.indicators.models import Indicator
from matchmaker.mous.indicators.rules import quarter_ends

PREFIX = "until-"
MOST = 10**12 - 1
AMOUNT = NumberRange(min=0, max=MOST, message=_l("Enter a number from zero up, at most 12 digits long."))
PLAIN = ("name_tr", "name_ru", "name_en", "unit", "starts_on", "ends_on", "target", "comment")


def _line(label: Any, hint: Any = "") -> StringField:
    return StringField(label, description=hint, validators=[Optional(), Length(max=200, message=TOO_LONG)])


class IndicatorForm(VersionedForm):
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
    target = QuantityField(
        _l("Target"),
        validators=[
            InputRequired(_l("Enter the target.")),
            NumberRange(min=1, max=MOST, message=_l("Enter a number from one up, at most 12 digits long.")),
        ],
    )
    comment = TextAreaField(
        _l("Comment"), validators=[Optional(), Length(max=4000, message=TOO_LONG)], render_kw={"rows": 3}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.figures.choices = offered.choices()

    def values(self) -> dict[str, Any]:
        """What the service needs."""
        found = {name: self[name].data if self[name].data is not None else "" for name in PLAIN}
        return found | {"figures": self.figures.data or []}


def stored(indicator: Indicator) -> dict[str, Any]:
    """What the form of an existing indicator starts with."""
    found = {name: getattr(indicator, name) for name in (*PLAIN, "version")}
    return found | {"figures": [part.figure for part in indicator.parts]}


class StepsForm(VersionedForm):
    """How much each quarter shall bring: a field for every quarter of the indicator's period, set up by `of`."""

    @classmethod
    def of(cls, indicator: Indicator) -> "StepsForm":
        """The form of an indicator; a quarter is called by its first and last day."""
        stored = {step.ends_on: step.target for step in indicator.steps}
        since, fields = indicator.starts_on, dict[str, Any]()
        for day in quarter_ends(indicator.starts_on, indicator.ends_on):
            label = f"{show_date(since, 'medium')} – {show_date(day, 'medium')}"
            fields[_field(day)] = QuantityField(label, [Optional(), AMOUNT], default=stored.get(day))
            since = day + timedelta(days=1)
        made: StepsForm = type("StepsForm", (cls,), fields)(data={"version": indicator.version})
        return made

    def targets(self) -> dict[date, Decimal | None]:
        """What was entered, by the last day of each quarter."""
        names = [name for name in self._fields if name.startswith(PREFIX)]
        return {date.fromisoformat(name.removeprefix(PREFIX)): self[name].data for name in names}


def _field(day: date) -> str:
    return f"{PREFIX}{day.isoformat()}"
