"""What the pages of sets of points show, put together from stored rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import show_number
from matchmaker.core.jobs import Job, JobState
from matchmaker.engines.fit.numbers import NAMES, TOPS
from matchmaker.firms.names import ShownName
from matchmaker.matching.exposure.pages import spread_figures
from matchmaker.matching.fit_words import CRITERIA
from matchmaker.matching.naming import shown_names
from matchmaker.matching.weighing import queries, rules
from matchmaker.matching.weighing.enums import WeightState
from matchmaker.matching.weighing.models import WeightSet
from matchmaker.matching.weighing.words import NUMBERS, STATES, name_of


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a set beside the one in use."""

    label: str
    now: int
    then: int
    counts: bool

    @property
    def difference(self) -> int:
        """How many points more."""
        return self.then - self.now


def numbers(now: Mapping[str, Any], then: Mapping[str, Any]) -> list[Number]:
    """All numbers in order; `counts` marks those that add up to what one side can get."""
    return [Number(str(NUMBERS[name]), int(now[name]), int(then[name]), name in TOPS) for name in NAMES]


@dataclass(frozen=True, slots=True)
class SetRow:
    """One set of the history."""

    url: str
    name: str
    state: str
    kind: str
    weight_set: WeightSet


def set_row(weight_set: WeightSet) -> SetRow:
    """The row of a stored set."""
    state, kind = STATES[weight_set.state]
    return SetRow(
        url_for("matching.weight_set", set_id=weight_set.id),
        name_of(weight_set),
        str(state),
        kind,
        weight_set,
    )


@dataclass(frozen=True, slots=True)
class WeightsPage:
    """The set in use, what waits, the drafts and the history."""

    in_use: WeightSet
    numbers: Sequence[Number]
    proposed: SetRow | None
    drafts: Sequence[SetRow]
    history: Sequence[SetRow]
    may_try: bool


def weights_page(actor: Actor) -> WeightsPage:
    """All sets."""
    now, waiting = queries.in_use(), queries.proposed()
    return WeightsPage(
        in_use=now,
        numbers=numbers(now.points, now.points),
        proposed=set_row(waiting) if waiting else None,
        drafts=[set_row(one) for one in queries.drafts()],
        history=[set_row(one) for one in queries.history()],
        may_try=rules.may_try(actor),
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """A firm that enters or leaves a list."""

    url: str
    name: ShownName
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ChangedList:
    """The list of one firm: who enters, who leaves."""

    url: str
    name: ShownName
    entered: Sequence[Moved]
    left: Sequence[Moved]


@dataclass(frozen=True, slots=True)
class Report:
    """What a finished simulation found."""

    lists: int
    changed: int
    places: int
    by_size: Sequence[tuple[int, int]]
    rows: Sequence[ChangedList]
    spread: Sequence[Mapping[str, Any]]

    @property
    def percent(self) -> int:
        """The share of lists that change."""
        return round(100 * self.changed / self.lists) if self.lists else 0

    @property
    def bars(self) -> list[dict[str, Any]]:
        """How many lists change by how many firms, as bars."""
        return [
            {
                "label": ngettext("%(num)s firm", "%(num)s firms", size),
                "value": round(100 * count / self.lists) if self.lists else 0,
                "text": show_number(count),
            }
            for size, count in self.by_size
        ]

    @property
    def figures(self) -> list[tuple[str, str, str]]:
        """How the places are spread, by the set in use and by this one."""
        before, after = (spread_figures(one) for one in self.spread)
        return [(label, now, then) for (label, now), (_label, then) in zip(before, after, strict=True)]


def report_of(job: Job | None) -> Report | None:
    """The report of a simulation, with the firms' names; None while there is none."""
    if job is None or job.state is not JobState.DONE or "rows" not in job.result:
        return None
    found, named = job.result, _names(job.result["rows"])
    return Report(
        lists=found["lists"],
        changed=found["changed"],
        places=found["places"],
        by_size=[(size, count) for size, count in enumerate(found["by_size"]) if count],
        rows=[
            ChangedList(_profile(owner), named[owner], _moved(entered, named), _moved(left, named))
            for owner, entered, left in found["rows"]
            if owner in named
        ],
        spread=found["spread"],
    )


def _names(rows: Sequence[Any]) -> dict[int, ShownName]:
    numbers = {owner for owner, _entered, _left in rows}
    numbers |= {item[0] for _owner, entered, left in rows for item in (*entered, *left)}
    return shown_names(numbers)


def _moved(items: Sequence[Any], named: Mapping[int, ShownName]) -> list[Moved]:
    return [
        Moved(_profile(number), named[number], before, after)
        for number, before, after in items
        if number in named
    ]


def _profile(firm_id: int) -> str:
    return url_for("directory.show", firm_id=firm_id)


@dataclass(frozen=True, slots=True)
class SetPage:
    """One set with its simulation and what the reader may do with it."""

    weight_set: WeightSet
    name: str
    state: str
    kind: str
    in_use: WeightSet
    numbers: Sequence[Number]
    job: Job | None
    report: Report | None
    waiting: Sequence[str]
    side: str | None
    may_propose: bool
    may_withdraw: bool
    may_try: bool

    @property
    def running(self) -> int | None:
        """The progress of the simulation in per cent while it waits or runs."""
        if self.job is None or self.job.is_over:
            return None
        return round(100 * self.job.done / self.job.total) if self.job.total else 0

    @property
    def learned(self) -> list[tuple[str, int, int, int, int]]:
        """What a calibration says of each criterion; empty for points that a person chose."""
        rows = self.weight_set.evidence.get("learned", [])
        return [(str(CRITERIA[name]), now, then, least, most) for name, now, then, least, most in rows]

    @property
    def outdated(self) -> bool:
        """Whether the set in use changed since the simulation."""
        open_states = (WeightState.DRAFT, WeightState.PROPOSED)
        return self.weight_set.state in open_states and self.weight_set.based_on != self.in_use.name

    @property
    def headline(self) -> str:
        """The finding of the simulation in one sentence."""
        if self.report is None:
            return ""
        return str(
            _(
                "%(changed)s of %(lists)s lists change (%(percent)s%%): %(places)s of the first ten places go to other firms.",
                changed=self.report.changed,
                lists=self.report.lists,
                percent=self.report.percent,
                places=self.report.places,
            )
        )


def set_page(actor: Actor, weight_set: WeightSet) -> SetPage:
    """The page of one stored set."""
    now, job = queries.in_use(), queries.job_of(weight_set)
    waiting: Collection[str] = ()
    if weight_set.state is WeightState.PROPOSED:
        waiting = queries.waiting_sides(weight_set)
    state, kind = STATES[weight_set.state]
    return SetPage(
        weight_set=weight_set,
        name=name_of(weight_set),
        state=str(state),
        kind=kind,
        in_use=now,
        numbers=numbers(now.points, weight_set.points),
        job=job,
        report=report_of(job),
        waiting=tuple(waiting),
        side=rules.answering_side(actor, weight_set, waiting),
        may_propose=rules.may_propose(actor, weight_set),
        may_withdraw=rules.may_withdraw(actor, weight_set),
        may_try=rules.may_try(actor),
    )
