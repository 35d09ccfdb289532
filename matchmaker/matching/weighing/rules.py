"""Who may try, propose and confirm a set of points, and what a set is called."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.matching.weighing.enums import WeightState

if TYPE_CHECKING:
    from matchmaker.matching.weighing.models import WeightSet

READERS: Final = (
    InstitutionRole.STAFF,
    InstitutionRole.COORDINATOR,
    InstitutionRole.COMPLIANCE,
    InstitutionRole.ADMINISTRATOR,
)
TRIERS: Final = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR, InstitutionRole.ADMINISTRATOR)
DECIDERS: Final = (InstitutionRole.COORDINATOR, InstitutionRole.ADMINISTRATOR)
SHORTEST_REASON, LONGEST_REASON = 10, 1000


def _sides(actor: Actor, roles: Iterable[InstitutionRole]) -> frozenset[str]:
    wanted = frozenset(roles)
    return frozenset(grant.country for grant in actor.grants if grant.role in wanted and grant.country)


def sees_weights(actor: Actor, weight_set: WeightSet | None = None) -> bool:
    """The people of the institutions of all countries read every set and its simulation."""
    return bool(_sides(actor, READERS))


def may_try(actor: Actor, weight_set: WeightSet | None = None) -> bool:
    """Staff, coordinators and administrators of a country's institution may try other points out."""
    return bool(_sides(actor, TRIERS))


def decides(actor: Actor, weight_set: WeightSet | None = None) -> bool:
    """Whether somebody speaks for a side when a set is proposed or answered."""
    return bool(deciding_sides(actor))


def deciding_sides(actor: Actor) -> frozenset[str]:
    """The countries for which coordinators and administrators of an institution may propose and answer."""
    return _sides(actor, DECIDERS)


def may_propose(actor: Actor, weight_set: WeightSet) -> bool:
    """A draft is proposed by somebody who decides for a side."""
    return weight_set.state is WeightState.DRAFT and decides(actor)


def answering_side(actor: Actor, weight_set: WeightSet, waiting: Collection[str]) -> str | None:
    """The side for which the actor may answer a proposal: one that has not agreed; nobody answers an own proposal."""
    if weight_set.state is not WeightState.PROPOSED or weight_set.author_id == actor.person_id:
        return None
    return next(iter(sorted(deciding_sides(actor) & frozenset(waiting))), None)


def may_withdraw(actor: Actor, weight_set: WeightSet) -> bool:
    """The side that proposed a set may take it back while it is not in use; a draft may be thrown away by who tries."""
    if weight_set.state is WeightState.DRAFT:
        return may_try(actor)
    return weight_set.state is WeightState.PROPOSED and weight_set.country in deciding_sides(actor)


def waits_for(agreed: Iterable[str], concerned: Iterable[str]) -> tuple[str, ...]:
    """The sides whose yes is missing."""
    return tuple(sorted(frozenset(concerned) - frozenset(agreed)))


def next_name(year: int, taken: Iterable[str | None]) -> str:
    """The year and the next free number in it: 2026-2 after 2026-1."""
    start = f"{year}-"
    numbers = [name[len(start) :] for name in taken if name and name.startswith(start)]
    used = [int(number) for number in numbers if number.isdecimal()]
    return f"{start}{max(used, default=0) + 1}"


def free_name(wanted: str, taken: Iterable[str | None]) -> str:
    """A name that nobody has: the one wanted, else with a number, as where a proposal of the same event was declined."""
    known, at, name = frozenset(taken), 1, wanted
    while name in known:
        at += 1
        name = f"{wanted} ({at})"
    return name
