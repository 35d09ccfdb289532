"""What institutions tell higher domains."""

from blinker import Signal

open_work_asked = Signal(
    "asks what a person still has to do: sender is the person's number, receivers answer a list of OpenWork"
)
steps_asked = Signal(
    "asks what an institution has to do before it can work: sender is its number, receivers answer a list of Step"
)
