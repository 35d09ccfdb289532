"""Who keeps a shortlist, and of whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor
from matchmaker.firms.rules import may_see

if TYPE_CHECKING:
    from matchmaker.firms.models import Firm

MOST_ENTRIES: Final = 100
MOST_COMPARED: Final = 4
LONGEST_NOTE: Final = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """A firm, and whether it stands on the list of the reader's firm."""

    firm: Firm
    is_kept: bool


def has_shortlist(actor: Actor) -> bool:
    """Everybody who belongs to a firm shares that firm's list, readers included: it changes nothing for others."""
    return actor.firm_id is not None


def may_keep(actor: Actor, firm: Firm) -> bool:
    """A firm that the reader may see and that is not one of the reader's own."""
    return has_shortlist(actor) and actor.membership(firm.id) is None and may_see(actor, firm)


def may_take_off(actor: Actor, one: Kept) -> bool:
    """What stands on the own list can always be taken off it, also a firm that has left the directory since."""
    return one.is_kept or may_keep(actor, one.firm)
