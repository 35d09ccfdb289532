"""Forms of sets of points: the numbers, and the reasons that go with a proposal and with a no."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.engines.fit.numbers import HALF, NAMES, flaws, half_sum
from matchmaker.firms.fields import Between, WholeNumberField
from matchmaker.matching.weighing.rules import LONGEST_REASON
from matchmaker.matching.weighing.words import NUMBERS, flaw_text


def _number(name: str) -> WholeNumberField:
    return WholeNumberField(
        NUMBERS[name], validators=[InputRequired(_l("Enter the points, 0 for none.")), Between(0, HALF)]
    )


class PointsForm(BaseForm):
    """All numbers of a set; they are judged together once each can be read."""

    product_2 = _number("product_2")
    product_4 = _number("product_4")
    product_6 = _number("product_6")
    breadth = _number("breadth")
    partnership = _number("partnership")
    volume_some = _number("volume_some")
    volume_half = _number("volume_half")
    volume_full = _number("volume_full")
    certificates = _number("certificates")
    languages = _number("languages")
    sector_2 = _number("sector_2")
    sector_3 = _number("sector_3")
    sector_4 = _number("sector_4")
    reciprocity = _number("reciprocity")

    def numbers(self) -> dict[str, int]:
        """The numbers by name."""
        return {name: int(self[name].data) for name in NAMES}

    def validate(self, extra_validators: Any = None) -> bool:
        """Each number, then the levels and the sum."""
        if not super().validate(extra_validators):
            return False
        numbers = self.numbers()
        for flaw in flaws(numbers):
            text = flaw_text(flaw, half_sum(numbers))
            if flaw.name:
                field = self[flaw.name]
                field.errors = [*field.errors, text]
            else:
                self.form_errors.append(text)
        return not flaws(numbers)


class ReasonForm(BaseForm):
    """Why a set is proposed, or why not."""

    reason = TextAreaField(
        _l("Reason"),
        validators=[
            InputRequired(_l("Write the reason.")),
            Length(max=LONGEST_REASON, message=_l("Write at most %(max)d letters.")),
        ],
        description=_l("All sides read it, and it stays with the set."),
        render_kw={"rows": 3},
    )
