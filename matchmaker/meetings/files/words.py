"""The words of the lists."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.meetings.files.lists import ListKind

LISTS: dict[ListKind, LazyString] = {
    ListKind.FRAME: _l("Frame of the day"),
    ListKind.BLOCKS: _l("Blocks and breaks"),
    ListKind.FIRMS: _l("Firms"),
    ListKind.PEOPLE: _l("People"),
    ListKind.TABLES: _l("Tables"),
    ListKind.INTERPRETERS: _l("Interpreters"),
    ListKind.WISHES: _l("Wishes"),
    ListKind.MEETINGS: _l("Meetings"),
}
"""In the order in which they come in."""
WHOLE_DAY = _l("The whole day (JSON)")
