"""What is wrong with a timetable that once was right: firms that leave earlier, tables that closed, a no said later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from matchmaker.engines.timetable.check import Violation, check_placements

if TYPE_CHECKING:
    from matchmaker.engines.timetable.day import Placement
    from matchmaker.meetings.plan.labels import Labels
    from matchmaker.meetings.plan.problem import Problem


def clashes_of(
    problem: Problem, labels: Labels, placements: Iterable[Placement] | None = None
) -> dict[int, str]:
    """What is wrong with each placed meeting, in words, by number; the first that is found.

    `placements` are others than those of the timetable as it stands.
    """
    found: dict[int, str] = {}
    for one in check_placements(problem.day, problem.placements if placements is None else placements):
        if one.code in _WORDS:
            which, words = _WORDS[one.code]
            found.setdefault(one.ids[which], words(labels, one))
    # Named interpreters are counted by what is booked: by hand, one may be given who is in another pool.
    for meeting in problem.meetings.values():
        if meeting.slot_id and meeting.pair and not any(one.interpreter_id for one in meeting.bookings):
            found.setdefault(meeting.id, str(_("Without an interpreter")))
    return found


_Words = Callable[["Labels", Violation], str]
_WORDS: Mapping[str, tuple[int, _Words]] = {
    "declined_placed": (0, lambda labels, one: _("One of the firms said no")),
    "firm_away": (0, lambda labels, one: _("Not there then: %(firm)s", firm=labels.firm(one.ids[1]))),
    "wrong_session": (0, lambda labels, one: _("Wished for another part of the day")),
    "not_at_fixed_slot": (0, lambda labels, one: _("Set for another time")),
    "table_blocked": (0, lambda labels, one: _("The table is closed then")),
    "table_of_another": (0, lambda labels, one: _("The table belongs to another firm")),
    "host_away_from_table": (0, lambda labels, one: _("The host has a table of its own")),
    "table_without_language": (0, lambda labels, one: _("The table is for another language")),
    "order_broken": (
        1,
        lambda labels, one: _("Has to come after %(meeting)s", meeting=labels.meeting(one.ids[0])),
    ),
}
