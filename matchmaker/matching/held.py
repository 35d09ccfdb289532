"""What matching keeps of a person: who decided, and that a firm being introduced needs a contact person."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Held, Part
from matchmaker.firms.held import CONTACT
from matchmaker.matching.exposure.models import ExposureCap
from matchmaker.matching.follow_ups.models import FollowUpLink
from matchmaker.matching.models import ComplianceReview, Match, MatchDecision, MatchEvent
from matchmaker.matching.relevance.models import NotRelevant
from matchmaker.matching.weighing.models import WeightConsent, WeightSet

PART = Part(
    "matching",
    _l("Matches"),
    held=(
        Held(
            FollowUpLink,
            _l("Links by which you were asked how an introduction stands"),
            (FollowUpLink.person_id,),
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
)
