"""How long written agendas are kept."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.retention import DataClass
from matchmaker.meetings.plan.agenda_books import purge

CLASSES = (
    DataClass(
        "agenda_books",
        _l("Written agendas of B2B days"),
        _l("The file was written"),
        _l("They name people and are made to be printed; whoever needs one has it written anew."),
        days=14,
        least=1,
        most=90,
        purge=purge,
    ),
)
