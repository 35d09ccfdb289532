"""The firms behind a figure, as a page and as a list to take away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, order_countries, show_date
from matchmaker.core.paging import Paging
from matchmaker.core.sheets_out import Cell
from matchmaker.firms import rules as firm_rules
from matchmaker.firms.names import ShownName, reader_name, shown_name
from matchmaker.reference import countries
from matchmaker.reports import choices, queries, rules
from matchmaker.reports.asked import NOT_STATED, Asked
from matchmaker.reports.enums import Cut, Stage
from matchmaker.reports.queries import FirmRow
from matchmaker.reports.words import STAGES

ON_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class FirmLine:
    """One firm of the list; the address of its page is empty for who does not open all firms."""

    name: ShownName
    url: str
    country: str
    region: str
    sector: str
    day: str


@dataclass(frozen=True, slots=True)
class SideLine:
    """How many firms of a country are behind the figure, and whether they are listed."""

    country: str
    count: int
    listed: bool


@dataclass(frozen=True, slots=True)
class FirmsPage:
    """The list behind a figure; the counts of the sides add up to the figure."""

    asked: Asked
    stage: Stage
    title: str
    meaning: str
    told: Sequence[str]
    total: int
    sides: Sequence[SideLine]
    firms: Sequence[FirmLine]
    paging: Paging

    @property
    def has_unlisted(self) -> bool:
        """Whether some firms behind the figure are listed to the institutions of their own side only."""
        return any(not side.listed for side in self.sides)

    def url(self, page: int) -> str:
        """The address of another page of the list."""
        return url_for("reports.firms", stage=self.stage.value, page=page, **self.asked.args())


def firms_page(actor: Actor, stage: Stage, asked: Asked, page: int) -> FirmsPage:
    """Put a page of the list together for a reader."""
    by_country = queries.counts(stage, replace(asked, by=Cut.COUNTRY))
    found = queries.firms(stage, asked, rules.listed_countries(actor), page, ON_PAGE)
    opens = firm_rules.is_checking(actor)
    return FirmsPage(
        asked=asked,
        stage=stage,
        title=str(STAGES[stage][0]),
        meaning=str(STAGES[stage][1]),
        told=choices.told(asked, queries.memorandums()),
        total=sum(by_country.values()),
        sides=[
            SideLine(countries.label(code, language()), by_country[code], rules.lists(actor, code))
            for code in order_countries(sorted(by_country))
        ],
        firms=[_line(row, opens) for row in found.items],
        paging=found.paging,
    )


def _line(row: FirmRow, opens: bool) -> FirmLine:
    return FirmLine(
        name=shown_name(row.name, language()),
        url=url_for("directory.show", firm_id=row.name.id) if opens else "",
        country=countries.label(row.name.country, language()),
        region=choices.part(Cut.REGION, row.region or NOT_STATED),
        sector=choices.part(Cut.SECTOR, row.division),
        day=show_date(row.at.date() if isinstance(row.at, datetime) else row.at, "medium"),
    )


def sheet(actor: Actor, stage: Stage, asked: Asked) -> tuple[list[str], list[list[Cell]]]:
    """The whole list of the reader's side."""
    columns = [_("Firm"), _("Country"), _("Region"), _("Sector"), _("Day")]
    rows = queries.all_firms(stage, asked, rules.listed_countries(actor))
    return [str(name) for name in columns], [_cells(row) for row in rows]


def _cells(row: FirmRow) -> list[Cell]:
    day = row.at.date() if isinstance(row.at, datetime) else row.at
    region = choices.part(Cut.REGION, row.region or NOT_STATED)
    country = countries.label(row.name.country, language())
    return [reader_name(row.name), country, region, choices.part(Cut.SECTOR, row.division), day]
