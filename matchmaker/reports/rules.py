"""Who reads which figures and lists, and which figures are too small to show."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.small_cells import LEAST_FIRMS, without_small

READERS: Final = (
    InstitutionRole.STAFF,
    InstitutionRole.COORDINATOR,
    InstitutionRole.COMPLIANCE,
    InstitutionRole.ADMINISTRATOR,
)
"""Who works in the staff area; experts of an institution do not."""
Key = TypeVar("Key", bound=str)
Whole = TypeVar("Whole", bound=Hashable)


def sees_figures(actor: Actor) -> bool:
    """The people of institutions read the figures of both sides."""
    return actor.is_staff


def sees_all_figures(actor: Actor) -> bool:
    """Staff and directors read small figures too."""
    return actor.has(*READERS)


def sees_lists(actor: Actor, *_loaded: object) -> bool:
    """Staff and directors read which firms of their side are behind a figure."""
    return sees_all_figures(actor)


def listed_countries(actor: Actor) -> frozenset[str] | None:
    """The countries whose firms are listed to the actor; None for all, which the operator of the installation reads."""
    if actor.is_operator:
        return None
    return frozenset(grant.country for grant in actor.grants if grant.role in READERS and grant.country)


def lists(actor: Actor, country: str) -> bool:
    """Whether the firms of a country are listed to the actor."""
    found = listed_countries(actor)
    return found is None or country in found


def shown_outside(figures: Mapping[Key, int]) -> dict[Key, int]:
    """The figures of one stage that somebody outside the staff area may see.

    Below five firms nothing is shown. What is hidden could be told from the total where it is small in all; then the
    smallest of the other figures are hidden with it until five firms or more hide together.
    """
    shown = without_small(figures, figures)
    hidden = sum(figures.values()) - sum(shown.values())
    for key in sorted(shown, key=lambda one: (shown[one], one)):
        if not 0 < hidden < LEAST_FIRMS:
            break
        hidden += shown.pop(key)
    return shown


def large(figures: Mapping[Whole, int]) -> dict[Whole, int]:
    """The figures of at least five firms, where the others cannot be told from them."""
    return without_small(figures, figures)
