"""What matches do when something happens to a firm, a memorandum or an opportunity."""

from collections.abc import Collection
from typing import Any

from matchmaker.core.actor import Actor
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.firms.signals import firm_state_changed, introduction_asked
from matchmaker.matching import rules
from matchmaker.matching.queries import introduced_to
from matchmaker.matching.services import open_contacts_due, open_from_interest, withdraw_all
from matchmaker.mous.signals import transfer_basis_recorded
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.signals import interest_accepted


@firm_state_changed.connect
def end_matches(_sender: object, *, firm: Firm, after: FirmState, **_rest: Any) -> None:
    """A firm that is suspended or archived leaves its matches."""
    if after in rules.GONE:
        withdraw_all(firm.id)


@transfer_basis_recorded.connect
def open_waiting_contacts(_sender: object, **_rest: Any) -> None:
    """Contacts that waited for a basis open in the transaction that records it."""
    open_contacts_due()


@introduction_asked.connect
def tell_introduced(_sender: object, *, firm_ids: Collection[int], other_id: int) -> frozenset[int]:
    """What a firm shows to its partners opens to the firms it is introduced to."""
    return introduced_to(other_id, firm_ids)


@interest_accepted.connect
def open_match(_sender: object, *, interest: Interest, actor: Actor) -> int:
    """Two firms that found each other by an opportunity go to the coordinators; answers the number of their match."""
    return open_from_interest(actor, interest).id
