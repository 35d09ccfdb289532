"""What business trips keep of a person: applications, papers of travellers, letters, claims."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matchmaker.accounts.secret_keys import unlock_bytes
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile, remove_stored
from matchmaker.core.personal_data import Fate, Held, Part
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


CLAIMS = _l("The law on accounts asks to keep what money was paid for.")
CLAIM = Held(
    TripClaim,
    _l("Claims for support of trips that you signed up for"),
    (),
    Fate.KEPT,
    below=((TripClaim.sign_up_id, SIGN_UP),),
    why=CLAIMS,
)
PAPERS = of_delegate(
    TravelPapers,
    _l("Your passport, needs and travel"),
    TravelPapers.delegate_id,
    Fate.BLANKED,
    readers={
        "passport_locked": _passport,
        "needs_locked": lambda locked: asdict(travel_secrets.open_needs(locked)),
        "emergency_locked": lambda locked: asdict(travel_secrets.open_emergency(locked)),
    },
    blank={
        "passport_locked": "",
        "needs_locked": "",
        "emergency_locked": "",
        "insurer": "",
        "arrival": "",
        "departure": "",
        "hotel": "",
    },
)
CONSENT = of_delegate(
    TravelConsent, _l("Your consents of travel, as you read them"), TravelConsent.delegate_id, Fate.REMOVED
)
LETTER = of_delegate(
    TripLetter,
    _l("Letters written for your journey"),
    TripLetter.delegate_id,
    Fate.BLANKED,
    open_file=lambda content: unlock_bytes(content, travel_secrets.FILES),
    blank={"file_id": None},
)


def before(person_id: int) -> None:
    """Destroy the archives of letters in which one for the person lies; the single letters of others stay."""
    mine = select(TripLetter.programme_id).where(LETTER.rows_of(person_id, ""))
    for run in db.session.scalars(select(LetterRun).where(LetterRun.programme_id.in_(mine))):
        stored = db.session.get(StoredFile, run.file_id) if run.file_id else None
        run.file_id = None
        db.session.flush()
        if stored is not None:
            remove_stored(stored)


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
            Fate.KEPT,
            below=((TripApplication.sign_up_id, SIGN_UP),),
            why=_l("It is the application of the firm. Without your name."),
        ),
        Held(
            ClaimPaper,
            _l("Receipts of these claims"),
            (),
            Fate.KEPT,
            below=((ClaimPaper.claim_id, CLAIM),),
            why=CLAIMS,
        ),
        Held(
            ClaimCost,
            _l("Costs of these claims"),
            (),
            Fate.KEPT,
            below=((ClaimCost.claim_id, CLAIM),),
            why=CLAIMS,
        ),
        CLAIM,
        Held(
            PassportOfficer,
            _l("Trips whose passports you may read"),
            (PassportOfficer.person_id,),
            Fate.REMOVED,
        ),
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
    before=before,
)
