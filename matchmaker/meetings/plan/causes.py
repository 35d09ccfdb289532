"""Why a wish has no place, in words; docs/timetable.md lists the codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from matchmaker.engines.timetable.board import make_board
from matchmaker.engines.timetable.causes import explain
from matchmaker.engines.timetable.day import Cause
from matchmaker.meetings.plan.labels import Labels, joined

if TYPE_CHECKING:
    from matchmaker.meetings.plan.problem import Problem


def causes_of(problem: Problem) -> dict[int, Cause]:
    """Why each meeting without a place has none, as the timetable stands now, by number."""
    # A meeting that was refused after it was placed is a clash, not a wish without a place.
    placed = {one.meeting for one in problem.placements}
    if len(placed) == len(problem.day.meetings):
        return {}
    board = make_board(problem.day)
    known = tuple(one for one in problem.placements if one.meeting in board.meeting_at)
    return {one.meeting: one for one in explain(board, known) if one.meeting not in placed}


def kept(problem: Problem, cause: Cause) -> dict[str, Any]:
    """A cause as Meeting.cause keeps it: what says nothing is left out, pools go by their pair of languages."""
    told: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(cause).items()
        if value != () and name not in ("meeting", "pools")
    }
    if cause.pools:
        told["pairs"] = [problem.pairs[number] for number in cause.pools]
    nobody = _nobody(problem, cause)
    return {"code": "nobody_named", "firms": nobody} if nobody else told


def in_words(problem: Problem, labels: Labels, cause: Cause) -> str:
    """Why a wish has no place, one sentence."""
    nobody = _nobody(problem, cause)
    if nobody:
        return str(_("Nobody has been named who comes: %(firms)s.", firms=_firms(labels, nobody)))
    if cause.free and not labels.times(cause.free):
        return str(_("No common time is left."))
    return _WORDS[cause.code](labels, cause)


def _nobody(problem: Problem, cause: Cause) -> list[int]:
    if cause.code != "no_common_slot":
        return []
    return [one for one in cause.firms if one in problem.nobody]


def _firms(labels: Labels, numbers: Any) -> str:
    return joined(labels.firm(one) for one in numbers)


def _free(labels: Labels, cause: Cause) -> str:
    return labels.times(cause.free)


_WORDS: Mapping[str, Callable[[Labels, Cause], str]] = {
    "declined": lambda labels, cause: _("One of the firms said no."),
    "no_common_slot": lambda labels, cause: _("The firms are never there at the same time."),
    "session_closed": lambda labels, cause: _(
        "They are there together only at %(times)s, outside the time that the wish asks for.",
        times=_free(labels, cause),
    ),
    "locked_elsewhere": lambda labels, cause: _("It is locked at another time."),
    "order_impossible": lambda labels, cause: _("The order of the meetings leaves no time for it."),
    "limit_reached": lambda labels, cause: _(
        "Already as many meetings as wanted: %(firms)s.", firms=_firms(labels, cause.firms)
    ),
    "firm_full": lambda labels, cause: _(
        "Already busy at every time that was possible: %(firms)s.", firms=_firms(labels, cause.firms)
    ),
    "firm_busy": lambda labels, cause: _("Whenever one of them is free, the other has a meeting."),
    "table_full": lambda labels, cause: _(
        "Both are free only at %(times)s, when all tables are taken.", times=_free(labels, cause)
    ),
    "language_full": lambda labels, cause: _(
        "Both are free only at %(times)s, when all tables for their language are taken.",
        times=_free(labels, cause),
    ),
    "host_taken": lambda labels, cause: _(
        "Both are free only at %(times)s, when the host's own table is taken.", times=_free(labels, cause)
    ),
    "pool_full": lambda labels, cause: _(
        "Both are free only at %(times)s, when all interpreters of %(pairs)s are taken.",
        times=_free(labels, cause),
        pairs=joined(labels.pool(one) for one in cause.pools),
    ),
    "order_blocked": lambda labels, cause: _(
        "Both are free only at %(times)s, which the order of the meetings forbids.",
        times=_free(labels, cause),
    ),
    "mixed": lambda labels, cause: _(
        "Both are free only at %(times)s, and something else is missing each time.",
        times=_free(labels, cause),
    ),
    "not_chosen": lambda labels, cause: _("Both are free at %(times)s.", times=_free(labels, cause)),
}
