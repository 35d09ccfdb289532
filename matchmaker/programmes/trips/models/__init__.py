"""Tables of business trips, in files by subject."""

from matchmaker.programmes.trips.models.entry import EntryRule
from matchmaker.programmes.trips.models.schemes import SupportRate, SupportScheme

__all__ = ["EntryRule", "SupportRate", "SupportScheme"]
