"""Numbers as people of three languages type them: 1.234.567,89 and 1 234 567,89 and 1,234,567.89."""

import re
from decimal import Decimal

SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]+")
PLAIN = re.compile(r"[+-]?\d{1,18}", re.ASCII)
DECIMAL = re.compile(r"([+-]?)(\d{1,18})[.,](\d{1,6})", re.ASCII)
GROUPED = re.compile(r"([+-]?)(\d{1,3}(?:([.,])\d{3})(?:\3\d{3})*)(?:([.,])(\d{1,6}))?", re.ASCII)


class NotANumber(ValueError):
    """The text is not one number."""


def parse_number(text: str) -> Decimal:
    """The number; raises NotANumber.

    One separator before exactly three digits separates thousands, in any language: amounts of money have at most two
    decimals and counts have none, so 1.234 and 1,234 are both 1234.
    """
    bare = SPACES.sub("", text).replace("\u2212", "-")
    if PLAIN.fullmatch(bare):
        return Decimal(bare)
    grouped = GROUPED.fullmatch(bare)
    if grouped and grouped.group(4) != grouped.group(3):
        sign, whole, mark, _, decimals = grouped.groups()
        return Decimal(f"{sign}{whole.replace(mark, '')}.{decimals or '0'}")
    if plain := DECIMAL.fullmatch(bare):
        sign, whole, decimals = plain.groups()
        return Decimal(f"{sign}{whole}.{decimals}")
    raise NotANumber(text)
