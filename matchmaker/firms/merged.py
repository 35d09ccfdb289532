"""What becomes of the rows of firms when a firm is merged into another one."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.firms.declarations.models import DeclarationRequest, SizeDeclaration
from matchmaker.firms.duplicates.models import DuplicateKey, DuplicateLook, SuspectedPair
from matchmaker.firms.enums import JoinState
from matchmaker.firms.merging.models import MergeRecord
from matchmaker.firms.merging.parts import Moving, Part, Staying
from matchmaker.firms.models import (
    ContactPerson,
    FirmCertificate,
    FirmIdentifier,
    FirmInvitation,
    FirmLanguage,
    FirmMarket,
    FirmMarketChange,
    FirmMember,
    FirmPartnership,
    FirmPast,
    FirmProduct,
    FirmReview,
    FirmSector,
    FirmText,
    JoinRequest,
    ProfileChange,
    RegistrationCode,
)

HISTORY = "what was done about the merged firm stays its history"


def decided_requests(_kept_id: int, merged_id: int) -> Collection[int]:
    """Requests to join that were decided stay as history."""
    decided = JoinRequest.firm_id == merged_id, JoinRequest.state != JoinState.OPEN
    return db.session.scalars(select(JoinRequest.id).where(*decided)).all()


PART = Part(
    "firms",
    moving=(
        Moving(FirmMember.firm_id, _l("People of the firm"), (FirmMember.person_id,)),
        Moving(ContactPerson.firm_id, _l("Contact persons"), (ContactPerson.email,)),
        Moving(FirmInvitation.firm_id, _l("Invitations")),
        Moving(JoinRequest.firm_id, _l("Join requests"), (JoinRequest.person_id,), decided_requests),
        Moving(FirmIdentifier.firm_id, _l("Numbers"), (FirmIdentifier.scheme,)),
        Moving(FirmProduct.firm_id, _l("Products"), (FirmProduct.side, FirmProduct.hs_code)),
        Moving(FirmCertificate.firm_id, _l("Certificates"), (FirmCertificate.scheme, FirmCertificate.number)),
        Moving(FirmLanguage.firm_id, _l("Languages"), (FirmLanguage.language,)),
        Moving(
            FirmPartnership.firm_id,
            _l("Kinds of partnership"),
            (FirmPartnership.type_code, FirmPartnership.side),
        ),
        Moving(FirmMarket.firm_id, _l("Markets"), (FirmMarket.country,)),
        Moving(FirmText.firm_id, _l("Texts"), (FirmText.language,)),
    ),
    staying=(
        Staying(FirmSector.firm_id, "the kept firm has the activities that it is registered with"),
        Staying(FirmMarketChange.firm_id, HISTORY),
        Staying(FirmPast.firm_id, "it tells where the merged firm was counted at that time"),
        Staying(FirmReview.firm_id, HISTORY),
        Staying(ProfileChange.firm_id, HISTORY),
        Staying(SizeDeclaration.firm_id, HISTORY),
        Staying(DeclarationRequest.firm_id, HISTORY),
        Staying(RegistrationCode.firm_id, HISTORY),
        Staying(DuplicateKey.firm_id, "a firm out of use is found by nothing"),
        Staying(DuplicateLook.firm_id, "it tells up to which change that firm was looked at"),
        Staying(SuspectedPair.first_id, "a pair is about the two firms as they were"),
        Staying(SuspectedPair.second_id, "a pair is about the two firms as they were"),
        Staying(
            MergeRecord.kept_id, "earlier merges are followed from firm to firm, and can be undone in turn"
        ),
        Staying(
            MergeRecord.merged_id, "earlier merges are followed from firm to firm, and can be undone in turn"
        ),
    ),
)
