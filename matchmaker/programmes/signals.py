"""What happens to programmes that others act upon."""

from blinker import Signal

programme_cancelled = Signal("a programme is called off, in the same transaction; sender: the Programme")
delegate_swapped = Signal(
    "somebody else is sent, in the same transaction; sender: the SignUp; actor, leaving, entering"
)
