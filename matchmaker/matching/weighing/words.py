"""Words of sets of points."""

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.engines.fit.numbers import HALF, Flaw
from matchmaker.matching.weighing.enums import WeightState
from matchmaker.matching.weighing.models import WeightSet

STATES: Final = {
    WeightState.DRAFT: (_l("Draft"), ""),
    WeightState.PROPOSED: (_l("Proposed"), "info"),
    WeightState.IN_USE: (_l("In use"), "ok"),
    WeightState.REPLACED: (_l("Replaced"), ""),
    WeightState.DECLINED: (_l("Declined"), "danger"),
    WeightState.WITHDRAWN: (_l("Withdrawn"), "danger"),
}
NUMBERS: Final = {
    "product_2": _l("Goods: the same two digits"),
    "product_4": _l("Goods: the same four digits"),
    "product_6": _l("Goods: the same six digits"),
    "breadth": _l("Goods: share of what is sought"),
    "partnership": _l("Kind of partnership"),
    "volume_some": _l("Volume: some of the need"),
    "volume_half": _l("Volume: half of the need"),
    "volume_full": _l("Volume: the whole need"),
    "certificates": _l("Certificates"),
    "languages": _l("Languages"),
    "sector_2": _l("Sector: the same division"),
    "sector_3": _l("Sector: the same group"),
    "sector_4": _l("Sector: the same class"),
    "reciprocity": _l("Both sides gain"),
}


def name_of(weight_set: WeightSet) -> str:
    """What a set is called; a draft goes by its number and the event that it was learned from."""
    if weight_set.name:
        return weight_set.name
    if weight_set.named_after:
        return str(_("Draft %(number)s, after %(event)s", number=weight_set.id, event=weight_set.named_after))
    return str(_("Draft %(number)s", number=weight_set.id))


def flaw_text(flaw: Flaw, total: int) -> str:
    """What to do about a flaw."""
    if flaw.kind == "falling":
        return str(_("Give at least as many points as for the level before."))
    if flaw.kind == "range":
        return str(_("Enter a number between %(least)s and %(most)s.", least=0, most=HALF))
    return str(
        _(
            "The points of one side have to add up to %(wanted)s; these add up to %(total)s. "
            "Of each criterion with levels only the highest one counts.",
            wanted=HALF,
            total=total,
        )
    )
