"""Tells people about an interest: the title of the opportunity on the page, nothing of it in the mail."""

from collections.abc import Iterable

from matchmaker.accounts.models import Person
from matchmaker.firms.queries import members_to_tell
from matchmaker.institutions.queries import officers
from matchmaker.notifications.services import notify
from matchmaker.opportunities import rules
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.notices import title_of


def tell_owner(interest: Interest, kind: str, *, days: int = 0) -> int:
    """Tell the members of the opportunity's firm, once for each of the days; returns how many were told."""
    return _tell(members_to_tell(interest.opportunity.firm_id), interest, kind, days)


def tell_asker(interest: Interest, kind: str) -> None:
    """Tell the members of the interested firm."""
    _tell(members_to_tell(interest.firm_id), interest, kind, 0)


def tell_institution(interest: Interest, kind: str) -> None:
    """Tell the staff of the owner's country."""
    _tell(officers(interest.opportunity.firm.country, *rules.REVIEWERS), interest, kind, 0)


def _tell(people: Iterable[Person], interest: Interest, kind: str, days: int) -> int:
    path, key = f"/opportunity-interests/{interest.id}", f"interest {interest.id} {kind} {days}"
    told = [
        notify(person.id, kind, title_of(interest.opportunity, person.language), path, key)
        for person in people
    ]
    return sum(one is not None for one in told)
