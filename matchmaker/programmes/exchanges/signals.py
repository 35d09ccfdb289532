"""What happens to exchanges that others act upon."""

from blinker import Signal

practice_note_offered = Signal("a report shall become a practice note; sender: the ExchangeApplication")
