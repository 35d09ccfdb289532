"""What institutions keep of a person."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.core.personal_data import Fate, Held, Obstacle, Part
from matchmaker.institutions.models import InstitutionInvitation, InstitutionMember
from matchmaker.institutions.wordings.models import MailWordingVersion


def obstacles(person_id: int) -> list[Obstacle]:
    """Whoever still works for an institution hands the work over first."""
    working = select(InstitutionMember.id).where(
        InstitutionMember.person_id == person_id, InstitutionMember.ended_at.is_(None)
    )
    if db.session.scalar(working.limit(1)) is None:
        return []
    return [Obstacle(_("The account works for an institution. Its administrator ends the role first."))]


PART = Part(
    "institutions",
    _l("Institutions"),
    held=(
        Held(
            InstitutionMember,
            _l("Your roles at institutions"),
            (InstitutionMember.person_id,),
            Fate.KEPT,
            why=_l("It shows who could decide when. Without your name."),
        ),
        Held(
            InstitutionInvitation,
            _l("Invitations to work for an institution"),
            (),
            Fate.BLANKED,
            address=InstitutionInvitation.email,
            secret=frozenset({"digest"}),
            blank={"email": ""},
        ),
    ),
    named=(InstitutionInvitation.invited_by_id, MailWordingVersion.person_id),
    obstacles=obstacles,
)
