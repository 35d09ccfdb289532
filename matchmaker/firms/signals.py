"""What happens to firms, for domains above that have to do something about it."""

from blinker import Namespace

_signals = Namespace()

firm_state_changed = _signals.signal("firm-state-changed")
"""Sent inside the transaction with sender=None, firm, before and after (both FirmState) and the acting actor."""
