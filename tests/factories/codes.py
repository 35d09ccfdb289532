"""Registration codes of institutions."""

from datetime import timedelta
from itertools import count
from typing import Any

from matchmaker.accounts.secret_keys import lock
from matchmaker.core import clock
from matchmaker.firms.code_services import PURPOSE, digest_of
from matchmaker.firms.models import RegisterEntry, RegistrationCode
from matchmaker.institutions.models import Institution
from tests.factories.base import EntityFactory

numbers = count(1000)


class RegistrationCodeFactory(EntityFactory):
    """A code that can be used for three months."""

    class Meta:
        model = RegistrationCode


def code_for(
    entry: RegisterEntry, institution: Institution, officer_id: int, text: str = "", **changed: Any
) -> RegistrationCode:
    """A code for an entry; needs an application context, because it is kept locked."""
    text = text or f"AAAA-BBBB-{next(numbers)}"
    values = {
        "country": entry.country,
        "identifier": entry.identifier,
        "addressee": entry.name,
        "digest": digest_of(text),
        "locked": lock(text, PURPOSE),
        "open_key": f"{entry.country}:{entry.identifier}",
        "institution_id": institution.id,
        "issued_by_id": officer_id,
        "expires_at": clock.now() + timedelta(days=90),
    }
    made: RegistrationCode = RegistrationCodeFactory(**(values | changed))
    return made
