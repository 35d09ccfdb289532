"""Invented numbers of the state, with right check digits, from ranges that no authority gives out.

VKN from 9990..., T.C. numbers from 99 99..., INN of the tax office 9998 and OGRN of the region 00, which do not exist.
"""

from stdnum.ru import inn
from stdnum.tr import tckimlik, vkn


def tax_number_tr(count: int) -> str:
    """A VKN."""
    base = f"9990{count:05}"
    return base + vkn.calc_check_digit(base)


def person_number_tr(count: int) -> str:
    """A T.C. number, for a sole proprietor."""
    base = f"9999{count:05}"
    return base + tckimlik.calc_check_digits(base)


def mersis(inner: str) -> str:
    """The MERSIS number around a VKN or a T.C. number."""
    return f"{inner.zfill(11)}00015"


def inn_company(count: int) -> str:
    """An INN of ten digits."""
    base = f"9998{count:05}"
    return base + inn.calc_company_check_digit(base)


def inn_person(count: int) -> str:
    """An INN of twelve digits."""
    return f"9998{count:06}" + inn.calc_personal_check_digits(f"9998{count:06}")


def ogrn(count: int, year: int) -> str:
    """An OGRN entered in a year; the register began in 2002."""
    base = f"1{max(year, 2002) % 100:02}00{count:07}"
    return base + str(int(base) % 11 % 10)


def ogrnip(count: int, year: int) -> str:
    """An OGRNIP entered in a year, not before 2004."""
    base = f"3{max(year, 2004) % 100:02}00{count:09}"
    return base + str(int(base) % 13 % 10)


def kpp(count: int) -> str:
    """A KPP of the tax office 9998."""
    return f"999801{count % 1000:03}"
