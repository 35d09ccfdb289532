"""Who may look into the registers for businesses to invite.

Companies are public by law of every country here. A sole trader's name is personal data: only people of an institution
of the own country see such entries, nobody else learns that they exist, and each showing is logged with the entry.
"""

from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor
from matchmaker.firms.code_rules import ISSUING, may_issue
from matchmaker.firms.enums import RegisterKind

if TYPE_CHECKING:
    from matchmaker.firms.models import RegisterEntry


def may_search(actor: Actor) -> bool:
    """Staff and coordinators of an institution with a country."""
    return bool(own_countries(actor))


def own_countries(actor: Actor) -> frozenset[str]:
    """The countries for whose businesses the actor's institutions speak."""
    return frozenset(one.country for one in actor.grants if one.role in ISSUING and one.country)


def may_see(actor: Actor, entry: "RegisterEntry") -> bool:
    """Companies are seen by all who may search, sole traders by those of their own country."""
    return may_search(actor) and (entry.kind is RegisterKind.COMPANY or entry.country in own_countries(actor))


def may_invite(actor: Actor, entry: "RegisterEntry") -> bool:
    """An entry is invited by an institution of its own country, and only where its region is mapped."""
    return may_issue(actor, entry.country) and bool(entry.region_code)
