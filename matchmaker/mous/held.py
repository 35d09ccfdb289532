"""What memorandums keep of a person."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Fate, Held, Part
from matchmaker.mous.models import MouAmendment, MouContactPoint, MouOverride, MouParty, MouTransferBasis
from matchmaker.mous.plans.models import PlanConfirmation, PlanMove

PART = Part(
    "mous",
    _l("Memorandums"),
    held=(
        Held(
            MouContactPoint,
            _l("Memorandums for which you answered"),
            (MouContactPoint.person_id,),
            Fate.KEPT,
            why=_l("It shows who answered for the memorandum when. Without your name."),
        ),
    ),
    named=(
        MouAmendment.recorded_by_id,
        MouOverride.person_id,
        MouParty.confirmed_by_id,
        MouTransferBasis.recorded_by_id,
        PlanConfirmation.person_id,
        PlanMove.person_id,
    ),
)
