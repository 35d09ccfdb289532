"""What opportunities keep of a person: who wrote one, who decided."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Part
from matchmaker.opportunities.models import Opportunity, OpportunityEvent, OpportunityReach

PART = Part(
    "opportunities",
    _l("Opportunities"),
    named=(Opportunity.author_id, OpportunityEvent.person_id, OpportunityReach.officer_id),
)
