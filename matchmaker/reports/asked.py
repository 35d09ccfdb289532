"""What a report is asked for: an address that gives the same report to whoever opens it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from matchmaker.core.requests import LARGEST_KEY
from matchmaker.reference import countries, nace, regions
from matchmaker.reports.enums import Cut

NOT_STATED: Final = "none"
"""Stands in an address for firms that name no region, or no branch."""
DIVISION: Final = 2
"""The level of NACE Rev. 2 by which sectors are counted: most firms are of one section, manufacturing."""
EARLIEST: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters, the day as of which the figures hold, and what they are split by.

    since and until bound the days on which a stage was reached, both included. zone is the clock by which days begin;
    today is the present day there, and no report is asked as of a later one. parties are the countries of the memorandum.
    """

    as_of: date
    today: date
    zone: str
    by: Cut = Cut.COUNTRY
    mou_id: int | None = None
    country: str = ""
    region: str = ""
    sector: str = ""
    since: date | None = None
    until: date | None = None
    parties: frozenset[str] = frozenset()

    def moment(self, day: date) -> datetime:
        """When a day begins."""
        return datetime.combine(day, time.min, tzinfo=ZoneInfo(self.zone))

    @property
    def known_before(self) -> datetime:
        """The end of the day as of which the report is asked: what is recorded later does not count."""
        return self.moment(self.as_of + timedelta(days=1))

    @property
    def is_past(self) -> bool:
        """Whether the report is of a day that is over."""
        return self.as_of < self.today

    def args(self) -> dict[str, Any]:
        """The same as arguments of an address; a report of today says no day, so that it goes on with the days."""
        said: dict[str, Any] = {
            "by": self.by if self.by is not Cut.COUNTRY else "",
            "mou": self.mou_id,
            "country": self.country,
            "region": self.region,
            "sector": self.sector,
            "since": self.since,
            "until": self.until,
            "as_of": self.as_of if self.is_past else "",
        }
        return {name: str(value) for name, value in said.items() if value}

    def within(self, cut: Cut, key: str) -> "Asked":
        """The report of one part of a cut."""
        if cut is Cut.MONTH:
            first, last = date.fromisoformat(f"{key}-01"), last_of_month(date.fromisoformat(f"{key}-01"))
            return replace(self, since=max(first, self.since or first), until=min(last, self.until or last))
        if cut is Cut.COUNTRY:
            return replace(self, country=key)
        return replace(self, region=key) if cut is Cut.REGION else replace(self, sector=key)


def asked_from(values: Mapping[str, str], today: date, zone: str) -> Asked:
    """Read an address; what makes no sense is left out, as the page shows."""
    number = values.get("mou", "")
    region, sector, country = (values.get(name, "") for name in ("region", "sector", "country"))
    division = nace.get(sector)
    as_of = _day(values.get("as_of", "")) or today
    return Asked(
        as_of=min(as_of, today),
        today=today,
        zone=zone,
        by=Cut(values.get("by", "")) if values.get("by", "") in set(Cut) else Cut.COUNTRY,
        mou_id=int(number) if number.isdecimal() and 0 < int(number[:11]) <= LARGEST_KEY else None,
        country=country if countries.exists(country) else "",
        region=region if region == NOT_STATED or regions.get(region) else "",
        sector=sector
        if sector == NOT_STATED or (division is not None and division.level == DIVISION)
        else "",
        since=_day(values.get("since", "")),
        until=_day(values.get("until", "")),
    )


def last_of_month(day: date) -> date:
    """The last day of the month of a day."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= date(2100, 12, 31) else None
