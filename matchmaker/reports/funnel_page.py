"""What the page of the funnel shows, and its figures as a table to take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, order_countries, show_number, show_percent
from matchmaker.core.sheets_out import Cell
from matchmaker.engines.text.collation import sort_key
from matchmaker.reference import regions
from matchmaker.reports import choices, queries, rules
from matchmaker.reports.asked import NOT_STATED, Asked
from matchmaker.reports.choices import Options
from matchmaker.reports.enums import Cut, Stage
from matchmaker.reports.queries import EARLIER, Figures
from matchmaker.reports.words import CUTS, STAGES


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the number, None where too few firms are behind it, and the list it opens for who reads lists."""

    number: int | None
    url: str = ""

    @property
    def text(self) -> str:
        """As it is shown."""
        return show_number(self.number) if self.number is not None else str(_("not shown"))


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage of the whole report: its figure, its share of the registered firms, and the length of its bar."""

    label: str
    meaning: str
    figure: Figure
    share: str
    bar: float


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the cut with its figures by stage."""

    label: str
    figures: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class FunnelPage:
    """A report with what its filters offer."""

    asked: Asked
    told: Sequence[str]
    stages: Sequence[StageLine]
    parts: Sequence[PartLine]
    tabs: Sequence[Mapping[str, object]]
    split: str
    mous: Options
    countries: Options
    regions: Sequence[tuple[str, Options]]
    sectors: Sequence[tuple[str, Options]]
    outside: bool


def funnel_page(actor: Actor, asked: Asked) -> FunnelPage:
    """Put the report together for a reader."""
    mous = queries.memorandums()
    offered = choices.of_countries(mous)
    stages, parts = _lines(actor, asked)
    return FunnelPage(
        asked=asked,
        told=choices.told(asked, mous),
        stages=stages,
        parts=parts,
        tabs=[
            {
                "url": url_for("reports.funnel", **replace(asked, by=cut).args()),
                "label": label,
                "current": cut is asked.by,
            }
            for cut, label in CUTS.items()
        ],
        split=str(CUTS[asked.by]),
        mous=[(str(mou.id), f"{mou.number} · {mou.title(language())}") for mou in mous],
        countries=offered,
        regions=choices.of_regions(offered, asked.country),
        sectors=choices.of_sectors(),
        outside=not rules.sees_all_figures(actor),
    )


def sheet(actor: Actor, asked: Asked) -> tuple[list[str], list[list[Cell]]]:
    """The figures by the parts of the cut, and the whole in the last row."""
    stages, parts = _lines(actor, asked)
    columns = [str(CUTS[asked.by]), *(line.label for line in stages)]
    rows: list[list[Cell]] = [[line.label, *(_cell(figure) for figure in line.figures)] for line in parts]
    return columns, [*rows, [str(_("In all")), *(_cell(line.figure) for line in stages)]]


def _cell(figure: Figure) -> Cell:
    return figure.number if figure.number is not None else figure.text


def _lines(actor: Actor, asked: Asked) -> tuple[list[StageLine], list[PartLine]]:
    figures = queries.figures(asked)
    shown = {stage: _shown(actor, figures, stage) for stage in Stage}
    keys = _ordered(asked, list(figures))
    paths = _paths(actor)
    parts = []
    for key in keys:
        query = urlencode(_part_of(asked, key).args())
        row = [_figure(paths, stage, shown[stage].get(key), query) for stage in Stage]
        parts.append(PartLine(choices.part(asked.by, key), row))
    return _stages(actor, asked, figures), parts


def _paths(actor: Actor) -> Mapping[Stage, str]:
    """The addresses of the lists, for who reads lists; written once, for a page may show a thousand figures."""
    if not rules.sees_lists(actor):
        return {}
    return {stage: url_for("reports.firms", stage=stage.value) for stage in Stage}


def _shown(actor: Actor, figures: Figures, stage: Stage) -> dict[str, int]:
    column = {key: row.get(stage, 0) for key, row in figures.items()}
    return column if rules.sees_all_figures(actor) else rules.shown_outside(column)


def _stages(actor: Actor, asked: Asked, figures: Figures) -> list[StageLine]:
    sums = {stage: sum(row.get(stage, 0) for row in figures.values()) for stage in Stage}
    shown = sums if rules.sees_all_figures(actor) else rules.large(sums)
    most = max(shown.values(), default=0) or 1
    whole = shown.get(Stage.REGISTERED, 0)
    paths, query = _paths(actor), urlencode(asked.args())
    return [
        StageLine(
            label=str(label),
            meaning=str(meaning),
            figure=_figure(paths, stage, shown.get(stage), query),
            share=_share(shown[stage], whole) if whole and stage in shown else "–",
            bar=100 * shown.get(stage, 0) / most,
        )
        for stage, (label, meaning) in STAGES.items()
    ]


def _share(part: int, whole: int) -> str:
    least = 1 / 100
    return f"< {show_percent(least)}" if 0 < part / whole < least else show_percent(part / whole)


def _figure(paths: Mapping[Stage, str], stage: Stage, number: int | None, query: str) -> Figure:
    if not number or stage not in paths:
        return Figure(number)
    return Figure(number, f"{paths[stage]}?{query}".rstrip("?"))


def _part_of(asked: Asked, key: str) -> Asked:
    if key == EARLIER:
        return replace(asked, until=queries.months(asked)[0] - timedelta(days=1))
    return asked.within(asked.by, key)


def _ordered(asked: Asked, keys: Sequence[str]) -> list[str]:
    """Countries and regions by the alternat, then by name; months in order of time; what is not stated last."""
    if asked.by is Cut.COUNTRY:
        return order_countries(sorted(keys))
    if asked.by is Cut.REGION:
        owners = {key: found.country if (found := regions.get(key)) else "" for key in keys}
        places = {
            code: place for place, code in enumerate(order_countries(sorted({*owners.values()} - {""})))
        }
        return sorted(
            keys,
            key=lambda key: (
                places.get(owners[key], len(places)),
                sort_key(choices.part(asked.by, key), language()),
            ),
        )
    return sorted(keys, key=lambda key: (key == NOT_STATED, key != EARLIER, key))
