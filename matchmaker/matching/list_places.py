"""Where a firm stands in another one's list, and everything beside the points and the hard rules that puts it there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from matchmaker.firms.models import Firm
from matchmaker.firms.names import reader_name
from matchmaker.matching import lists, wishes
from matchmaker.matching.enums import WishKind
from matchmaker.matching.exposure import queries as exposure
from matchmaker.matching.own_fit import own_fits
from matchmaker.matching.relevance.queries import mark_of
from matchmaker.matching.relevance.words import REASONS

MOST: Final = 100
"""How far down a list is looked."""


@dataclass(frozen=True, slots=True)
class PlaceInList:
    """One direction of a pair: whose list, the place in it from 1 (None when not among the first MOST), and the reasons."""

    owner: Firm
    other: Firm
    place: int | None
    reasons: Sequence[str]


def place_in_list(owner: Firm, other: Firm) -> PlaceInList:
    """The place of `other` in the suggestions of `owner`, both fully loaded; the words are for staff."""
    numbers = [number for number, _total in lists.ranking(owner.id, MOST)]
    place = numbers.index(other.id) + 1 if other.id in numbers else None
    return PlaceInList(owner, other, place, _reasons(owner, other))


def _reasons(owner: Firm, other: Firm) -> list[str]:
    found, name = [], reader_name(other)
    wish = wishes.wish_of(owner.id, other.id)
    if wish is WishKind.MUST_MEET:
        found.append(_("The owner of the list must meet %(firm)s: it stands above all others.", firm=name))
    elif wish is WishKind.WOULD_MEET:
        found.append(_("The owner of the list would meet %(firm)s: it stands above the others.", firm=name))
    mark = mark_of(owner.id, other.id)
    if mark is not None:
        reason = str(REASONS[mark.reason])
        found.append(_("The owner called %(firm)s not relevant: %(reason)s.", firm=name, reason=reason))
    points = own_fits(owner, [other])[other.id].lowering.points
    if points:
        found.append(
            _(
                "%(firm)s is lowered by %(points)s points: similar ones were called not relevant.",
                firm=name,
                points=points,
            )
        )
    over = exposure.gives_way(owner.id, other.id)
    if over is not None and wish not in wishes.LIFT:
        found.append(
            _(
                "%(firm)s is over the cap: by points it would stand in %(natural)s lists, at most %(most)s are allowed. "
                "It gives way here to the next firm.",
                firm=name,
                natural=over.natural,
                most=over.most,
            )
        )
    return found
