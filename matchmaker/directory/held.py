"""What the directory keeps of a person."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Fate, Held, Part
from matchmaker.directory.saved.models import SavedSearch
from matchmaker.directory.shortlist.models import ShortlistEntry

PART = Part(
    "directory",
    _l("Directory"),
    held=(
        Held(
            SavedSearch,
            _l("Saved searches"),
            (SavedSearch.person_id,),
            Fate.REMOVED,
            secret=frozenset({"query_key"}),
        ),
        Held(
            ShortlistEntry,
            _l("Your entries on the firm's shortlist"),
            (ShortlistEntry.person_id,),
            Fate.KEPT,
            why=_l("The list belongs to the firm. Without your name."),
        ),
    ),
)
