"""Sessions of trainings and certificates."""

from datetime import timedelta

from factory import LazyAttribute, Sequence

from matchmaker.core.db import db
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trainings.models import Certificate, SessionMaterial, TrainingSession
from tests.factories.base import EntityFactory
from tests.factories.files import stored_pdf
from tests.factories.programmes import ProgrammeFactory


class TrainingSessionFactory(EntityFactory):
    """The first hour of a training."""

    class Meta:
        model = TrainingSession

    programme_id = LazyAttribute(lambda row: ProgrammeFactory().id)
    title_en = Sequence(lambda count: f"Session {count}")
    starts_at = LazyAttribute(lambda row: db.session.get_one(Programme, row.programme_id).starts_at)
    ends_at = LazyAttribute(lambda row: row.starts_at + timedelta(hours=1))
    check_in_code = "ABC234"


class CertificateFactory(EntityFactory):
    """A certificate of a delegate."""

    class Meta:
        model = Certificate

    number = Sequence(lambda count: f"2026-0001-{count:08}")
    name = "Elif Kaya"
    name_romanised = "Elif Kaya"
    language = "tr"
    share = 100


def material_of(session: TrainingSession) -> SessionMaterial:
    """A file of a session, as it lies on the disk."""
    material = SessionMaterial(training_session_id=session.id, file_id=stored_pdf("slides.pdf").id)
    db.session.add(material)
    db.session.flush()
    return material
