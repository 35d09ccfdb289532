"""Archives of own data, and requests for erasure."""

from datetime import timedelta

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.rights.enums import ErasureState
from matchmaker.rights.models import DataExport, ErasureRecipient, ErasureRequest
from tests.factories.files import stored_pdf
from tests.factories.firms import FirmFactory


def ready_export(person_id: int, days: int = 7) -> DataExport:
    """A finished archive of a person, to be downloaded for so many days yet."""
    now = clock.now()
    made = DataExport(
        person_id=person_id, file_id=stored_pdf().id, ready_at=now, expires_at=now + timedelta(days=days)
    )
    db.session.add(made)
    db.session.flush()
    return made


def erasure_request_of(person_id: int, *, country: str = "TR", days: int = 30) -> ErasureRequest:
    """An open request, to be answered in so many days."""
    today = clock.today()
    made = ErasureRequest(
        person_id=person_id,
        open_person=person_id,
        country=country,
        asked_on=today,
        due_on=today + timedelta(days=days),
        law="Law 6698 art. 13",
    )
    db.session.add(made)
    db.session.flush()
    return made


def erasure_recipient_of(person_id: int) -> ErasureRecipient:
    """A firm without people that has to be told of a request that was carried out."""
    request = erasure_request_of(person_id)
    request.state, request.open_person = ErasureState.CARRIED_OUT, None
    made = ErasureRecipient(
        request_id=request.id,
        firm_id=FirmFactory(country="RU").id,
        fields=["name"],
        disclosed_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made
