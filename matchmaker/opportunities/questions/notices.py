"""Tells people about a question: the title of the opportunity on the page, nothing of it in the mail, nobody's name."""

from collections.abc import Iterable

from matchmaker.accounts.models import Person
from matchmaker.firms.queries import members_of, members_to_tell
from matchmaker.institutions.queries import officers
from matchmaker.notifications.services import notify
from matchmaker.opportunities import rules
from matchmaker.opportunities.notices import path_of, title_of
from matchmaker.opportunities.questions import queries
from matchmaker.opportunities.questions.models import OpportunityQuestion


def tell_owner(question: OpportunityQuestion, kind: str) -> None:
    """Tell the members of the firm that is asked."""
    _tell(members_to_tell(question.opportunity.firm_id), question, kind)


def tell_asker(question: OpportunityQuestion, kind: str) -> None:
    """Tell the members of the firm that asked."""
    _tell(members_to_tell(question.firm_id), question, kind)


def tell_interested(question: OpportunityQuestion, kind: str) -> None:
    """Tell the members of the other firms that are interested; they read it at the opportunity."""
    members = members_of(queries.interested_firms(question))
    people = [person for found in members.values() for person in found]
    _tell(people, question, kind, f"{path_of(question.opportunity)}#questions")


def tell_institution(question: OpportunityQuestion, kind: str) -> None:
    """Tell the staff of the owner's country."""
    _tell(officers(question.opportunity.firm.country, *rules.REVIEWERS), question, kind)


def _tell(people: Iterable[Person], question: OpportunityQuestion, kind: str, path: str = "") -> None:
    key = f"opportunity question {question.id} {kind} {question.version}"
    for person in people:
        subject = title_of(question.opportunity, person.language)
        notify(person.id, kind, subject, path or f"/opportunity-questions/{question.id}", key)
