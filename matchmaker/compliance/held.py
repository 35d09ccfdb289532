"""What compliance keeps of a person: to whom the person was disclosed."""

from flask_babel import lazy_gettext as _l

from matchmaker.compliance.models import SanctionsList, ScreeningHit, TransferRecord
from matchmaker.core.personal_data import Fate, Held, Part
from matchmaker.firms.held import CONTACT

TRANSFER = Held(
    TransferRecord,
    _l("To which firms abroad your contact data went, and why they might"),
    (),
    Fate.KEPT,
    below=((TransferRecord.contact_id, CONTACT),),
    why=_l("The authorities may ask to see that each transfer was lawful. It holds no name."),
)
PART = Part(
    "transfers",
    _l("Transfers"),
    held=(TRANSFER,),
    named=(SanctionsList.taken_in_by_id, ScreeningHit.decided_by_id),
)
