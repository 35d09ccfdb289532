"""What becomes of shortlists when a firm is merged into another one."""

from flask_babel import lazy_gettext as _l

from matchmaker.directory.shortlist.models import ShortlistEntry
from matchmaker.firms.merging.parts import Moving, Part

PART = Part(
    "directory",
    moving=(
        Moving(ShortlistEntry.firm_id, _l("Firms on the shortlist"), (ShortlistEntry.other_id,)),
        Moving(ShortlistEntry.other_id, _l("Places on the shortlists of others"), (ShortlistEntry.firm_id,)),
    ),
)
