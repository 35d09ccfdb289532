"""What opportunities keep of a person: who wrote one, who was interested, who asked, who decided."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Fate, Held, Part
from matchmaker.opportunities.checks.models import OpportunityCheck, SensitiveWordChange
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.models import Opportunity, OpportunityEvent, OpportunityReach
from matchmaker.opportunities.questions.models import OpportunityQuestion

PART = Part(
    "opportunities",
    _l("Opportunities"),
    held=(
        Held(
            Interest,
            _l("Opportunities in which you were interested for your firm"),
            (Interest.person_id,),
            Fate.KEPT,
            why=_l("It is the interest of the firm. Without your name."),
        ),
        Held(
            OpportunityQuestion,
            _l("Questions about opportunities that you asked for your firm"),
            (OpportunityQuestion.person_id,),
            Fate.KEPT,
            secret=frozenset({"answered_by_id", "hidden_by_id"}),
            why=_l("It is the question of the firm. Without your name."),
        ),
    ),
    named=(
        Interest.answered_by_id,
        Opportunity.author_id,
        OpportunityCheck.person_id,
        OpportunityEvent.person_id,
        OpportunityQuestion.answered_by_id,
        OpportunityQuestion.hidden_by_id,
        OpportunityReach.officer_id,
        SensitiveWordChange.set_by_id,
    ),
)
