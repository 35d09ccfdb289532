"""What the page of the exposure shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import show_number
from matchmaker.core.jobs import Job, open_job
from matchmaker.firms.names import ShownName
from matchmaker.matching.exposure import queries
from matchmaker.matching.exposure.models import CappedFirm, ExposureCap, ExposureRound
from matchmaker.matching.exposure.spread import BANDS
from matchmaker.matching.naming import shown_names
from matchmaker.matching.weighing import rules


@dataclass(frozen=True, slots=True)
class Band:
    """One band of the histogram: lists, firms by points alone, firms under the cap, and both as heights of 0 to 100."""

    label: str
    before: int
    after: int
    heights: tuple[int, int]


@dataclass(frozen=True, slots=True)
class OverRow:
    """A firm that gives way."""

    url: str
    name: ShownName
    row: CappedFirm


@dataclass(frozen=True, slots=True)
class ExposurePage:
    """The cap, the last round and who gives way."""

    share: int
    cap: ExposureCap | None
    made: ExposureRound | None
    job: Job | None
    figures: Sequence[tuple[str, str, str]]
    bands: Sequence[Band]
    over: Sequence[OverRow]
    may_set: bool
    may_try: bool

    @property
    def running(self) -> int | None:
        """The progress of a round in per cent while one waits or runs."""
        if self.job is None:
            return None
        return round(100 * self.job.done / self.job.total) if self.job.total else 0

    @property
    def headline(self) -> str:
        """The finding of the last round in one sentence."""
        if self.made is None:
            return ""
        return str(
            _(
                "The most shown tenth of the firms holds %(after)s%% of the first ten places; "
                "by points alone it would be %(before)s%%.",
                before=round(100 * self.made.before["top"]),
                after=round(100 * self.made.after["top"]),
            )
        )


def exposure_page(actor: Actor) -> ExposurePage:
    """The page of the cap."""
    made = queries.last_round()
    return ExposurePage(
        share=queries.share(),
        cap=queries.cap(),
        made=made,
        job=open_job(queries.ROUND),
        figures=_figures(made) if made else (),
        bands=bands(made.before["histogram"], made.after["histogram"]) if made else (),
        over=_over(made.id) if made else (),
        may_set=rules.decides(actor),
        may_try=rules.may_try(actor),
    )


def _figures(made: ExposureRound) -> list[tuple[str, str, str]]:
    before, after = spread_figures(made.before), spread_figures(made.after)
    return [(label, now, then) for (label, now), (_label, then) in zip(before, after, strict=True)]


def spread_figures(spread: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The figures of a spread in words and numbers."""
    return [
        (_("Gini coefficient (0: all alike)"), show_number(round(spread["gini"], 2))),
        (
            _("Places of the most shown tenth of firms"),
            _("%(percent)s%%", percent=round(100 * spread["top"])),
        ),
        (_("Firms in no list"), show_number(spread["never"])),
        (_("Most lists of one firm"), show_number(spread["most"])),
    ]


def band_names() -> list[str]:
    """The bands of the histogram: how many lists a firm stands in."""
    found = []
    for at, least in enumerate(BANDS):
        most = BANDS[at + 1] - 1 if at + 1 < len(BANDS) else None
        found.append(f"{least}+" if most is None else str(least) if most == least else f"{least}–{most}")
    return found


def bands(before: Sequence[int], after: Sequence[int]) -> list[Band]:
    """The histogram up to the last band in which some firm stands; the highest column is 100 high."""
    highest = max([*before, *after], default=0) or 1
    rows = list(zip(band_names(), before, after, strict=True))
    while rows and not rows[-1][1] and not rows[-1][2]:
        rows.pop()
    return [
        Band(label, now, then, (round(100 * now / highest), round(100 * then / highest)))
        for label, now, then in rows
    ]


def _over(round_id: int) -> list[OverRow]:
    rows = queries.over_the_cap(round_id)
    names = shown_names({row.firm_id for row in rows})
    return [
        OverRow(url_for("directory.show", firm_id=row.firm_id), names[row.firm_id], row)
        for row in rows
        if row.firm_id in names
    ]
