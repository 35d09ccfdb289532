"""Tables of business trips, in files by subject."""

from matchmaker.programmes.trips.models.application import (
    TripApplication,
    TripAssessment,
    TripRelation,
    ViabilityDecision,
)
from matchmaker.programmes.trips.models.claims import ClaimCost, ClaimPaper, TripClaim
from matchmaker.programmes.trips.models.entry import EntryRule
from matchmaker.programmes.trips.models.frame import (
    TripDestination,
    TripDocument,
    TripFrame,
    TripItem,
    TripSeat,
)
from matchmaker.programmes.trips.models.papers import (
    LetterCounter,
    LetterRun,
    PassportOfficer,
    TravelConsent,
    TravelPapers,
    TripLetter,
)
from matchmaker.programmes.trips.models.schemes import SupportRate, SupportScheme

__all__ = [
    "ClaimCost",
    "ClaimPaper",
    "EntryRule",
    "LetterCounter",
    "LetterRun",
    "PassportOfficer",
    "SupportRate",
    "SupportScheme",
    "TravelConsent",
    "TravelPapers",
    "TripApplication",
    "TripAssessment",
    "TripClaim",
    "TripDestination",
    "TripDocument",
    "TripFrame",
    "TripItem",
    "TripLetter",
    "TripRelation",
    "TripSeat",
    "ViabilityDecision",
]
