"""The form by which a firm answers how it stands."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from matchmaker.core.forms import BaseForm
from matchmaker.firms.fields import DayField
from matchmaker.matching.follow_ups.enums import Standing
from matchmaker.matching.follow_ups.models import FollowUp
from matchmaker.matching.follow_ups.rules import LONGEST_NOTE, LONGEST_STEP
from matchmaker.matching.follow_ups.services import Answer
from matchmaker.matching.follow_ups.words import STANDINGS

TOO_LONG = _l("Write at most %(max)d letters.")


class AnswerForm(BaseForm):
    """How it stands, what comes next and when."""

    seen = HiddenField()
    standing = RadioField(
        _l("How does it stand?"),
        choices=[(one.value, word) for one, (word, _kind) in STANDINGS.items()],
        validators=[InputRequired(_l("Choose how it stands."))],
    )
    next_step = StringField(
        _l("Next step"),
        validators=[Optional(), Length(max=LONGEST_STEP, message=TOO_LONG)],
        description=_l("Such as: we send samples."),
    )
    next_step_on = DayField(_l("When"), validators=[Optional()], description=_l("Day, month and year."))
    note = TextAreaField(
        _l("Note"),
        validators=[Optional(), Length(max=LONGEST_NOTE, message=TOO_LONG)],
        render_kw={"rows": 3},
    )

    @classmethod
    def of(cls, follow_up: FollowUp) -> "AnswerForm":
        """The form with what the firm answered before, unless something is sent."""
        form = cls(obj=follow_up)
        if not form.is_submitted():
            form.seen.data = str(follow_up.version)
            form.standing.data = follow_up.standing.value if follow_up.standing else None
        return form

    def answer(self) -> Answer:
        """What the service needs; a page whose hidden number is lost counts as an old one."""
        seen = self.seen.data or ""
        return Answer(
            standing=Standing(self.standing.data),
            next_step=self.next_step.data or "",
            next_step_on=self.next_step_on.data,
            note=self.note.data or "",
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
        )
