"""What compliance does when something happens to a firm."""

from typing import Any

from matchmaker.compliance.services import screen
from matchmaker.core.actor import Actor
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.firms.signals import firm_state_changed


@firm_state_changed.connect
def screen_verified(
    _sender: object, *, firm: Firm, after: FirmState, actor: Actor | None = None, **_rest: Any
) -> None:
    """A firm is compared with the lists when it becomes verified."""
    if after is FirmState.VERIFIED:
        screen(firm, actor=actor)
