"""What firms keep of a person: memberships, contact persons with their consents, invitations, requests to join."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Held, Part
from matchmaker.firms.models import (
    ContactConsent,
    ContactPerson,
    Firm,
    FirmInvitation,
    FirmMarketChange,
    FirmMember,
    FirmReview,
    JoinRequest,
    ProfileChange,
    RegistrationCode,
)

CONTACT = Held(
    ContactPerson,
    _l("You as a contact person of a firm"),
    (ContactPerson.person_id,),
    address=ContactPerson.email,
    secret=frozenset({"consent_digest"}),
)
CONSENT = Held(
    ContactConsent,
    _l("Your consents, with the text you read"),
    (),
    below=((ContactConsent.contact_id, CONTACT),),
)
MEMBER = Held(FirmMember, _l("Firms that you belong to"), (FirmMember.person_id,))
PART = Part(
    "firms",
    _l("Firms"),
    held=(
        CONSENT,
        CONTACT,
        MEMBER,
        Held(JoinRequest, _l("Your requests to join a firm"), (JoinRequest.person_id,)),
        Held(
            FirmInvitation,
            _l("Invitations to you to join a firm"),
            (),
            address=FirmInvitation.email,
            secret=frozenset({"digest"}),
        ),
    ),
    named=(
        Firm.created_by_id,
        FirmInvitation.invited_by_id,
        FirmMarketChange.changed_by_id,
        FirmReview.officer_id,
        JoinRequest.decided_by_id,
        ProfileChange.changed_by_id,
        RegistrationCode.issued_by_id,
    ),
)
