"""What institutions tell higher domains."""

from blinker import Namespace

_signals = Namespace()

open_work_asked = _signals.signal("open-work-asked")
"""Asks what a person still has to do: sender is the person's number, receivers answer a list of OpenWork."""

steps_asked = _signals.signal("steps-asked")
"""Asks what an institution has to do before it can work: sender is its number, receivers answer a list of Step."""

account_disabled = _signals.signal("account-disabled")
"""A person of an institution can no longer sign in: sender is the person's number."""
