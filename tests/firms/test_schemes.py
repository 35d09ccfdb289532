"""Which numbers a registration asks for, and how those of one firm agree."""

import pytest

from matchmaker.firms import schemes
from matchmaker.reference.identifiers import IdentifierError, IdentifierProblem
from tests.firms.numbers import russian_company, russian_person, russian_registration, turkish

VKN = turkish(123456789)


@pytest.mark.parametrize(
    ("country", "leading", "further"),
    [
        ("TR", ["VKN", "TCKN"], ["MERSIS"]),
        ("RU", ["INN10", "INN12"], ["OGRN", "OGRNIP", "KPP"]),
        ("KZ", ["BIN"], []),
        ("CH", ["REGNO"], []),
    ],
)
def test_each_country_asks_for_its_tax_number_first(
    country: str, leading: list[str], further: list[str]
) -> None:
    assert [one.code for one in schemes.leading(country)] == leading
    assert [one.code for one in schemes.further(country)] == further


def test_spaces_and_marks_do_not_matter() -> None:
    assert schemes.checked("TR", f" {VKN[:3]} {VKN[3:6]}-{VKN[6:]} ", {}) == {"VKN": VKN}


def test_the_length_tells_a_company_from_a_person() -> None:
    assert schemes.checked("RU", russian_company(770123456), {}).keys() == {"INN10"}
    assert schemes.checked("RU", russian_person(7701234567), {}).keys() == {"INN12"}


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (VKN[:9] + str((int(VKN[9]) + 1) % 10), IdentifierProblem.CHECK_DIGIT),
        (VKN[:9], IdentifierProblem.LENGTH),
        ("0000000000", IdentifierProblem.ALL_ZEROS),
        ("12345678AB", IdentifierProblem.CHARACTERS),
        ("  ", IdentifierProblem.EMPTY),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(number: str, problem: IdentifierProblem) -> None:
    with pytest.raises(IdentifierError) as refusal:
        schemes.checked("TR", number, {})
    assert refusal.value.problem is problem


def test_a_mersis_number_contains_the_tax_number() -> None:
    assert schemes.checked("TR", VKN, {"MERSIS": f"0{VKN}00015"}) == {"VKN": VKN, "MERSIS": f"0{VKN}00015"}
    with pytest.raises(IdentifierError) as refusal:
        schemes.checked("TR", VKN, {"MERSIS": f"0{turkish(987654321)}00015"})
    assert (refusal.value.problem, refusal.value.scheme.code) == (IdentifierProblem.MISMATCH, "MERSIS")


def test_a_sole_trader_has_no_number_of_companies() -> None:
    with pytest.raises(IdentifierError) as refusal:
        schemes.checked("RU", russian_person(7701234567), {"OGRN": russian_registration(2770012345)})
    assert refusal.value.problem is IdentifierProblem.MISMATCH
