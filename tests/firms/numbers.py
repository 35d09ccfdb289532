"""Invented numbers of the state with right check digits."""

from stdnum.ru import inn, ogrn
from stdnum.tr import vkn


def turkish(start: int) -> str:
    """A tax number (VKN) of ten digits."""
    stem = f"{start:09d}"
    return stem + str(vkn.calc_check_digit(stem))


def russian_company(start: int) -> str:
    """A tax number (INN) of ten digits."""
    stem = f"{start:09d}"
    return stem + str(inn.calc_company_check_digit(stem))


def russian_person(start: int) -> str:
    """A tax number (INN) of twelve digits."""
    stem = f"{start:010d}"
    return stem + str(inn.calc_personal_check_digits(stem))


def russian_registration(start: int) -> str:
    """A registration number (OGRN) of thirteen digits."""
    stem = f"1{start:011d}"
    return stem + str(ogrn.calc_check_digit(f"{stem}0"))
