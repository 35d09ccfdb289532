"""What belongs to the firm that the access matrix asks about."""

import io
from typing import Any

from werkzeug.datastructures import FileStorage

from matchmaker.core.actor import Actor, FirmRole
from matchmaker.core.files import store_document
from matchmaker.firms.models import Firm
from tests.factories.duplicates import MergeRecordFactory, SuspectedPairFactory
from tests.factories.firm_people import (
    ContactPersonFactory,
    FirmInvitationFactory,
    FirmReviewFactory,
    JoinRequestFactory,
)
from tests.factories.firms import FirmMemberFactory


def firm_arguments(firm: Firm, people: dict[str, int]) -> dict[str, Any]:
    """The people, contact and evidence of this firm; its contact person is the member."""
    pdf = FileStorage(io.BytesIO(b"%PDF-1.7 evidence"), "extract.pdf")
    evidence = store_document(Actor(person_id=people["own_staff"]), pdf, "evidence")
    colleague = FirmMemberFactory(firm_id=firm.id, role=FirmRole.MEMBER).id
    contact = ContactPersonFactory(firm_id=firm.id, person_id=people["member"])
    invitation = FirmInvitationFactory(firm_id=firm.id, invited_by_id=people["firm_admin"])
    return {
        "firms.change_role:member_id": colleague,
        "firms.remove_member:member_id": colleague,
        "firms.revoke_invitation:invitation_id": invitation.id,
        "pair_id": SuspectedPairFactory(first_id=firm.id).id,
        "merge_id": MergeRecordFactory(kept_id=firm.id).id,
        "request_id": JoinRequestFactory(firm_id=firm.id).id,
        "contact_id": contact.id,
        "purpose": "publication",
        "firms.linked_consents:token": contact.email,
        "firms.linked_consent:token": contact.email,
        "firms.withdraw_linked:token": contact.email,
        "review_id": FirmReviewFactory(firm_id=firm.id, evidence_id=evidence.id).id,
    }
