"""Decisions about the rights of people over their data."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.rights.enums import ErasureState

if TYPE_CHECKING:
    from matchmaker.rights.models import DataExport, ErasureRecipient, ErasureRequest

ARCHIVE_DAYS = 7
"""For how long an archive can be downloaded; then it is removed, for it holds everything in one place."""
ARCHIVE_TERM = timedelta(days=ARCHIVE_DAYS)
HANDLING_ROLES = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR, InstitutionRole.ADMINISTRATOR)
LONGEST_NOTE = 1000
ERASED = (ErasureState.CARRIED_OUT, ErasureState.PARTLY)


def may_download(actor: Actor, export: "DataExport") -> bool:
    """Only the person whose data it holds, whoever else may do whatever else."""
    return actor.is_authenticated and export.person_id == actor.person_id


def handled_countries(actor: Actor) -> tuple[str, ...] | None:
    """The countries whose requests the actor answers; None for all of them."""
    if actor.is_operator:
        return None
    found = (grant.country for grant in actor.grants if grant.role in HANDLING_ROLES and grant.country)
    return tuple(dict.fromkeys(found))


def handles(actor: Actor) -> bool:
    """Staff of an institution answer the requests of its country, the operator those of all."""
    return actor.is_operator or bool(handled_countries(actor))


def may_handle(actor: Actor, request: "ErasureRequest") -> bool:
    """Nobody answers their own request."""
    if not handles(actor) or request.person_id == actor.person_id:
        return False
    countries = handled_countries(actor)
    return countries is None or request.country in countries


def is_overdue(request: "ErasureRequest", today: date) -> bool:
    """Whether the term of the law is over and nothing was answered."""
    return request.state is ErasureState.ASKED and today > request.due_on


def may_tell(actor: Actor, recipient: "ErasureRecipient") -> bool:
    """Whoever answers the request also tells who received the data."""
    return may_handle(actor, recipient.request)
