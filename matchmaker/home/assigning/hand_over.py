"""The tasks of somebody who leaves, or whose role ends, each with the colleagues who may do it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.accounts.models import Person
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.home.assigning import queries, services
from matchmaker.home.assigning.services import Moved
from matchmaker.home.inbox import Task
from matchmaker.institutions.models import InstitutionMember

FIELD = "to-"


@dataclass(frozen=True, slots=True)
class Offer:
    """One task and who may do it."""

    task: Task
    colleagues: list[Person]

    @property
    def field(self) -> str:
        """The name of its field in the form."""
        return FIELD + self.task.code


def offers(member: InstitutionMember) -> list[Offer]:
    """Every open task that the person holds or held last."""
    found = queries.left_by(member.person_id, member.institution)
    able = {kind: queries.able_colleagues(member.institution, kind) for kind in {task.kind for task in found}}
    return [Offer(task, [one for one in able[task.kind] if one.id != member.person_id]) for task in found]


def hand_over(actor: Actor, found: list[Offer], chosen: Mapping[str, str], reason: str) -> Moved:
    """Give each task to the colleague chosen for it; one without a choice stays.

    Raises DomainError where nobody was chosen for any, or without a reason.
    """
    wanted: dict[int, list[Task]] = {}
    people: dict[int, Person] = {}
    for offer in found:
        to = next((one for one in offer.colleagues if str(one.id) == chosen.get(offer.field)), None)
        if to is not None:
            people[to.id] = to
            wanted.setdefault(to.id, []).append(offer.task)
    if not wanted:
        raise DomainError(_("Choose a colleague for at least one task."))
    moved = Moved()
    for number in sorted(wanted):
        part = services.give_all(actor, wanted[number], people[number], reason=reason)
        moved.count += part.count
        moved.left += part.left
    return moved
