"""What institutions keep of a person."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Held, Part
from matchmaker.institutions.models import InstitutionInvitation, InstitutionMember

PART = Part(
    "institutions",
    _l("Institutions"),
    held=(
        Held(InstitutionMember, _l("Your roles at institutions"), (InstitutionMember.person_id,)),
        Held(
            InstitutionInvitation,
            _l("Invitations to work for an institution"),
            (),
            address=InstitutionInvitation.email,
            secret=frozenset({"digest"}),
        ),
    ),
    named=(InstitutionInvitation.invited_by_id,),
)
