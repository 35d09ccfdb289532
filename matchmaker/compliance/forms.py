"""Input of the pages of compliance."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.compliance.enums import HitState
from matchmaker.compliance.rules import LONGEST_REASON
from matchmaker.core.forms import BaseForm


class DecisionForm(BaseForm):
    """What an officer decides about one hit; `seen` is the state on the page that was read."""

    outcome = RadioField(
        _l("Is it the same party?"),
        choices=[
            (HitState.CLEARED.value, _l("No, another party: clear")),
            (HitState.CONFIRMED.value, _l("Yes, the listed party: confirm")),
        ],
        validators=[InputRequired(_l("Choose a decision."))],
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("How you know: number, date of birth, address, owners."),
        validators=[
            InputRequired(_l("Give the reason for your decision.")),
            Length(max=LONGEST_REASON, message=_l("Write at most %(max)d letters.")),
        ],
    )
    seen = HiddenField(default=HitState.OPEN.value)

    def seen_state(self) -> HitState:
        """The state that was on the page; open when it is not one."""
        known = {state.value: state for state in HitState}
        return known.get(self.seen.data or "", HitState.OPEN)
