"""Input of the page on which a time is set."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.core.retention import DataClass
from matchmaker.rights.retention.rules import LONGEST_REASON


class TermForm(BaseForm):
    """A time for a class of data, from a day on; `seen` is the number of the last time that its reader knew."""

    days = IntegerField(_l("Days"), validators=[InputRequired(_l("Enter a whole number of days."))])
    valid_from = DateField(
        _l("Valid from"), validators=[InputRequired(_l("Enter the date, day first."))],
        description=_l("From this day on the nightly job goes by it."),
    )  # fmt: skip
    reason = TextAreaField(
        _l("Reason"),
        validators=[
            InputRequired(_l("Write why the time changes.")),
            Length(max=LONGEST_REASON, message=_l("Write at most %(max)d letters.")),
        ],
        render_kw={"rows": 3},
    )
    seen = HiddenField()

    def __init__(self, data_class: DataClass, **values: Any) -> None:
        super().__init__(**values)
        self.days.description = _("From %(least)s to %(most)s", least=data_class.least, most=data_class.most)
