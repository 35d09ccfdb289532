"""Decisions about who holds a task."""

from typing import Final

from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.home.enums import TaskKind
from matchmaker.home.rules import OFFICERS
from matchmaker.rights.incidents.rules import OFFICERS as INCIDENT_OFFICERS

_CHECKING: Final = frozenset({InstitutionRole.STAFF, InstitutionRole.COORDINATOR})
ROLES: Final = {
    TaskKind.VERIFY: _CHECKING,
    TaskKind.CHANGE: _CHECKING,
    TaskKind.JOIN: _CHECKING,
    TaskKind.DUPLICATE: _CHECKING,
    TaskKind.OPPORTUNITY: _CHECKING,
    TaskKind.FROM_ABROAD: _CHECKING,
    TaskKind.UNANSWERED: _CHECKING,
    TaskKind.APPROVE: frozenset({InstitutionRole.COORDINATOR}),
    TaskKind.SCREEN: frozenset({InstitutionRole.COMPLIANCE}),
    TaskKind.ERASE: _CHECKING,
    TaskKind.INCIDENT: frozenset(INCIDENT_OFFICERS),
    TaskKind.INCIDENT_REPORT: frozenset(INCIDENT_OFFICERS),
}
"""Who may do the tasks of a kind."""
LONGEST_REASON: Final = 300
_HEADS: Final = (InstitutionRole.COORDINATOR, InstitutionRole.ADMINISTRATOR)


def workplace(actor: Actor) -> Grant | None:
    """The institution whose tasks the actor does or looks after: that of the first role for a country."""
    return next((grant for grant in actor.grants if grant.country), None)


def sees_load(actor: Actor) -> bool:
    """Coordinators and administrators see how the work of their institution is spread."""
    return any(grant.country and grant.role in _HEADS for grant in actor.grants)


def sees_ageing(actor: Actor) -> bool:
    """They see how long it waits too, and whoever administers the installation sees it of all institutions."""
    return actor.is_operator or sees_load(actor)


def whole_institution(institution_id: int, country: str) -> Actor:
    """Nobody in person: who would see every task of an institution."""
    return Actor(grants=tuple(Grant(role, institution_id, country) for role in OFFICERS))
