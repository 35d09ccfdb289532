"""What happens to a memorandum that others act upon."""

from blinker import Signal

transfer_basis_recorded = Signal("the ground for passing on contact data was recorded; sender: the Mou")
