"""Who may report a deal, who answers it, and which steps there are."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor
from matchmaker.matching import rules as matching
from matchmaker.matching.deals.enums import DealState, DealVerb

if TYPE_CHECKING:
    from matchmaker.matching.deals.models import Deal
    from matchmaker.matching.models import Match

LONGEST_NOTE: Final = 1000
MOST: Final = 10**12
"""The greatest amount that can be told, in units of its currency."""
SHARES: Final = (0, 25, 50, 75, 100)
"""How much of a deal, in per cent, may be said to have come without the programme too."""
AFTER: Final = {
    DealVerb.CONFIRM: DealState.CONFIRMED,
    DealVerb.REFUSE: DealState.REFUSED,
    DealVerb.WITHDRAW: DealState.WITHDRAWN,
}
"""Where each verb leads; all of them start from a deal that waits for its answer."""


def caused(amount: Decimal, share_without: int | None) -> Decimal | None:
    """The amount without the share that would have come anyway; None where nobody stated that share."""
    if share_without is None:
        return None
    return (amount * (100 - share_without) / 100).quantize(Decimal("0.01"))


def may_report(actor: Actor, match: Match) -> bool:
    """Who speaks for one of two firms that are introduced to each other."""
    return match.state in matching.TOGETHER and reporting_firm_id(actor, match) is not None


def reporting_firm_id(actor: Actor, match: Match) -> int | None:
    """The firm of the match for which the actor speaks."""
    return next(
        (number for number in (match.asker_id, match.answerer_id) if matching.acts_for(actor, number)), None
    )


def sees(actor: Actor, deal: Deal) -> bool:
    """Who sees the match sees its deals with their amounts."""
    return matching.may_see(actor, deal.match)


def may_move(actor: Actor, deal: Deal) -> bool:
    """Who speaks for one of the two firms; `verbs` says what that firm may do."""
    return reporting_firm_id(actor, deal.match) is not None


def other_firm_id(deal: Deal) -> int:
    """The firm that answers."""
    return matching.other_firm_id(deal.match, deal.reporter_id)


def verbs_of(actor: Actor, deal: Deal) -> frozenset[DealVerb]:
    """What is the actor's to do while the deal waits; nobody confirms what the own firm reported."""
    if matching.acts_for(actor, deal.reporter_id):
        return frozenset({DealVerb.WITHDRAW})
    if matching.acts_for(actor, other_firm_id(deal)):
        return frozenset({DealVerb.CONFIRM, DealVerb.REFUSE})
    return frozenset()


def open_verbs(actor: Actor, deal: Deal) -> frozenset[DealVerb]:
    """What the actor may do now; a match that ended has no deals to confirm any more."""
    if deal.state is not DealState.REPORTED:
        return frozenset()
    found = verbs_of(actor, deal)
    return found if deal.match.state in matching.TOGETHER else found - {DealVerb.CONFIRM}
