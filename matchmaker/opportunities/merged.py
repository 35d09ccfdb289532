"""What becomes of opportunities, interests and questions when a firm is merged into another one."""

from flask_babel import lazy_gettext as _l

from matchmaker.firms.merging.parts import Moving, Part
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.questions.models import OpportunityQuestion

PART = Part(
    "opportunities",
    moving=(
        Moving(Opportunity.firm_id, _l("Opportunities")),
        Moving(Interest.firm_id, _l("Interests in opportunities"), (Interest.opportunity_id,)),
        Moving(OpportunityQuestion.firm_id, _l("Questions about opportunities")),
    ),
)
