"""Reads of the funnel: figures by a cut, and the firms behind them, from the same rows."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple, NoReturn, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.core.paging import Paging, Part
from matchmaker.firms.models import Firm, FirmPast, FirmSector
from matchmaker.firms.names import FirmName
from matchmaker.mous import queries as mous
from matchmaker.mous import rules as mou_rules
from matchmaker.mous.models import Mou
from matchmaker.reference import nace
from matchmaker.reports.asked import DIVISION, NOT_STATED, Asked, last_of_month
from matchmaker.reports.enums import Cut, Stage
from matchmaker.reports.reach import Under, own_moment, reached

Figures = dict[str, dict[Stage, int]]
MONTHS: Final = 12
"""So many months are shown one by one where the address names no beginning."""
MOST_MONTHS: Final = 36
EARLIER: Final = "earlier"
"""The part of everything before the months that are shown one by one."""


class FirmRow(NamedTuple):
    """A firm behind a figure: its names, where it was counted, and when it reached the stage."""

    name: FirmName
    region: str
    division: str
    at: datetime | date


@dataclass(frozen=True, slots=True)
class StageAs:
    """The list of a stage as a file of some kind."""

    stage: Stage
    kind: str


def stage_of(stage: str) -> Stage:
    """A stage by its name; raises NotFound."""
    return Stage(stage) if stage in set(Stage) else _unknown()


def stage_as(stage: str, kind: str) -> StageAs:
    """The list of a stage as a file; raises NotFound."""
    return StageAs(stage_of(stage), kind)


def _unknown() -> NoReturn:
    raise NotFound


def memorandums() -> list[Mou]:
    """The memorandums that a report can be asked for."""
    return mous.signed()


def with_parties(asked: Asked) -> Asked:
    """The report with the countries of its memorandum; raises NotFound for one that nobody signed."""
    if asked.mou_id is None:
        return asked
    found = next((one for one in memorandums() if one.id == asked.mou_id), None)
    return replace(asked, parties=mou_rules.countries(existing(found)))


def figures(asked: Asked, countries: Collection[str] | None = None) -> Figures:
    """How many firms reached each stage, by the parts of the report's cut; parts without any firm are left out."""
    together = asked.by is not Cut.MONTH
    columns = _of_firms(asked, countries) if together else {}
    columns |= {stage: counts(stage, asked, countries) for stage in Stage if stage not in columns}
    found: Figures = {}
    for stage, column in columns.items():
        for part, count in column.items():
            found.setdefault(part, {})[stage] = count
    return found


def _of_firms(asked: Asked, countries: Collection[str] | None) -> dict[Stage, dict[str, int]]:
    """The figures of the stages that the firms themselves tell, in one pass over all firms."""
    sources = [_Source(stage, asked, countries) for stage in (Stage.REGISTERED, Stage.VERIFIED)]
    sums = [func.count(case((and_(*one.bounds()), 1))) for one in sources]
    first = sources[0]
    rows = db.session.execute(first.of_all(first.key(asked.by).label("part"), *sums).group_by("part"))
    found: dict[Stage, dict[str, int]] = {one.stage: {} for one in sources}
    for part, *summed in rows:
        for one, count in zip(sources, summed, strict=True):
            _add(found[one.stage], asked.by, part, count)
    return found


def _add(column: dict[str, int], cut: Cut, part: str, count: int) -> None:
    name = _division(part) if cut is Cut.SECTOR else part or NOT_STATED
    if count:
        column[name] = column.get(name, 0) + count


def counts(stage: Stage, asked: Asked, countries: Collection[str] | None = None) -> dict[str, int]:
    """The figure of one stage by the parts of the report's cut."""
    source = _Source(stage, asked, countries)
    rows = db.session.execute(
        source.select(source.key(asked.by).label("part"), func.count()).group_by("part")
    )
    found: dict[str, int] = {}
    for part, count in rows:
        _add(found, asked.by, part, count)
    return found


def firms(
    stage: Stage, asked: Asked, countries: Collection[str] | None, page: int, size: int
) -> Part[FirmRow]:
    """A page of the firms behind a figure, those that reached the stage last first."""
    total = sum(counts(stage, asked, countries).values())
    paging = Paging.near(page, size, total)
    found = _listed(stage, asked, countries).limit(size).offset(paging.offset)
    return Part(_rows(stage, asked, found), paging)


def all_firms(stage: Stage, asked: Asked, countries: Collection[str] | None) -> list[FirmRow]:
    """All firms behind a figure in the same order."""
    return _rows(stage, asked, _listed(stage, asked, countries))


def _listed(stage: Stage, asked: Asked, countries: Collection[str] | None) -> Select[Any]:
    source = _Source(stage, asked, countries)
    names = (Firm.id, Firm.country, Firm.legal_form, Firm.trade_name, Firm.legal_name, Firm.name_romanised)
    chosen = source.select(*names, source.region, source.main, source.at, sector=True)
    return chosen.order_by(source.at.desc(), Firm.id)


def _rows(stage: Stage, asked: Asked, chosen: Select[Any]) -> list[FirmRow]:
    zone = ZoneInfo(asked.zone)
    return [
        FirmRow(FirmName(*row[:6]), row[6], _division(row[7]), _local(row[8], zone))
        for row in db.session.execute(chosen)
    ]


