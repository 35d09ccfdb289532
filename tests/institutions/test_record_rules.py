"""Decisions about an institution's own record."""

import pytest

from matchmaker.institutions import rules
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.rules import CountryFault

AGENCY, BODY = InstitutionKind.SME_AGENCY, InstitutionKind.INTERNATIONAL


@pytest.mark.parametrize(
    ("kind", "country", "known", "fault"),
    [
        (AGENCY, "KZ", True, None),
        (AGENCY, "", False, CountryFault.MISSING),
        (AGENCY, "QQ", False, CountryFault.UNKNOWN),
        (BODY, "", False, None),
        (BODY, "KZ", True, CountryFault.NEEDLESS),
    ],
)
def test_a_country_is_for_every_kind_but_the_international_one(
    kind: InstitutionKind, country: str, known: bool, fault: CountryFault | None
) -> None:
    assert rules.country_fault(kind, country, known) is fault


@pytest.mark.parametrize(
    ("typed", "code"), [(" damu-1 ", "DAMU-1"), ("a", None), ("ÇEK", None), ("-AB", None), ("A" * 41, None)]
)
def test_a_code_is_short_latin_and_in_capitals(typed: str, code: str | None) -> None:
    assert rules.code_of(typed) == code


def test_an_address_of_four_lines_fits_a_letter_and_one_more_does_not() -> None:
    assert rules.fits_letter("a\n\n b \nc\nd\n")
    assert not rules.fits_letter("a\nb\nc\nd\ne")
    assert rules.fits_letter("x" * 60)
    assert not rules.fits_letter("x" * 61)
