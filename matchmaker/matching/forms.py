"""Forms around a match."""

from typing import cast

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from matchmaker.core.errors import DomainError
from matchmaker.core.forms import BaseForm
from matchmaker.core.requests import LARGEST_KEY, key_of_record
from matchmaker.matching import rules
from matchmaker.matching.enums import ComplianceOutcome, DecisionKind, ReasonCode
from matchmaker.matching.words import REASONS
from matchmaker.mous.forms import cover_field

TOO_LONG = _l("Write at most %(max)d letters.")
IS_KEY = NumberRange(1, LARGEST_KEY, message=_l("Choose a firm."))
FIRM_REASONS = (
    ReasonCode.NOT_SUITABLE,
    ReasonCode.CAPACITY,
    ReasonCode.ALREADY_PARTNERS,
    ReasonCode.OTHER,
)


def _options(codes: tuple[ReasonCode, ...]) -> list[tuple[str, str]]:
    reasons = [(code.value, cast("str", REASONS[code])) for code in codes]
    return [("", _l("Choose a reason")), *reasons]


class AskForm(BaseForm):
    text = TextAreaField(
        _l("Your message to the firm"),
        description=_l(
            "Say what you offer or need. Leave out names, e-mail addresses and telephone numbers."
        ),
        validators=[
            InputRequired(_l("Write what you offer or need.")),
            Length(max=rules.LONGEST_TEXT, message=TOO_LONG),
        ],
        render_kw={"rows": 6},
    )


class EndForm(BaseForm):
    reason = SelectField(
        _l("Reason"), choices=_options(FIRM_REASONS), validators=[InputRequired(_l("Choose a reason."))]
    )
    note = TextAreaField(
        _l("A word to the other firm"),
        validators=[Optional(), Length(max=rules.LONGEST_NOTE, message=TOO_LONG)],
        render_kw={"rows": 3},
    )

    @property
    def code(self) -> ReasonCode:
        """The chosen reason."""
        return ReasonCode(self.reason.data)


class DecisionForm(BaseForm):
    decision = StringField(
        _l("Decision"),
        validators=[AnyOf([kind.value for kind in DecisionKind], message=_l("Choose what to do."))],
    )
    note = TextAreaField(
        _l("Note for the file"),
        description=_l("Firms do not see it; both institutions do."),
        validators=[Optional(), Length(max=rules.LONGEST_NOTE, message=TOO_LONG)],
        render_kw={"rows": 2},
    )
    reason = SelectField(
        _l("Reason, if you decline"), choices=_options(tuple(ReasonCode)), validators=[Optional()]
    )

    @property
    def kind(self) -> DecisionKind:
        """The pressed button."""
        return DecisionKind(self.decision.data or "")

    @property
    def code(self) -> ReasonCode | None:
        """The chosen reason, if any."""
        return ReasonCode(self.reason.data) if self.reason.data else None


class OneDecisionForm(DecisionForm):
    override_reason = cover_field()


class BulkForm(DecisionForm):
    selected = SelectMultipleField(
        _l("Matches"),
        coerce=key_of_record,
        validate_choice=False,
        validators=[InputRequired(_l("Select at least one match."))],
    )


class ReviewForm(BaseForm):
    outcome = RadioField(
        _l("Compliance decision"),
        choices=[
            (
                ComplianceOutcome.CLEAR.value,
                _l("Clear: the findings do not concern this firm or these goods"),
            ),
            (ComplianceOutcome.OVERRIDE.value, _l("Override: they do, and the introduction may go on")),
            (ComplianceOutcome.BLOCK.value, _l("Block: the introduction may not go on")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )
    reason = TextAreaField(
        _l("Reason for the file"),
        validators=[
            InputRequired(_l("Give the reason for your decision.")),
            Length(max=rules.LONGEST_NOTE, message=TOO_LONG),
        ],
        render_kw={"rows": 3},
    )

    @property
    def chosen(self) -> ComplianceOutcome:
        """The chosen outcome."""
        return ComplianceOutcome(self.outcome.data)


class ProposeForm(BaseForm):
    own = IntegerField(_l("Firm of your side"), validators=[InputRequired(_l("Choose a firm.")), IS_KEY])
    other = IntegerField(
        _l("Firm of the other side"), validators=[InputRequired(_l("Choose a firm.")), IS_KEY]
    )
    text = TextAreaField(
        _l("Why you propose it"),
        description=_l("Both firms read this."),
        validators=[Optional(), Length(max=rules.LONGEST_TEXT, message=TOO_LONG)],
        render_kw={"rows": 4},
    )
    override_reason = cover_field()


def unless_conflict(error: DomainError) -> DomainError:
    """What a form can show; a conflict or a missing right becomes a page of its own."""
    if error.status != DomainError.status:
        raise error
    return error
