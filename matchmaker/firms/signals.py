"""What happens to firms, for domains above that have to do something about it."""

from blinker import Signal

firm_state_changed = Signal(
    "sent inside the transaction with sender=None, firm, before and after (both FirmState) and the acting actor"
)
join_asked = Signal(
    "sent inside the transaction with sender=None and request, a JoinRequest that its firm has to decide"
)
introduction_asked = Signal(
    "sent with sender=None, firm_id and other_id: a receiver answers True when the two are introduced to each other"
)
review_panels_asked = Signal(
    "asks what a domain knows about a firm for those who check it: sender=None, firm, actor; answered by a ReviewPanel"
)


def are_introduced(firm_id: int, other_id: int | None) -> bool:
    """Whether a match has opened two firms to each other, as the domain that keeps matches says."""
    if other_id is None or firm_id == other_id:
        return False
    return any(
        answer for _receiver, answer in introduction_asked.send(None, firm_id=firm_id, other_id=other_id)
    )
