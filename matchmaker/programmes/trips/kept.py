"""How long the papers of travellers are kept: each trip has a time of its own."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.retention import DataClass
from matchmaker.programmes.trips import rules
from matchmaker.programmes.trips.purge import TRAVEL_PAPERS, purge_papers

CLASSES = (
    DataClass(
        TRAVEL_PAPERS,
        _l("Passports, needs, emergency contacts, letters"),
        _l("The last day of the trip"),
        _l(
            "Consent of the traveller, for this one trip. Each trip has a time of its own, chosen by its institution."
        ),
        days=rules.USUAL_PURGE_DAYS,
        least=0,
        most=730,
        purge=purge_papers,
        own_terms=True,
    ),
)
