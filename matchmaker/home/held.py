"""What the inbox keeps of people."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Fate, Held, Part
from matchmaker.home.assigning.models import TaskHolder

PART = Part(
    "inbox",
    _l("Inbox"),
    held=(Held(TaskHolder, _l("Tasks that you hold"), (TaskHolder.person_id,), Fate.REMOVED),),
    named=(TaskHolder.given_by_id,),
)
