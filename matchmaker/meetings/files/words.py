"""The words of the lists."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.firms.registers.sheets import SheetProblem
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
UNREADABLE = _l("This file cannot be read as a list. Use CSV or XLSX with the columns of the export.")
TOO_LARGE = _l("This file is too large.")


def problem_word(problem: SheetProblem) -> LazyString:
    """Why a file cannot be read."""
    large = (SheetProblem.TOO_LARGE, SheetProblem.TOO_MANY_ROWS)
    return TOO_LARGE if problem in large else UNREADABLE
