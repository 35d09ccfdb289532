"""Tells people about an opportunity: its title on the page, nothing of it in the mail."""

from collections.abc import Iterable

from matchmaker.accounts.models import Person
from matchmaker.firms.queries import members_to_tell
from matchmaker.institutions.queries import officers
from matchmaker.notifications.services import notify
from matchmaker.opportunities import rules
from matchmaker.opportunities.models import Opportunity


def path_of(opportunity: Opportunity) -> str:
    """Where everybody finds it."""
    return f"/opportunities/{opportunity.id}"


def title_of(opportunity: Opportunity, language: str) -> str:
    """Its title for a reader of the language."""
    text = rules.in_language(opportunity, language)
    return text.title if text else ""


def tell_reviewers(opportunity: Opportunity) -> None:
    """Tell the staff of the firm's country that something waits for their review."""
    people = officers(opportunity.firm.country, *rules.REVIEWERS)
    _tell(people, opportunity, "opportunity_to_review")


def tell_counterparts(opportunity: Opportunity) -> None:
    """Tell the staff of the countries reached that they may object."""
    for reach in opportunity.reaches:
        _tell(officers(reach.country, *rules.REVIEWERS), opportunity, "opportunity_to_answer")


def tell_of_objection(opportunity: Opportunity) -> None:
    """Tell the staff of the firm's country that the other institution objects."""
    people = officers(opportunity.firm.country, *rules.REVIEWERS)
    _tell(people, opportunity, "opportunity_objected")


def tell_firm(opportunity: Opportunity, kind: str, *, but: int = 0) -> None:
    """Tell the members of the firm; `but` is the person who did it."""
    people = [person for person in members_to_tell(opportunity.firm_id) if person.id != but]
    _tell(people, opportunity, kind)


def warn(opportunity: Opportunity, days: int) -> int:
    """Warn the members of the firm once for each last day; returns how many were told."""
    key = f"opportunity {opportunity.id} ends {opportunity.expires_on} {days}"
    kind = f"opportunity_ends_{days}"
    told = [
        notify(person.id, kind, title_of(opportunity, person.language), path_of(opportunity), key)
        for person in members_to_tell(opportunity.firm_id)
    ]
    return sum(one is not None for one in told)


def _tell(people: Iterable[Person], opportunity: Opportunity, kind: str) -> None:
    key = f"opportunity {opportunity.id} {kind} {opportunity.version}"
    for person in people:
        notify(person.id, kind, title_of(opportunity, person.language), path_of(opportunity), key)
