"""Codes of activity as a firm types them, each with the classification it belongs to."""

from typing import TYPE_CHECKING

from matchmaker.core.countries import all_countries
from matchmaker.firms.goods_services import Sector
from matchmaker.reference import nace
from matchmaker.reference.nace import NaceRevision

if TYPE_CHECKING:
    from matchmaker.firms.models import Firm

SHORTEST = 2


def own_revision(country: str) -> NaceRevision:
    """The classification in which firms of a country are registered."""
    known = all_countries().get(country)
    return NaceRevision(known.classification) if known else NaceRevision.NACE_2


def stored_sector(firm: "Firm", typed: str) -> Sector | None:
    """The code to store; one that is there already keeps its revision. None when no sector stands behind it."""
    code = nace.dotted(typed.split(" ", maxsplit=1)[0])
    if len(code.replace(".", "")) < SHORTEST:
        return None
    kept = next((row.revision for row in firm.sectors if row.code == code), None)
    revision = kept or own_revision(firm.country)
    if kept is None and nace.sector_of(code, revision) is None:
        return None
    return Sector(code, revision)
