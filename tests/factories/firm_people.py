"""Invitations into firms, requests to join, contact persons and decisions of staff."""

from datetime import timedelta

from factory import LazyAttribute, LazyFunction, Sequence

from matchmaker.accounts.queries import digest
from matchmaker.core import clock
from matchmaker.core.actor import FirmRole
from matchmaker.firms.enums import VerificationDecision, VerificationMethod
from matchmaker.firms.models import ContactPerson, FirmInvitation, FirmReview, JoinRequest
from tests.factories.accounts import PersonFactory
from tests.factories.base import EntityFactory
from tests.factories.firms import FirmFactory


class FirmInvitationFactory(EntityFactory):
    """An open invitation into a firm; its token is the address."""

    class Meta:
        model = FirmInvitation

    firm_id = LazyAttribute(lambda row: FirmFactory().id)
    email = Sequence(lambda count: f"colleague{count}@example.com")
    role = FirmRole.EDITOR
    digest = LazyAttribute(lambda row: digest(row.email))
    invited_by_id = LazyAttribute(lambda row: PersonFactory().id)
    expires_at = LazyFunction(lambda: clock.now() + timedelta(days=14))


class JoinRequestFactory(EntityFactory):
    """An open request to join a firm."""

    class Meta:
        model = JoinRequest

    firm_id = LazyAttribute(lambda row: FirmFactory().id)
    person_id = LazyAttribute(lambda row: PersonFactory().id)
    note = "I work there."


class ContactPersonFactory(EntityFactory):
    """A contact person who has consented to nothing; the token of the link is the address."""

    class Meta:
        model = ContactPerson

    firm_id = LazyAttribute(lambda row: FirmFactory().id)
    name = Sequence(lambda count: f"Contact {count}")
    name_romanised = LazyAttribute(lambda row: row.name)
    email = Sequence(lambda count: f"contact{count}@example.com")
    consent_digest = LazyAttribute(lambda row: digest(row.email))


class FirmReviewFactory(EntityFactory):
    """A decision to verify a firm."""

    class Meta:
        model = FirmReview

    firm_id = LazyAttribute(lambda row: FirmFactory().id)
    officer_id = LazyAttribute(lambda row: PersonFactory().id)
    decision = VerificationDecision.VERIFIED
    method = VerificationMethod.REGISTER
