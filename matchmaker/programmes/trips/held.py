"""What business trips keep of a person: applications, papers of travellers, letters, claims."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _l

from matchmaker.accounts.secret_keys import unlock_bytes
from matchmaker.core.personal_data import Held, Part
from matchmaker.programmes.held import SIGN_UP, of_delegate
from matchmaker.programmes.trips import travel_secrets
from matchmaker.programmes.trips.models import (
    ClaimCost,
    ClaimPaper,
    EntryRule,
    LetterRun,
    PassportOfficer,
    TravelConsent,
    TravelPapers,
    TripApplication,
    TripAssessment,
    TripClaim,
    TripLetter,
    TripRelation,
    TripSeat,
    ViabilityDecision,
)


def _passport(locked: str) -> Mapping[str, Any] | None:
    passport = travel_secrets.open_passport(locked)
    return asdict(passport) if passport else None


CLAIM = Held(
    TripClaim,
    _l("Claims for support of trips that you signed up for"),
    (),
    below=((TripClaim.sign_up_id, SIGN_UP),),
)
PAPERS = of_delegate(
    TravelPapers,
    _l("Your passport, needs and travel"),
    TravelPapers.delegate_id,
    readers={
        "passport_locked": _passport,
        "needs_locked": lambda locked: asdict(travel_secrets.open_needs(locked)),
        "emergency_locked": lambda locked: asdict(travel_secrets.open_emergency(locked)),
    },
)
CONSENT = of_delegate(
    TravelConsent, _l("Your consents of travel, as you read them"), TravelConsent.delegate_id
)
LETTER = of_delegate(
    TripLetter,
    _l("Letters written for your journey"),
    TripLetter.delegate_id,
    open_file=lambda content: unlock_bytes(content, travel_secrets.FILES),
)
PART = Part(
    "trips",
    _l("Business trips"),
    held=(
        PAPERS,
        CONSENT,
        LETTER,
        of_delegate(TripRelation, _l("What you are to the firm"), TripRelation.delegate_id),
        of_delegate(TripSeat, _l("Items of trips that you attend"), TripSeat.delegate_id),
        Held(
            TripApplication,
            _l("Applications for trips that you signed up for"),
            (),
            below=((TripApplication.sign_up_id, SIGN_UP),),
        ),
        Held(ClaimPaper, _l("Receipts of these claims"), (), below=((ClaimPaper.claim_id, CLAIM),)),
        Held(ClaimCost, _l("Costs of these claims"), (), below=((ClaimCost.claim_id, CLAIM),)),
        CLAIM,
        Held(PassportOfficer, _l("Trips whose passports you may read"), (PassportOfficer.person_id,)),
    ),
    named=(
        EntryRule.recorded_by_id,
        LetterRun.ordered_by_id,
        PassportOfficer.named_by_id,
        TripApplication.committed_by_id,
        TripAssessment.assessor_id,
        TripClaim.decided_by_id,
        TripLetter.issued_by_id,
        TripSeat.recorded_by_id,
        ViabilityDecision.decided_by_id,
    ),
)
