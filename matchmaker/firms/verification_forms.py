"""Forms of the checks of staff."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import Field, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.forms import BaseForm
from matchmaker.firms import rules
from matchmaker.firms.enums import StateVerb, VerificationMethod
from matchmaker.firms.models import Firm
from matchmaker.firms.verification_services import OUTCOMES, Grounds
from matchmaker.firms.verification_words import CHOICES, METHODS

LONGEST = 2000


def read_verb(value: Any) -> StateVerb | None:
    """The decision of a posted word, none for a word that is none."""
    return StateVerb(value) if value in set(OUTCOMES) else None


def read_method(value: Any) -> VerificationMethod | None:
    """The method of a posted word, none where nothing was chosen."""
    return VerificationMethod(value) if value in set(VerificationMethod) else None


class VersionedForm(BaseForm):
    """A form about a firm as it was shown: it carries the firm's version."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def refuse_in(self, firm: Firm, error: DomainError) -> None:
        """Show why it was refused; the next attempt is made knowing the present state."""
        self.refuse(error)
        self.version.raw_data = None
        self.version.data = firm.version


class DecisionForm(VersionedForm):
    """What staff decide about a firm; which decisions there are depends on its state."""

    verb = RadioField(
        _l("Decision"), [InputRequired(_l("Choose a decision."))], coerce=read_verb, validate_choice=False
    )
    method = SelectField(_l("How you checked"), [Optional()], coerce=read_method, validate_choice=False)
    evidence = FileField(
        _l("Evidence"), description=_l("A PDF, PNG, JPEG, DOCX or XLSX file. Only staff can open it.")
    )
    reason = TextAreaField(
        _l("Reason"),
        [Optional(), Length(max=LONGEST, message=_l("Use at most %(most)s characters.", most=LONGEST))],
        description=_l("The firm reads it. Needed for every decision but to verify."),
        render_kw={"rows": 4},
    )

    def __init__(self, actor: Actor, firm: Firm, **options: Any) -> None:
        super().__init__(data={"version": firm.version}, **options)
        possible = [verb for verb in CHOICES if rules.may_step(actor, firm, verb)]
        self.verb.choices = [(verb.value, CHOICES[verb].label) for verb in possible]
        self.method.choices = [("", _("Choose")), *((item.value, name) for item, name in METHODS.items())]

    def validate_verb(self, field: Field) -> None:
        """Refuse a word that is no decision; whether it is possible now is decided by the state table."""
        if field.data is None:
            raise ValidationError(_("Choose a decision."))

    def grounds(self) -> Grounds:
        """What the decision stands on."""
        chosen = self.evidence.data if self.evidence.data and self.evidence.data.filename else None
        return Grounds(self.method.data, self.reason.data or "", chosen)


class RegionForm(VersionedForm):
    """What a compliance officer decides about a region outside ISO 3166-2."""

    cleared = RadioField(
        _l("Region"),
        [InputRequired(_l("Choose a decision."))],
        choices=[
            ("yes", _l("Clear: staff may verify the firm")),
            ("no", _l("Refuse: the firm cannot be verified")),
        ],
    )
    reason = TextAreaField(
        _l("Reason"),
        [InputRequired(_l("Give a reason; staff read it.")), Length(max=LONGEST)],
        render_kw={"rows": 3},
    )

    def __init__(self, firm: Firm, **options: Any) -> None:
        super().__init__(data={"version": firm.version}, prefix="region-", **options)
