"""The words of the lists."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.firms.registers.sheets import SheetProblem
from matchmaker.meetings.files.lists import ListKind

LISTS: dict[ListKind, LazyString] = {
    ListKind.FIRMS: _l("Firms"),
    ListKind.WISHES: _l("Wishes"),
    ListKind.TABLES: _l("Tables"),
    ListKind.INTERPRETERS: _l("Interpreters"),
    ListKind.MEETINGS: _l("Meetings"),
}
UNREADABLE = _l("This file cannot be read as a list. Use CSV or XLSX with the columns of the export.")
TOO_LARGE = _l("This file is too large.")


def problem_word(problem: SheetProblem) -> LazyString:
    """Why a file cannot be read."""
    large = (SheetProblem.TOO_LARGE, SheetProblem.TOO_MANY_ROWS)
    return TOO_LARGE if problem in large else UNREADABLE
