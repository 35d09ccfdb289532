"""What belongs to business trips that the access matrix asks about."""

from typing import Any

from matchmaker.institutions.models import Institution
from tests.factories.trips import EntryRuleFactory, SupportSchemeFactory


def trip_arguments(own: Institution) -> dict[str, Any]:
    """A rule of entry between the two countries and a scheme of the own institution."""
    return {
        "rule_id": EntryRuleFactory().id,
        "scheme_id": SupportSchemeFactory(institution_id=own.id).id,
    }
