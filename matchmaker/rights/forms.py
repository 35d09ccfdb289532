"""Input of the pages of rights: asking for erasure, and deciding about it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from matchmaker.accounts.forms import PasswordForm
from matchmaker.core.forms import BaseForm
from matchmaker.core.personal_data import Fate, parts
from matchmaker.programmes.forms import TickField
from matchmaker.rights.enums import ErasureGround, ErasureState
from matchmaker.rights.erasure import ALWAYS
from matchmaker.rights.erasure_services import Decision
from matchmaker.rights.rules import LONGEST_NOTE
from matchmaker.rights.words import GROUNDS


class ErasureForm(PasswordForm):
    """The wish to be erased, with the password again."""

    note = TextAreaField(
        _l("What we should know"),
        [Optional(), Length(max=LONGEST_NOTE, message=_l("Write at most %(max)d letters."))],
        description=_l("You need not give a reason."),
    )


class DecisionForm(BaseForm):
    """What staff decide about a request."""

    outcome = RadioField(
        _l("Decision"),
        choices=[
            (ErasureState.CARRIED_OUT.value, _l("Carry out: erase everything that the law lets go")),
            (ErasureState.PARTLY.value, _l("Carry out in part: leave what is named below")),
            (ErasureState.REFUSED.value, _l("Refuse")),
        ],
        validators=[InputRequired(_l("Choose a decision."))],
    )
    kept_parts = TickField(_l("What is left as it is"), description=_l("Only when you erase in part."))
    ground = SelectField(
        _l("Legal ground"),
        [Optional()],
        description=_l("When you refuse or erase in part."),
    )
    reason = TextAreaField(
        _l("Reason, as the person reads it"),
        [Optional(), Length(max=LONGEST_NOTE, message=_l("Write at most %(max)d letters."))],
        description=_l("When you refuse or erase in part. In the person's language."),
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.ground.choices = [("", _l("No ground")), *((one.value, GROUNDS[one]) for one in ErasureGround)]
        self.kept_parts.choices = [
            (part.name, part.title)
            for part in parts()
            if part.name not in ALWAYS and any(held.fate is not Fate.KEPT for held in part.held)
        ]

    def decision(self) -> Decision:
        """What was chosen."""
        outcome = ErasureState(self.outcome.data)
        carried_out = outcome is ErasureState.CARRIED_OUT
        return Decision(
            outcome,
            "" if carried_out else (self.reason.data or ""),
            ErasureGround(self.ground.data) if self.ground.data and not carried_out else None,
            tuple(self.kept_parts.data or ()),
        )
