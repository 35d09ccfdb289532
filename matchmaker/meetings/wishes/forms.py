"""Forms of wishes and of choosing."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.matching.enums import WishKind
from matchmaker.meetings.wishes import rules, words

NOTHING = "nothing"


class WishForm(BaseForm):
    """What a firm wishes of another; the buttons of a row."""

    kind = RadioField(
        _l("Wish"),
        choices=[
            *((kind.value, word) for kind, (word, _badge) in words.KINDS.items()),
            (NOTHING, _l("No wish")),
        ],
        validators=[InputRequired(_l("Choose one of the buttons."))],
    )

    topic = StringField(
        lazy_pgettext("meeting", "What it is about"),
        [Length(max=rules.TOPIC_LETTERS, message=_l("Write at most %(max)d letters."))],
    )

    def wish(self) -> WishKind | None:
        """The wish, None to take it back."""
        return None if self.kind.data == NOTHING else WishKind(self.kind.data)

    def said_topic(self) -> str | None:
        """What it is about; None where the buttons alone were sent."""
        return (self.topic.data or "").strip() if self.topic.raw_data else None


class ChooseForm(BaseForm):
    """How many meetings every firm is guaranteed."""

    least = RadioField(
        _l("Meetings guaranteed to each firm"),
        coerce=int,
        validators=[InputRequired(_l("Choose how many meetings each firm is guaranteed."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least.choices = [(number, str(number)) for number in range(rules.MOST_LEAST + 1)]
