"""Those who run a B2B day."""

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.db import db
from matchmaker.institutions.models import Institution
from matchmaker.meetings.models import B2bDay
from tests.factories.institutions import official
from tests.matching.world import actor_of


def runner_of(day: B2bDay) -> Actor:
    """Staff of the organiser of a day that was read with its programme."""
    organiser = db.session.get_one(Institution, day.programme.institution_id)
    return actor_of(official(organiser, InstitutionRole.STAFF))
