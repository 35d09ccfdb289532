"""Words of deals."""

from typing import Final

from flask_babel import lazy_gettext as _l

from matchmaker.core.i18n import language
from matchmaker.matching.deals.enums import DealKind, DealState
from matchmaker.reference import hs

KINDS: Final = {
    DealKind.SALE: _l("Sale of goods or services"),
    DealKind.DISTRIBUTION: _l("Agency or distribution"),
    DealKind.JOINT_PRODUCTION: _l("Joint production"),
    DealKind.LICENCE: _l("Licence"),
    DealKind.OTHER: _l("Another kind of deal"),
}
STATES: Final = {
    DealState.REPORTED: (_l("Waiting for confirmation"), "warn"),
    DealState.CONFIRMED: (_l("Confirmed by both firms"), "ok"),
    DealState.REFUSED: (_l("Not confirmed by the other firm"), "danger"),
    DealState.WITHDRAWN: (_l("Withdrawn"), "danger"),
}


def kind_word(kind: DealKind) -> str:
    """What the firms agreed on."""
    return str(KINDS[kind])


def state_word(state: DealState) -> str:
    """The word of a state."""
    return str(STATES[state][0])


def goods_text(code: str) -> str:
    """A HS code with its name in the reader's language; empty without a known code."""
    found = hs.get(code) if code else None
    return f"{found.dotted} {found.label(language())}" if found else ""
