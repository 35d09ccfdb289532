"""Reading numbers and dates as people type them: spaces, either decimal mark, names of months."""

import re
from datetime import date
from decimal import Decimal

from babel import Locale, dates, numbers

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’_]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+")
_BOTH_MARKS = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]+)|([0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]+)")
_WHOLE = re.compile(r"[0-9]{1,18}")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_DAY = re.compile(r"(\d{1,4})[\s./\-]+(\w+?)\.?[\s./\-]+(\d{1,4})(?:\s*г\.?)?", re.UNICODE)


def read_decimal(text: str, locale: Locale) -> Decimal | None:
    """The number meant by a text: 1 284,5 and 1.284,5 and 1,284.5; a lone mark before three digits groups thousands only
    where the locale writes it so. None when it is not a number.
    """
    typed = _SPACES.sub("", text)
    if found := _BOTH_MARKS.fullmatch(typed):
        whole, part = (found[1], found[2]) if found[1] else (found[3], found[4])
        return Decimal(f"{_digits(whole)}.{part}")
    if _GROUPED.fullmatch(typed) and (
        typed.count(".") + typed.count(",") > 1 or _group_mark(locale) in typed
    ):
        return Decimal(_digits(typed))
    return Decimal(typed.replace(",", ".")) if _PLAIN.fullmatch(typed) else None


def read_integer(text: str) -> int | None:
    """The whole number meant by a text; marks may only group thousands. None when it is not one."""
    typed = _SPACES.sub("", text)
    if _GROUPED.fullmatch(typed):
        typed = _digits(typed)
    return int(typed) if _WHOLE.fullmatch(typed) else None


def read_date(text: str, locale: Locale) -> date | None:
    """The day meant by 2027-01-31, 31.1.2027, 31/1/2027, or 31 January 2027 in the locale's or English words."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    first, middle, last = found.groups()
    month = int(middle) if middle.isdigit() else _month(middle, locale)
    day, year = (last, first) if len(first) == 4 else (first, last)
    if len(year) != 4 or month is None:
        return None
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def write_decimal(value: Decimal, locale: Locale) -> str:
    """A number as it would be typed again in the locale."""
    return numbers.format_decimal(value, format="#,##0.###", locale=locale)


def write_date(value: date) -> str:
    """A day as it would be typed again: 31.01.2027."""
    return value.strftime("%d.%m.%Y")


def _digits(text: str) -> str:
    return text.replace(".", "").replace(",", "")


def _group_mark(locale: Locale) -> str:
    return numbers.get_group_symbol(locale)


def _month(word: str, locale: Locale) -> int | None:
    typed = _bare(word)
    for known in (locale, Locale("en")):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = dates.get_month_names(width, context, known)
                for number, name in names.items():
                    if typed == _bare(name):
                        return int(number)
    return None


def _bare(word: str) -> str:
    return word.replace("İ", "i").replace("I", "ı" if "ı" in word else "i").lower().strip(".")
