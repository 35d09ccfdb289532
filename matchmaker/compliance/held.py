"""What compliance keeps of a person: to whom the person was disclosed."""

from flask_babel import lazy_gettext as _l

from matchmaker.compliance.models import SanctionsList, ScreeningHit, TransferRecord
from matchmaker.core.personal_data import Held, Part
from matchmaker.firms.held import CONTACT

TRANSFER = Held(
    TransferRecord,
    _l("To which firms abroad your contact data went, and why they might"),
    (),
    below=((TransferRecord.contact_id, CONTACT),),
)
PART = Part(
    "transfers",
    _l("Transfers"),
    held=(TRANSFER,),
    named=(SanctionsList.taken_in_by_id, ScreeningHit.decided_by_id),
)
