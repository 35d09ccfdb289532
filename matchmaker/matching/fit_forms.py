"""Input around the fit: which two firms, and what one wishes of the other."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.matching.enums import WishKind
from matchmaker.matching.wishes import LONGEST_REASON

NO_WISH = "none"
WISHES = {
    WishKind.MUST_MEET: _l("Must meet"),
    WishKind.WOULD_MEET: _l("Would meet"),
    WishKind.NO_THANKS: _l("No thanks"),
}


class PairForm(BaseForm):
    """Two firms by name or number; sent by GET, so that every pair has an address."""

    first = StringField(_l("First firm"), description=_l("Name, number of the firm here, or tax number."))
    second = StringField(_l("Second firm"), description=_l("Name, number of the firm here, or tax number."))


class WishForm(BaseForm):
    """What a firm wishes of another; none takes an earlier wish back."""

    kind = SelectField(
        _l("Do you want to meet this firm?"),
        choices=[*((kind.value, label) for kind, label in WISHES.items()), (NO_WISH, _l("No opinion"))],
        validators=[InputRequired(_l("Choose an answer."))],
    )
    reason = StringField(
        _l("Reason"), validators=[Length(max=LONGEST_REASON, message=_l("Write at most %(max)d letters."))]
    )
