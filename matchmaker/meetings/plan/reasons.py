"""Why the wishes of a day cannot all be held, in words; docs/timetable.md lists the codes."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from matchmaker.engines.timetable.counting import Reason
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.plan import queries
from matchmaker.meetings.plan.labels import Labels, joined
from matchmaker.meetings.plan.problem import Problem

MOST_NAMED: Final = 8
"""Firms or meetings that one sentence names."""


def kept(problem: Problem, reason: Reason) -> dict[str, Any]:
    """A reason as a run keeps it: pools go by their pair of languages."""
    told = asdict(reason)
    if reason.code == "pool_full":
        told["pairs"] = [problem.pairs[number] for number in reason.ids]
    return told


def in_words(day: B2bDay, told: Mapping[str, Any]) -> str:
    """Why not every wish can be held; empty for what no longer has a name, as when a firm was taken out since."""
    of_meetings = told["code"] in _OF_MEETINGS
    rows = queries.some_rows(day, told["ids"] if of_meetings else (), told["ids"])
    labels = Labels(rows)
    known = {one.id for one in rows.meetings} if of_meetings else {one.id for one in rows.participants}
    if told["code"] == "no_slot_for_meeting":
        told = {**told, "ids": told["ids"][:1]}
    if told["code"] in _OF_MEETINGS | _OF_FIRMS and not known.issuperset(told["ids"]):
        return ""
    words = _WORDS[told["code"]](labels, told)
    if told["code"] in _OF_MEETINGS:
        return words
    return str(
        _(
            "%(words)s Wanted: %(wanted)s, possible: %(places)s.",
            words=words,
            wanted=told["wanted"],
            places=told["places"],
        )
    )


def _named(names: list[str]) -> str:
    if len(names) <= MOST_NAMED:
        return joined(names)
    rest = len(names) - MOST_NAMED + 1
    first = ", ".join(names[: MOST_NAMED - 1])
    return str(ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", rest, names=first))


def _firms(labels: Labels, told: Mapping[str, Any]) -> str:
    return _named([labels.firm(one) for one in told["ids"]])


def _meetings(labels: Labels, told: Mapping[str, Any]) -> str:
    return _named([labels.meeting(one) for one in told["ids"]])


def _tables(labels: Labels, told: Mapping[str, Any]) -> str:
    return _named([str(labels.tables[one]) for one in told["ids"] if one in labels.tables])


def _together(labels: Labels, told: Mapping[str, Any]) -> str:
    words = _(
        "These cannot all be held on one day: %(meetings)s.",
        meetings=_meetings(labels, told),
    )
    rules = joined(str(_RULES[one]) for one in told["rules"])
    if not rules:
        return str(words)
    return str(
        _("%(words)s Besides the firms' own times this comes from: %(rules)s.", words=words, rules=rules)
    )


_OF_FIRMS: Final = frozenset({"firm_overbooked", "group_full"})
_OF_MEETINGS: Final = frozenset({"no_slot_for_meeting", "order_impossible", "table_locked_twice", "together"})
_RULES: Final = {
    "tables": _l("the number of tables"),
    "pool": _l("the interpreters"),
    "host": _l("the tables that firms keep to themselves"),
    "language": _l("the tables for a language"),
    "order": _l("the order of the meetings"),
}
_WORDS: Final[Mapping[str, Callable[[Labels, Mapping[str, Any]], str]]] = {
    "firm_overbooked": lambda labels, told: _(
        "%(firms)s has more wishes than times for them.", firms=_firms(labels, told)
    ),
    "group_full": lambda labels, told: _(
        "Too many meetings are wanted among %(firms)s: each time somebody has nobody left to meet.",
        firms=_firms(labels, told),
    ),
    "room_full": lambda labels, told: _(
        "There are too few tables at %(times)s.", times=labels.times(told["ids"])
    ),
    "too_few_present": lambda labels, told: _(
        "The firms that are there at %(times)s cannot hold so many meetings at once.",
        times=labels.times(told["ids"]),
    ),
    "no_slot_for_meeting": lambda labels, told: _(
        "%(meetings)s: there is no time at which this can be held.", meetings=_meetings(labels, told)
    ),
    "order_impossible": lambda labels, told: _(
        "The order of these meetings leaves no time for all of them: %(meetings)s.",
        meetings=_meetings(labels, told),
    ),
    "pool_full": lambda labels, told: _(
        "There are too few interpreters for %(pairs)s.",
        pairs=joined(labels.pair(one) for one in told["pairs"]),
    ),
    "host_full": lambda labels, told: _(
        "Too many meetings are wanted at a table that a firm keeps to itself: %(tables)s.",
        tables=_tables(labels, told),
    ),
    "language_full": lambda labels, told: _(
        "There are too few tables for a language: %(tables)s.", tables=_tables(labels, told)
    ),
    "table_locked_twice": lambda labels, told: _(
        "These are locked at the same table and time: %(meetings)s.", meetings=_meetings(labels, told)
    ),
    "together": _together,
}
