"""Words of reasons."""

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.firms.enums import FieldGroup
from matchmaker.matching.relevance.enums import Irrelevance
from matchmaker.matching.relevance.rules import Lowering

REASONS: Final = {
    Irrelevance.GOODS: _l("The goods do not suit us"),
    Irrelevance.PARTNERSHIP: _l("We do not want this kind of partnership"),
    Irrelevance.SECTOR: _l("Another branch than ours"),
    Irrelevance.SIZE: _l("Too large or too small for us"),
    Irrelevance.KNOWN: _l("We know the firm already"),
    Irrelevance.OTHER: _l("Another reason"),
}
NOTES: Final = {
    Irrelevance.GOODS.value: _l("Firms that meet you through the same goods only are lowered."),
    Irrelevance.PARTNERSHIP.value: _l(
        "Firms that meet you in the same kinds of partnership only are lowered."
    ),
    Irrelevance.SECTOR.value: _l("Firms with a branch in the same division are lowered."),
    Irrelevance.SIZE.value: _l("Firms of the same size class are lowered."),
    Irrelevance.KNOWN.value: _l("Only this firm leaves your suggestions."),
    Irrelevance.OTHER.value: _l("Only this firm leaves your suggestions."),
}
SHORT: Final = {
    Irrelevance.GOODS: _l("goods"),
    Irrelevance.PARTNERSHIP: _l("kind of partnership"),
    Irrelevance.SECTOR: _l("branch"),
    Irrelevance.SIZE: _l("size"),
}


GROUPS: Final = {
    Irrelevance.GOODS: FieldGroup.PRODUCTS,
    Irrelevance.PARTNERSHIP: FieldGroup.PARTNERSHIPS,
    Irrelevance.SECTOR: FieldGroup.SECTOR,
    Irrelevance.SIZE: FieldGroup.SIZE,
}
"""Which field of the lowered firm a reason tells about."""


def lowering_text(found: Lowering, groups: frozenset[FieldGroup]) -> str:
    """Why a firm is lowered, in one sentence that tells no field which the reader may not see."""
    told = [reason for reason in dict.fromkeys(found.reasons) if GROUPS[reason] in groups]
    if not told:
        return str(_("Like firms that you called not relevant"))
    named = ", ".join(str(SHORT[reason]) for reason in told)
    return str(_("Like firms that you called not relevant, in: %(what)s", what=named))
