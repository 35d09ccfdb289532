"""The registry of figures: each domain above tells here what it can count under a memorandum.

A figure never stores anything: it reads the records of its domain each time, so that a number on a page and the list
that opens behind it come from the same rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One record behind a figure: the day it counts on, how much it adds, its name and its page.

    `caused` is how much of the amount would not have come without the programme, None where nobody stated a share.
    """

    day: date
    amount: Decimal
    label: str
    url: str
    caused: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What can be counted: `rows` gives the records of one memorandum between two days, both included.

    `totals` gives the sums of all memorandums since a day in one statement, for the registry; `unit` is empty for a
    plain number, else a word or the code of a currency. kept says that each record counts on the day it was recorded
    and that nothing is written over: only then a report of a past day gives what it gave on that day.
    """

    key: str
    label: LazyString
    unit: str
    rows: Callable[[int, date, date], Sequence[FigureRow]]
    totals: Callable[[date | None], Mapping[int, Decimal]]
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of some rows, and the sum without the shares that would have come anyway.

    `caused` is None where no row states a share; a row that states none counts whole. `stated` is how many do.
    """

    amount: Decimal
    caused: Decimal | None
    stated: int


def total(rows: Sequence[FigureRow]) -> Total:
    """Add up the records behind a figure."""
    amount = sum((row.amount for row in rows), Decimal(0))
    stated = sum(row.caused is not None for row in rows)
    caused = sum((row.amount if row.caused is None else row.caused for row in rows), Decimal(0))
    return Total(amount, caused if stated else None, stated)


WITHOUT_SOURCE: Mapping[str, LazyString] = {
    "deal_value": _l("Value of deals"),
}
"""Figures that no record says and that nobody can choose any more, but that an indicator may still count.

Deals are told in several currencies, so their value is offered for each currency; an indicator that was made before and
names none of these currencies says in words that no record says its value.
"""
_figures: dict[str, Figure] = {}
FIGURES: Mapping[str, Figure] = MappingProxyType(_figures)
NextDates = Callable[[date], Mapping[int, tuple[date, LazyString]]]
_dates: dict[str, NextDates] = {}


def add_figure(figure: Figure) -> None:
    """Offer a figure; one that is named again replaces the former."""
    _figures[figure.key] = figure


def add_dates(key: str, source: NextDates) -> None:
    """Offer the next known day of each memorandum, by its number, with what happens then."""
    _dates[key] = source


def choices() -> list[tuple[str, LazyString]]:
    """What an indicator may count: everything that is offered."""
    return [(key, figure.label) for key, figure in _figures.items()]


def label(key: str) -> LazyString | str:
    """The name of a figure, also of one that nobody offers yet."""
    return _figures[key].label if key in _figures else WITHOUT_SOURCE.get(key, key)


def unit(key: str) -> str:
    """The unit of a figure; one that nobody offers has none yet."""
    return _figures[key].unit if key in _figures else ""


def not_kept(keys: Iterable[str]) -> list[LazyString | str]:
    """The names of the figures among these that a report of a past day counts by what is recorded today."""
    return [label(key) for key in keys if key in _figures and not _figures[key].kept]


def without_source(keys: Iterable[str]) -> list[LazyString | str]:
    """The names of the figures among these that no record says yet."""
    return [label(key) for key in keys if key not in _figures]


def totals(key: str, since: date | None = None) -> Mapping[int, Decimal]:
    """The sums of a figure by memorandum; empty where no domain offers it."""
    return _figures[key].totals(since) if key in _figures else {}


def active_since(day: date) -> frozenset[int]:
    """The memorandums under which anything that is counted happened since a day."""
    return frozenset(number for figure in _figures.values() for number in figure.totals(day))


def next_dates(today: date) -> dict[int, tuple[date, LazyString]]:
    """The nearest known day of each memorandum from today on."""
    found: dict[int, tuple[date, LazyString]] = {}
    for source in _dates.values():
        for number, dated in source(today).items():
            if number not in found or dated[0] < found[number][0]:
                found[number] = dated
    return found
