"""The words of B2B days and their meetings, each state with the kind of its badge."""

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _l

from matchmaker.meetings.enums import BlockKind, DayState, DayVerb
from matchmaker.meetings.models import DayBlock

DAY_STATES: dict[DayState, tuple[LazyString, str]] = {
    DayState.DRAFT: (lazy_pgettext("B2B day", "Draft"), ""),
    DayState.WISHES: (_l("Open for wishes"), "info"),
    DayState.PLANNING: (_l("Being planned"), "info"),
    DayState.PUBLISHED: (lazy_pgettext("B2B day", "Published"), "ok"),
    DayState.RUNNING: (lazy_pgettext("B2B day", "Running"), "ok"),
    DayState.DONE: (lazy_pgettext("B2B day", "Done"), ""),
    DayState.CANCELLED: (lazy_pgettext("B2B day", "Cancelled"), "danger"),
}
DAY_VERBS: dict[DayVerb, LazyString] = {
    DayVerb.OPEN: _l("Ask the firms for their wishes"),
    DayVerb.CLOSE: _l("Close the wishes"),
    DayVerb.REOPEN: _l("Open the wishes again"),
}
"""The buttons; the other steps have pages of their own."""
BLOCK_KINDS: dict[BlockKind, LazyString] = {
    BlockKind.MEETINGS: _l("Meetings"),
    BlockKind.BREAK: _l("Break"),
}


def block_name(block: DayBlock, language: str) -> str:
    """The name that staff gave a block, else what kind it is."""
    return block.name(language) or str(BLOCK_KINDS[block.kind])
