"""What firms say about themselves."""

from factory import LazyAttribute, Sequence

from matchmaker.firms.models import FirmCertificate
from tests.factories.base import EntityFactory
from tests.factories.firms import FirmFactory


class FirmCertificateFactory(EntityFactory):
    """A certificate without end and without file."""

    class Meta:
        model = FirmCertificate

    firm_id = LazyAttribute(lambda row: FirmFactory().id)
    scheme = "ISO9001"
    number = Sequence(lambda count: f"Q-{count}")
