"""What happens to opportunities, for domains above that have to do something about it."""

from blinker import Signal

interest_accepted = Signal(
    "sent inside the transaction with sender=None, interest (about to be answered “suitable”) and the acting actor: the two firms want"
    " to be introduced; the receiver answers the number of their match, and may raise DomainError"
)
