"""How long it is kept which firms changed, for machines that were switched off."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.retention import DataClass
from matchmaker.directory.services import purge_outbox

CLASSES = (
    DataClass(
        "index_changes",
        _l("Changes for the search index"),
        _l("The change was made"),
        _l("A machine that was switched off catches up with them; they name who changed a firm."),
        days=7,
        least=7,
        most=7,
        purge=purge_outbox,
    ),
)
