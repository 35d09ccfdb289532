"""Identifiers of firms: which schemes a country has, how a value is cleaned, and why a wrong one is refused.

A scheme is a row of identifier_schemes.csv: form, lengths and the python-stdnum module with its check digits. A country
whose scheme that library does not know adds a small function to OWN_CHECKS.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from stdnum.exceptions import ValidationError
from stdnum.util import get_cc_module

from matchmaker.reference.tables import Labels, labels, parts, rows

_SEPARATORS = re.compile(r"[\s\u00a0\u200b\ufeff.\-‐‑–—/]+")


class IdentifierProblem(StrEnum):
    """Why a value is not an identifier of its scheme, in the order in which it is tried."""

    EMPTY = "empty"
    CHARACTERS = "characters"
    LENGTH = "length"
    ALL_ZEROS = "all_zeros"
    FORM = "form"
    CHECK_DIGIT = "check_digit"
    MISMATCH = "mismatch"


class IdentifierError(ValueError):
    """A value is refused; `problem` tells why, `scheme` which form was expected."""

    def __init__(self, problem: IdentifierProblem, scheme: "Scheme") -> None:
        super().__init__(f"{scheme.code}: {problem}")
        self.problem = problem
        self.scheme = scheme


@dataclass(frozen=True, slots=True)
class Scheme:
    """A kind of number: its country, whose it is (company, person or any), its lengths and how it is checked."""

    code: str
    country: str
    holder: str
    lengths: tuple[int, ...]
    pattern: str
    check: str
    contains: tuple[str, ...]
    labels: Labels

    @property
    def longest(self) -> int:
        """The greatest number of characters, for the width of a field."""
        return max(self.lengths)

    def label(self, language: str) -> str:
        """The name of the number in this language, else in English."""
        return self.labels.best(language)


@cache
def all_schemes() -> Mapping[str, Scheme]:
    """Every scheme by its code; the most telling scheme of a country comes first."""
    return MappingProxyType({row["code"]: _scheme(row) for row in rows("identifier_schemes")})


def _scheme(row: dict[str, str]) -> Scheme:
    first, _, last = row["lengths"].partition("-")
    return Scheme(
        code=row["code"],
        country=row["country"],
        holder=row["holder"],
        lengths=tuple(range(int(first), int(last or first) + 1)),
        pattern=row["pattern"],
        check=row["check"],
        contains=parts(row["contains"]),
        labels=labels(row, "name"),
    )


def scheme(code: str) -> Scheme:
    """The scheme of a code; raises KeyError."""
    return all_schemes()[code]


@cache
def of_country(country: str, holder: str = "") -> tuple[Scheme, ...]:
    """The schemes of a country, for a company or a person only if asked; the general one where a country has none."""
    own = [one for one in all_schemes().values() if one.country == country]
    found = own or [one for one in all_schemes().values() if not one.country]
    return tuple(one for one in found if not holder or one.holder in (holder, "any"))


def clean(value: str) -> str:
    """The value as it is stored: full-width letters and digits made plain, separators dropped, capitals."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", value)).upper()


def validate(scheme_code: str, value: str) -> str:
    """The cleaned value; raises IdentifierError with the first problem found, KeyError for an unknown scheme."""
    wanted, cleaned = scheme(scheme_code), clean(value)
    problem = _problem(wanted, cleaned)
    if problem is not None:
        raise IdentifierError(problem, wanted)
    return cleaned


def _problem(wanted: Scheme, value: str) -> IdentifierProblem | None:
    if not value:
        return IdentifierProblem.EMPTY
    letters = "[0-9A-Z]+" if wanted.pattern else "[0-9]+"
    if not re.fullmatch(letters, value):
        return IdentifierProblem.CHARACTERS
    if len(value) not in wanted.lengths:
        return IdentifierProblem.LENGTH
    if not value.strip("0"):
        return IdentifierProblem.ALL_ZEROS
    if wanted.pattern and not re.fullmatch(wanted.pattern, value):
        return IdentifierProblem.FORM
    return None if _checks(wanted.check, value) else IdentifierProblem.CHECK_DIGIT


def _checks(check: str, value: str) -> bool:
    if not check:
        return True
    if check in OWN_CHECKS:
        return OWN_CHECKS[check](value)
    country, _, name = check.partition(".")
    module = get_cc_module(country, name)
    if module is None:
        raise LookupError(f"no check for {check}")
    try:
        module.validate(value)
    except ValidationError:
        return False
    return True


def mersis_checks(value: str) -> bool:
    """A MERSIS number is 0, a VKN and five digits, or a T.C. number and five digits."""
    inner = inside("MERSIS", value)
    return inner is not None and _problem(scheme(inner[0]), inner[1]) is None


def bin_checks(value: str) -> bool:
    """Kazakhstan's BIN: a weighted sum modulo 11, tried with a second row of weights when the first gives 10."""
    digits = [int(letter) for letter in value]
    for first in (1, 3):
        weights = ((first + place - 1) % 11 + 1 for place in range(11))
        remainder = sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11
        if remainder < 10:
            return remainder == digits[11]
    return False


def ogrn_checks(value: str) -> bool:
    """OGRN and OGRNIP: the last digit of the remainder by 11 and 13, behind a first digit other than 0 and of 3 or 4.

    python-stdnum 2.2 takes the whole remainder for OGRNIP and so refuses those with 10, 11 or 12: 23 % of real ones.
    """
    trader = len(value) == 15
    first = value[0] in "34" if trader else value[0] != "0"
    return first and int(value[:-1]) % (13 if trader else 11) % 10 == int(value[-1])


OWN_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {"own.mersis": mersis_checks, "own.bin": bin_checks, "ru.ogrn": ogrn_checks}
)


def inside(scheme_code: str, value: str) -> tuple[str, str] | None:
    """The identifier that another one contains, as (scheme, value): the VKN or T.C. number in a MERSIS number."""
    cleaned = clean(value)
    if scheme_code != "MERSIS" or len(cleaned) != 16:
        return None
    return ("VKN", cleaned[1:11]) if cleaned.startswith("0") else ("TCKN", cleaned[:11])


def cross_check(values: Mapping[str, str]) -> None:
    """Refuse identifiers of one firm that contradict each other: raises IdentifierError(MISMATCH) for the outer one."""
    for code, value in values.items():
        inner = inside(code, value)
        if inner is None:
            continue
        beside = [other for other in scheme(code).contains if other in values]
        if beside and clean(values[beside[0]]) != inner[1]:
            raise IdentifierError(IdentifierProblem.MISMATCH, scheme(code))
