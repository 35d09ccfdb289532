"""Giving and withdrawing consents of travel: each purpose by itself, with the text as it was read."""

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.programmes.models import Delegate
from matchmaker.programmes.trips import paper_queries
from matchmaker.programmes.trips.enums import TravelPurpose
from matchmaker.programmes.trips.models import TravelConsent
from matchmaker.programmes.trips.travel_consents import VERSION, ConsentText

ENTITY = "travel_consent"


def give(actor: Actor | None, delegate: Delegate, purpose: TravelPurpose, text: ConsentText) -> None:
    """Keep the consent with its text, version, language and time; giving twice leaves one. The delegate is locked."""
    if purpose in paper_queries.standing_consents([delegate.id])[delegate.id]:
        return
    consent = TravelConsent(
        delegate_id=delegate.id,
        purpose=purpose,
        text_version=VERSION,
        language=text.language,
        text=text.full,
        given_at=clock.now(),
    )
    db.session.add(consent)
    db.session.flush()
    _record(actor, "consent", consent)


def withdraw(actor: Actor | None, delegate: Delegate, purpose: TravelPurpose) -> bool:
    """End the consent now and keep it as ended; False where none stands."""
    standing = paper_queries.standing_consents([delegate.id])[delegate.id].get(purpose)
    if standing is None:
        return False
    standing.withdrawn_at = clock.now()
    _record(actor, "withdraw_consent", standing)
    return True


def _record(actor: Actor | None, action: str, consent: TravelConsent) -> None:
    after = {
        "delegate": consent.delegate_id,
        "purpose": consent.purpose.value,
        "version": consent.text_version,
        "language": consent.language,
    }
    audit.record(actor, action, ENTITY, consent.id, after=after)
    db.session.flush()
