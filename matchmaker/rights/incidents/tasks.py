"""What the worker does for the register by itself."""

from matchmaker.core.jobs import loop
from matchmaker.rights.incidents import notices


@loop("incident clocks", 300)
def tell_of_clocks() -> None:
    """Tell of clocks that end soon or have run out."""
    notices.tell_of_clocks()
