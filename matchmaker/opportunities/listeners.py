"""What opportunities do when something happens to a firm."""

from typing import Any

from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.firms.signals import firm_state_changed
from matchmaker.opportunities.questions import services as questions
from matchmaker.opportunities.rules import GONE
from matchmaker.opportunities.services import withdraw_all


@firm_state_changed.connect
def end_opportunities(_sender: object, *, firm: Firm, after: FirmState, **_rest: Any) -> None:
    """A firm that is suspended or archived publishes and asks nothing; on hold its opportunities and questions are only hidden."""
    if after in GONE:
        withdraw_all(firm.id)
        questions.withdraw_all(firm.id)
