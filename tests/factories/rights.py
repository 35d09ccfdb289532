"""Archives of own data."""

from datetime import timedelta

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.rights.models import DataExport
from tests.factories.files import stored_pdf


def ready_export(person_id: int, days: int = 7) -> DataExport:
    """A finished archive of a person, to be downloaded for so many days yet."""
    now = clock.now()
    made = DataExport(
        person_id=person_id, file_id=stored_pdf().id, ready_at=now, expires_at=now + timedelta(days=days)
    )
    db.session.add(made)
    db.session.flush()
    return made
