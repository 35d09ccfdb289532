"""What the filters of a report offer, and the chosen ones in words."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from flask_babel import get_locale, pgettext
from flask_babel import gettext as _

from matchmaker.core import clock, zones
from matchmaker.core.i18n import language, order_countries, show_date
from matchmaker.mous import rules as mou_rules
from matchmaker.mous.models import Mou
from matchmaker.reference import countries, nace, regions
from matchmaker.reports.asked import DIVISION, NOT_STATED, Asked
from matchmaker.reports.enums import Cut
from matchmaker.reports.queries import EARLIER

Options = Sequence[tuple[str, str]]
UTC = "UTC"


def reader_zone() -> str:
    """The clock of the reader's institution."""
    return zones.reader_zone() or UTC


def today(zone: str) -> date:
    """The present day on that clock."""
    return clock.now().astimezone(ZoneInfo(zone)).date()


def of_countries(mous: Sequence[Mou]) -> Options:
    """The countries that have signed a memorandum, the reader's own first."""
    found = order_countries(sorted({code for mou in mous for code in mou_rules.countries(mou)}))
    return [(code, countries.label(code, language())) for code in found]


def of_regions(offered: Options, chosen: str) -> Sequence[tuple[str, Options]]:
    """The regions of the countries on offer, or of the chosen one, under the names of these."""
    return [
        (label, [(one.code, one.label(language())) for one in regions.of_country(code, language())])
        for code, label in offered
        if chosen in ("", code)
    ]


def of_sectors() -> Sequence[tuple[str, Options]]:
    """The divisions of NACE Rev. 2 under their sections."""
    return [
        (
            section.label(language()),
            [
                (one.code, part(Cut.SECTOR, one.code))
                for one in nace.at_level(DIVISION)
                if one.parent == section.code
            ],
        )
        for section in nace.at_level(1)
    ]


def part(cut: Cut, key: str) -> str:
    """The name of one part of a cut."""
    if key == EARLIER:
        return str(pgettext("months", "Earlier"))
    if key == NOT_STATED:
        return str(_("Not stated"))
    if cut is Cut.MONTH:
        return month(date.fromisoformat(f"{key}-01"))
    if cut is Cut.SECTOR:
        return f"{key} · {nace.label(key, language())}"
    return countries.label(key, language()) if cut is Cut.COUNTRY else regions.label(key, language())


def month(day: date) -> str:
    """A month with its year."""
    return str(format_skeleton("yMMMM", day, locale=get_locale()))


def told(asked: Asked, mous: Sequence[Mou]) -> list[str]:
    """The filters in words, the day of the report first."""
    found = [str(_("As of %(day)s", day=show_date(asked.as_of)))]
    found += [mou.title(language()) for mou in mous if mou.id == asked.mou_id]
    for cut, key in ((Cut.COUNTRY, asked.country), (Cut.REGION, asked.region), (Cut.SECTOR, asked.sector)):
        if key == NOT_STATED:
            without = {Cut.REGION: _("Region not stated"), Cut.SECTOR: _("Sector not stated")}
            found.append(str(without[cut]))
        elif key:
            found.append(part(cut, key))
    if asked.since and asked.until:
        found.append(
            str(_("from %(first)s to %(last)s", first=show_date(asked.since), last=show_date(asked.until)))
        )
    elif asked.since:
        found.append(str(_("from %(day)s on", day=show_date(asked.since))))
    elif asked.until:
        found.append(str(_("until %(day)s", day=show_date(asked.until))))
    found.append(str(_("days on the clock of %(place)s", place=zones.named(asked.zone))))
    return found
