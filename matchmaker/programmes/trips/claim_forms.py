"""Forms of claims for co-financing."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.firms.fields import Between, QuantityField
from matchmaker.programmes.trips import rules, words
from matchmaker.programmes.trips.enums import ClaimState, CostKind, PaperKind
from matchmaker.programmes.trips.models import SupportScheme
from matchmaker.programmes.trips.table_forms import LARGEST_SUM


class CostForm(BaseForm):
    """One cost, in the currency of the scheme."""

    kind = SelectField(_l("Kind of cost"))
    amount = QuantityField(_l("Amount"), [InputRequired(_l("Enter the amount.")), Between(1, LARGEST_SUM)])
    note = StringField(_l("Note"), [Length(max=500, message=_l("Write at most %(max)d letters."))])

    def __init__(self, *args: Any, scheme: SupportScheme | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = scheme.cost_kinds if scheme else []
        self.kind.choices = [(kind, words.COST_KINDS[CostKind(kind)]) for kind in kinds]


class PaperForm(BaseForm):
    """One paper that proves the claim."""

    paper = SelectField(
        _l("Kind of paper"), choices=[(one.value, label) for one, label in words.PAPER_KINDS.items()]
    )
    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose the file."))],
        render_kw={"accept": ".pdf,.png,.jpg,.jpeg,.docx,.xlsx"},
    )

    @property
    def kind(self) -> PaperKind:
        """The chosen kind."""
        return PaperKind(self.paper.data)


class DecideClaimForm(BaseForm):
    """What the institution decides on a claim."""

    state = SelectField(
        _l("Decision"),
        choices=[
            (ClaimState.APPROVED.value, _l("Approve")),
            (ClaimState.PAID.value, _l("Mark as paid")),
            (ClaimState.DRAFT.value, _l("Give back for changes")),
            (ClaimState.REFUSED.value, _l("Decline")),
        ],
    )
    reason = TextAreaField(
        _l("Reason"),
        [Length(max=rules.LONGEST_REASON, message=_l("Write at most %(max)d letters."))],
        description=_l("The firm reads it."),
        render_kw={"rows": 2},
    )
