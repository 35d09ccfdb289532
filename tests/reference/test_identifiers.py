"""Identifiers: check digits, distinct reasons, and the traps of typed numbers. All numbers are invented."""

import pytest

from matchmaker.reference import identifiers
from matchmaker.reference.identifiers import IdentifierError, IdentifierProblem

RIGHT = {
    "VKN": "1234567890",
    "TCKN": "12345678028",
    "INN10": "7712345671",
    "INN12": "771234567859",
    "OGRN": "1207700123454",
    "OGRNIP": "320774600123457",
    "KPP": "771201001",
    "BIN": "990140001233",
    "UNP": "191234563",
    "EDRPOU": "32123455",
    "VATDE": "136123454",
    "REGNO": "HRB12345",
}
WITH_CHECK_DIGIT = ("VKN", "TCKN", "INN10", "INN12", "OGRN", "OGRNIP", "BIN", "UNP", "EDRPOU", "VATDE")


def problem(scheme: str, value: str) -> IdentifierProblem:
    with pytest.raises(IdentifierError) as caught:
        identifiers.validate(scheme, value)
    assert caught.value.scheme.code == scheme
    return caught.value.problem


@pytest.mark.parametrize(("scheme", "value"), RIGHT.items())
def test_right_number_is_accepted(scheme: str, value: str) -> None:
    assert identifiers.validate(scheme, value) == value


@pytest.mark.parametrize("scheme", WITH_CHECK_DIGIT)
def test_wrong_last_digit_is_refused(scheme: str) -> None:
    value = RIGHT[scheme]
    wrong = value[:-1] + str((int(value[-1]) + 1) % 10)
    assert problem(scheme, wrong) is IdentifierProblem.CHECK_DIGIT


@pytest.mark.parametrize("scheme", [*WITH_CHECK_DIGIT, "KPP", "MERSIS"])
def test_all_zeros_are_refused(scheme: str) -> None:
    zeros = "0" * identifiers.scheme(scheme).longest
    assert problem(scheme, zeros) is IdentifierProblem.ALL_ZEROS


@pytest.mark.parametrize("scheme", WITH_CHECK_DIGIT)
def test_one_digit_too_few_or_too_many_is_refused(scheme: str) -> None:
    assert problem(scheme, RIGHT[scheme][:-1]) is IdentifierProblem.LENGTH
    assert problem(scheme, RIGHT[scheme] + "0") is IdentifierProblem.LENGTH


@pytest.mark.parametrize("value", ["12345O7890", "١٢٣٤٥٦٧٨٩٠", "12345678９x", "1234567890;", "VKN1234567890"])
def test_letters_signs_and_foreign_digits_are_refused(value: str) -> None:
    assert problem("VKN", value) is IdentifierProblem.CHARACTERS


@pytest.mark.parametrize("value", ["", "   ", "--"])
def test_nothing_is_refused_as_empty(value: str) -> None:
    assert problem("INN10", value) is IdentifierProblem.EMPTY


@pytest.mark.parametrize(
    "typed",
    [" 123 456 7890 ", "123\u00a0456\u00a07890", "123-456-78-90", "１２３４５６７８９０", "123.456.7890"],
)
def test_spaces_separators_and_full_width_digits_are_made_plain(typed: str) -> None:
    assert identifiers.validate("VKN", typed) == "1234567890"


def test_ogrn_and_ogrnip_are_told_apart_by_length() -> None:
    assert problem("OGRN", RIGHT["OGRNIP"]) is IdentifierProblem.LENGTH
    assert problem("OGRNIP", RIGHT["OGRN"]) is IdentifierProblem.LENGTH


def test_kpp_has_letters_only_in_the_fifth_and_sixth_place() -> None:
    assert identifiers.validate("KPP", "7712ab001") == "7712AB001"
    assert problem("KPP", "77A201001") is IdentifierProblem.FORM
    assert problem("KPP", "7712АБ001") is IdentifierProblem.CHARACTERS


def test_mersis_holds_a_right_tax_number_or_identity_number() -> None:
    assert identifiers.validate("MERSIS", "0123456789000015") == "0123456789000015"
    assert identifiers.validate("MERSIS", "1234567802800011") == "1234567802800011"
    assert problem("MERSIS", "0123456789100015") is IdentifierProblem.CHECK_DIGIT
    assert problem("MERSIS", "1234567802900011") is IdentifierProblem.CHECK_DIGIT
    assert identifiers.inside("MERSIS", "0123 4567 8900 0015") == ("VKN", "1234567890")


def test_cross_check_refuses_a_mersis_number_of_another_firm() -> None:
    identifiers.cross_check({"VKN": "1234567890", "MERSIS": "0123456789000015"})
    identifiers.cross_check({"MERSIS": "0123456789000015"})
    with pytest.raises(IdentifierError) as caught:
        identifiers.cross_check({"VKN": "1234567807", "MERSIS": "0123456789000015"})
    assert caught.value.problem is IdentifierProblem.MISMATCH


def test_schemes_of_a_country_by_holder() -> None:
    assert [one.code for one in identifiers.of_country("TR", "company")] == ["VKN", "MERSIS"]
    assert [one.code for one in identifiers.of_country("TR", "person")] == ["TCKN", "MERSIS"]
    assert [one.code for one in identifiers.of_country("RU", "company")] == ["INN10", "OGRN", "KPP"]
    assert [one.code for one in identifiers.of_country("RU", "person")] == ["INN12", "OGRNIP"]
    assert [one.code for one in identifiers.of_country("BR")] == ["REGNO"]


def test_unknown_scheme_is_an_error() -> None:
    with pytest.raises(KeyError):
        identifiers.validate("SSN", "1")
