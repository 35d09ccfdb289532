"""What matching keeps of a person: who decided, and that a firm being introduced needs a contact person."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from matchmaker.core.db import db
from matchmaker.core.personal_data import Fate, Held, Obstacle, Part
from matchmaker.firms.held import CONTACT
from matchmaker.firms.models import ContactPerson, Firm
from matchmaker.matching.exposure.models import ExposureCap
from matchmaker.matching.follow_ups.models import FollowUpLink
from matchmaker.matching.models import ComplianceReview, Match, MatchDecision, MatchEvent
from matchmaker.matching.relevance.models import NotRelevant
from matchmaker.matching.rules import LIVING
from matchmaker.matching.weighing.models import WeightConsent, WeightSet


def obstacles(person_id: int) -> list[Obstacle]:
    """An open match is not left without anybody to write to."""
    other = aliased(ContactPerson)
    another = exists().where(other.firm_id == ContactPerson.firm_id, other.id != ContactPerson.id)
    open_match = exists().where(
        or_(Match.asker_id == ContactPerson.firm_id, Match.answerer_id == ContactPerson.firm_id),
        Match.state.in_(LIVING),
    )
    found = (
        select(Firm)
        .join(ContactPerson, ContactPerson.firm_id == Firm.id)
        .where(CONTACT.rows_of(person_id, ""), ~another, open_match)
        .order_by(Firm.id)
    )
    return [
        Obstacle(
            _(
                "%(firm)s has an open match and no other contact person. It names another one first.",
                firm=firm.name,
            ),
            f"/firms/{firm.id}/contacts",
        )
        for firm in db.session.scalars(found)
    ]


PART = Part(
    "matching",
    _l("Matches"),
    held=(
        Held(
            FollowUpLink,
            _l("Links by which you were asked how an introduction stands"),
            (FollowUpLink.person_id,),
            Fate.REMOVED,
            below=((FollowUpLink.contact_id, CONTACT),),
            address=FollowUpLink.address,
            secret=frozenset({"digest"}),
        ),
    ),
    named=(
        ComplianceReview.officer_id,
        ExposureCap.person_id,
        Match.proposed_by_id,
        MatchDecision.officer_id,
        MatchEvent.person_id,
        NotRelevant.person_id,
        WeightConsent.person_id,
        WeightSet.author_id,
    ),
    obstacles=obstacles,
)
