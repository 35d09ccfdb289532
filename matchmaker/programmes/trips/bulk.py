"""Accepting many applications at once: what fits is accepted, the rest is named."""

from collections.abc import Collection
from dataclasses import dataclass

from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import sign_up_services
from matchmaker.programmes.models import Programme
from matchmaker.programmes.offers import pool_of
from matchmaker.programmes.screening import OnHold
from matchmaker.programmes.trips import assessment_queries
from matchmaker.programmes.trips.words import applicant_name, quota_word


@dataclass(frozen=True, slots=True)
class Outcome:
    """The numbers that were accepted, the names of those left out, and of those who wait for compliance."""

    accepted: tuple[int, ...]
    left_out: tuple[str, ...]
    on_hold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Places of all and of one quota: taken, kept, left."""

    label: str
    taken: int
    places: int
    left: int


def standing(programme: Programme) -> list[Standing]:
    """The places of a trip, all first, then by quota."""
    pool = pool_of(programme)
    found = [Standing("", pool.all_taken, pool.places, pool.left)]
    words = {one.id: quota_word(one) for one in programme.quotas}
    return found + [
        Standing(words[one.id], pool.taken.get(one.id, 0), one.places, pool.left_of(one))
        for one in pool.quotas
    ]


def accept_selected(actor: Actor, programme: Programme, selected: Collection[int]) -> Outcome:
    """Accept the selected in the order of the ranking, those without a score last; nobody is moved who does not fit."""
    programme = programme_queries.locked_programme(programme.id)
    accepted, left_out, on_hold = [], [], []
    for one in assessment_queries.scored(actor, programme):
        sign_up = one.sign_up
        if sign_up.id not in selected:
            continue
        name = applicant_name(sign_up)
        if sign_up.state not in assessment_queries.TO_DECIDE:
            left_out.append(name)
            continue
        try:
            sign_up_services.accept(actor, sign_up)
            accepted.append(sign_up.id)
        except OnHold:
            on_hold.append(name)
        except DomainError as error:
            if error.status != DomainError.status:
                raise
            left_out.append(name)
    return Outcome(tuple(accepted), tuple(left_out), tuple(on_hold))
