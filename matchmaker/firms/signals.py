"""What happens to firms, for domains above that have to do something about it."""

from collections.abc import Collection

from blinker import Signal

firm_state_changed = Signal(
    "sent inside the transaction with sender=None, firm, before and after (both FirmState) and the acting actor"
)
join_asked = Signal(
    "sent inside the transaction with sender=None and request, a JoinRequest that its firm has to decide"
)
introduction_asked = Signal(
    "sent with sender=None, firm_ids and other_id: a receiver answers the numbers of those firms that are introduced to the other"
)
review_panels_asked = Signal(
    "asks what a domain knows about a firm for those who check it: sender=None, firm, actor; answered by a ReviewPanel"
)


def introduced_among(firm_ids: Collection[int], other_id: int | None) -> frozenset[int]:
    """To which of these firms a match has opened another one, as the domain that keeps matches says: one question for a list."""
    asked = frozenset(firm_ids) - {other_id}
    if other_id is None or not asked:
        return frozenset()
    sent = introduction_asked.send(None, firm_ids=asked, other_id=other_id)
    return frozenset(number for _receiver, answer in sent for number in answer)


def are_introduced(firm_id: int, other_id: int | None) -> bool:
    """Whether a match has opened two firms to each other."""
    return firm_id in introduced_among([firm_id], other_id)