def _local(at: datetime | date, zone: ZoneInfo) -> datetime | date:
    return at.astimezone(zone) if isinstance(at, datetime) else at


class _Source:
    """One stage of one report as SQL: each firm once, with the moment, the region and the main branch it counts by."""

    def __init__(self, stage: Stage, asked: Asked, countries: Collection[str] | None) -> None:
        self.stage, self.asked, self.countries = stage, asked, countries
        self.under = Under(asked.mou_id, asked.parties) if asked.mou_id else None
        moment = own_moment(stage)
        self.reach = None if moment is not None else reached(stage, asked.known_before, self.under)
        self.at: ColumnElement[Any] = cast("Any", moment if self.reach is None else self.reach.c.at)
        self.past = aliased(FirmPast)
        self.region: ColumnElement[str] = cast("Any", Firm.region_code)
        self.main: ColumnElement[str] = func.coalesce(FirmSector.nace_class, "")
        if asked.is_past:
            self.region = func.coalesce(self.past.region_code, Firm.region_code)
            self.main = func.coalesce(self.past.nace_class, FirmSector.nace_class, "")

    def select(self, *columns: Any, sector: bool = False) -> Select[Any]:
        """These columns of the firms that the report counts."""
        return self.of_all(*columns, sector=sector).where(*self.bounds())

    def of_all(self, *columns: Any, sector: bool = False) -> Select[Any]:
        """The same of the firms that pass its filters, whenever they reached the stage."""
        found = select(*columns).select_from(Firm)
        if self.reach is not None:
            found = found.join(self.reach, self.reach.c.firm_id == Firm.id)
        if sector or self.asked.sector or self.asked.by is Cut.SECTOR:
            found = found.outerjoin(FirmSector, and_(FirmSector.firm_id == Firm.id, FirmSector.main))
        if self.asked.is_past:
            found = self._with_past(found)
        return found.where(*self._conditions())

    def _with_past(self, found: Select[Any]) -> Select[Any]:
        """Join the first change after the day of the report, where there is one: it tells what stood there before."""
        firsts = (
            select(FirmPast.firm_id, func.min(FirmPast.id).label("first"))
            .where(FirmPast.until >= self.asked.known_before)
            .group_by(FirmPast.firm_id)
            .subquery()
        )
        found = found.outerjoin(firsts, firsts.c.firm_id == Firm.id)
        return found.outerjoin(self.past, self.past.id == firsts.c.first)

    def _conditions(self) -> list[ColumnElement[bool]]:
        asked = self.asked
        found: list[ColumnElement[bool]] = []
        if self.reach is None and self.under is not None:
            found.append(Firm.country.in_(sorted(self.under.countries)))
        if self.countries is not None:
            found.append(Firm.country.in_(sorted(self.countries)))
        if asked.country:
            found.append(Firm.country == asked.country)
        if asked.region:
            found.append(self.region == ("" if asked.region == NOT_STATED else asked.region))
        if asked.sector:
            found.append(self._in_division(asked.sector))
        return found

    def bounds(self) -> list[ColumnElement[bool]]:
        """When the stage was reached, by what was known on the day of the report and in the period."""
        asked = self.asked
        found = [self.at < asked.known_before] if self.reach is None else []
        if asked.since is not None:
            found.append(self.at >= self._bound(asked.since))
        if asked.until is not None:
            found.append(self.at < self._bound(asked.until + timedelta(days=1)))
        return found

    def _in_division(self, wanted: str) -> ColumnElement[bool]:
        division: ColumnElement[str] = func.substr(self.main, 1, 2)
        return division.not_in(sorted(_divisions())) if wanted == NOT_STATED else division == wanted

    def _bound(self, day: date) -> datetime | date:
        return day if self.stage is Stage.MET else self.asked.moment(day)

    def key(self, cut: Cut) -> ColumnElement[str]:
        """What the firms are grouped by."""
        if cut is Cut.MONTH:
            shown = months(self.asked)
            steps = [(self.at < self._bound(next_month(one)), f"{one:%Y-%m}") for one in shown]
            return case((self.at < self._bound(shown[0]), EARLIER), *steps, else_=f"{shown[-1]:%Y-%m}")
        division: ColumnElement[str] = func.substr(self.main, 1, 2)
        country = cast("ColumnElement[str]", Firm.country)
        return {Cut.COUNTRY: country, Cut.REGION: self.region, Cut.SECTOR: division}[cut]


def months(asked: Asked) -> list[date]:
    """The first days of the months that a report shows one by one, oldest first."""
    last = min(asked.until or asked.as_of, asked.as_of).replace(day=1)
    first = asked.since.replace(day=1) if asked.since else None
    found = [last]
    while len(found) < (MONTHS if first is None else MOST_MONTHS) and (first is None or found[0] > first):
        found.insert(0, (found[0] - timedelta(days=1)).replace(day=1))
    return found


def next_month(day: date) -> date:
    """The first day of the month after."""
    return last_of_month(day) + timedelta(days=1)


@cache
def _divisions() -> frozenset[str]:
    return frozenset(one.code for one in nace.at_level(DIVISION))


def _division(code: str) -> str:
    return code[:2] if code[:2] in _divisions() else NOT_STATED
