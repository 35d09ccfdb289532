"""Decisions of compliance: which goods are listed, where a screening stands, who decides and who may read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matchmaker.compliance.controlled_goods import TIERS, ListedGood, listed_goods
from matchmaker.compliance.enums import HitState, ScreeningState
from matchmaker.core.actor import Actor, InstitutionRole

if TYPE_CHECKING:
    from matchmaker.compliance.models import ScreeningHit

READING_ROLES = (
    InstitutionRole.STAFF,
    InstitutionRole.COORDINATOR,
    InstitutionRole.COMPLIANCE,
    InstitutionRole.ADMINISTRATOR,
)
STANDING_HITS = frozenset({HitState.OPEN, HitState.CONFIRMED})
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class ControlledGood:
    """A code as a firm entered it, and the listed subheadings that it is or may contain."""

    code: str
    listed: tuple[ListedGood, ...]

    @property
    def tier(self) -> str:
        """The gravest tier among the listed subheadings."""
        return min((good.tier for good in self.listed), key=TIERS.index)

    @property
    def version(self) -> str:
        """The date of the list."""
        return self.listed[0].version


def controlled(hs_codes: Iterable[str]) -> tuple[ControlledGood, ...]:
    """The codes that touch the Common High Priority List, in order, each once.

    Codes are compared as prefixes: a heading or chapter warns when a subheading below it is listed, a longer national
    code when its first six digits are.
    """
    found = []
    for code in sorted({hs_code for hs_code in hs_codes if hs_code}):
        listed = tuple(good for good in listed_goods() if good.code.startswith(code[:6]))
        if listed:
            found.append(ControlledGood(code, listed))
    return tuple(found)


def list_marks(lists: Iterable[tuple[str, str]]) -> list[str]:
    """Names and versions of lists as a screening keeps them, in order."""
    return sorted(f"{name} {version}" for name, version in lists)


def state_of(
    current: Collection[str],
    compared: Collection[Any] | None,
    hits: Iterable[HitState],
    *,
    same_data: bool,
) -> ScreeningState:
    """Where a firm stands: `current` and `compared` are marks of lists, compared None when it was never screened.

    A standing hit counts even when the lists have changed since. Otherwise only a comparison of the firm's present data
    with the present lists, of which there is at least one, makes it clear.
    """
    if any(hit in STANDING_HITS for hit in hits):
        return ScreeningState.HIT
    if not current or compared is None or not same_data or set(current) != set(compared):
        return ScreeningState.UNSCREENED
    return ScreeningState.CLEAR


def screening_countries(actor: Actor) -> tuple[str, ...]:
    """The countries for whose firms the actor decides about hits."""
    found = {
        grant.country for grant in actor.grants if grant.role is InstitutionRole.COMPLIANCE and grant.country
    }
    return tuple(sorted(found))


def may_screen(actor: Actor, *_loaded: object) -> bool:
    """Compliance officers of a country see the hits of its firms."""
    return bool(screening_countries(actor))


def may_decide(actor: Actor, hit: ScreeningHit) -> bool:
    """A compliance officer of the firm's country decides, but never about a firm of one's own."""
    firm = hit.screening.firm
    return actor.has(InstitutionRole.COMPLIANCE, country=firm.country) and not actor.membership(firm.id)


def transfer_countries(actor: Actor) -> tuple[str, ...] | None:
    """The countries whose transfers the actor reads; None for all of them."""
    if actor.is_operator:
        return None
    found = {grant.country for grant in actor.grants if grant.role in READING_ROLES and grant.country}
    return tuple(sorted(found))


def may_read_transfers(actor: Actor, *_loaded: object) -> bool:
    """The people of an agency read the disclosures that concern its country, in either direction; experts do not."""
    return transfer_countries(actor) != ()
