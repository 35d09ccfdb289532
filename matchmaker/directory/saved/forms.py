"""The form of a saved search."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.directory.saved.enums import Frequency
from matchmaker.directory.saved.rules import LONGEST_NAME

FREQUENCIES = {
    Frequency.NONE: _l("No mails"),
    Frequency.DAILY: _l("Every day, when there is something new"),
    Frequency.WEEKLY: _l("Every Monday, when there is something new"),
}


class SearchForm(BaseForm):
    """Under which name a search is kept, and how often it sends what is new."""

    name = StringField(
        lazy_pgettext("saved search", "Name"),
        validators=[
            DataRequired(_l("Give the search a name.")),
            Length(max=LONGEST_NAME, message=_l("Write at most %(max)d letters.")),
        ],
    )
    frequency = RadioField(
        _l("Mail me new firms"),
        choices=[(one.value, word) for one, word in FREQUENCIES.items()],
        default=Frequency.NONE.value,
        description=_l("A mail names only firms that have come into the directory since the last one."),
    )

    @property
    def wanted(self) -> Frequency:
        """The frequency chosen."""
        return Frequency(self.frequency.data)
