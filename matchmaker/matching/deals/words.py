"""Words of deals."""

from typing import Final

from flask_babel import lazy_gettext as _l

from matchmaker.core.i18n import language, show_percent
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

SHARES: Final = {
    0: _l("Nothing of it"),
    25: _l("About a quarter"),
    50: _l("About half"),
    75: _l("About three quarters"),
    100: _l("All of it"),
}


def kind_word(kind: DealKind) -> str:
    """What the firms agreed on."""
    return str(KINDS[kind])


def state_word(state: DealState) -> str:
    """The word of a state."""
    return str(STATES[state][0])


def share_text(share: int | None) -> str:
    """A share of a deal in per cent and in words; empty where it is not stated."""
    return f"{show_percent(share / 100)} – {SHARES[share]}" if share in SHARES else ""


def goods_text(code: str) -> str:
    """A HS code with its name in the reader's language; empty without a known code."""
    found = hs.get(code) if code else None
    return f"{found.dotted} {found.label(language())}" if found else ""
