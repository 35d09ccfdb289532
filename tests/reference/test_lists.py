"""Regions, countries, languages, units, partnership types, legal forms: names and lookups."""

import pytest

from matchmaker.reference import (
    certificates,
    countries,
    languages,
    legal_forms,
    partnerships,
    practice_areas,
    regions,
    units,
)


@pytest.mark.parametrize(
    ("code", "iso"),
    [
        ("77", "RU-MOW"),
        ("78", "RU-SPE"),
        ("16", "RU-TA"),
        ("86", "RU-KHM"),
        ("20", "RU-CE"),
        (" 01 ", "RU-AD"),
    ],
)
def test_register_code_leads_to_its_region(code: str, iso: str) -> None:
    found = regions.of_register("RU", code)
    assert found is not None
    assert found.code == iso


@pytest.mark.parametrize(
    ("country", "code"), [("RU", "94"), ("RU", "99"), ("RU", "00"), ("RU", ""), ("TR", "77")]
)
def test_register_code_outside_the_standard_is_not_mapped(country: str, code: str) -> None:
    assert regions.of_register(country, code) is None


def test_every_russian_region_has_a_register_code() -> None:
    reached = {found.code for number in range(100) if (found := regions.of_register("RU", f"{number:02}"))}
    assert reached == {one.code for one in regions.of_country("RU", "ru")}


def test_regions_are_named_and_sorted_in_the_language_of_the_reader() -> None:
    names = [one.label("tr") for one in regions.of_country("TR", "tr")]
    assert names[:2] == ["Adana", "Adıyaman"]
    assert names.index("Çorum") == names.index("Çankırı") + 1
    assert names.index("Iğdır") < names.index("İstanbul")
    assert regions.label("TR-34", "ru") == "Стамбул"
    assert regions.label("RU-TA", "tr") == "Tataristan Cumhuriyeti"
    assert (regions.called("Mersin", "ru"), regions.called("Москва", "tr")) == ("Мерсин", "Moskova")
    assert regions.called("Nowhere", "ru") == ""
    assert regions.label("XX-1", "tr") == "XX-1"
    assert regions.of_country("BR", "en") == ()


def test_countries_are_named_and_sorted_by_language() -> None:
    assert countries.label("RU", "tr") == "Rusya"
    assert countries.label("TR", "ru") == "Турция"
    assert countries.label("PS", "tr") == "Filistin"
    assert countries.label("CI", "tr") == "Fildişi Sahili"
    assert len(countries.names("en")) > 240
    assert not countries.exists("EU")
    assert countries.exists("KZ")
    turkish = list(countries.names("tr").values())
    assert turkish.index("Çin") < turkish.index("Danimarka")


def test_languages_begin_with_the_one_of_the_reader() -> None:
    assert next(iter(languages.names("ru"))) == "ru"
    assert {"tr", "ru", "en", "de", "fr", "ar"} <= set(languages.names("tr"))
    assert languages.label("de", "ru") == "немецкий"


def test_directed_types_have_two_ends_and_symmetric_ones_one() -> None:
    distribution = partnerships.all_types()["DISTRIBUTION"]
    assert distribution.sides == ("offers", "seeks")
    venture = partnerships.all_types()["JOINTVENTURE"]
    assert venture.sides == ("offers",)
    assert distribution.side_label("seeks", "ru") == "Ищем дистрибьютора"
    assert venture.side_label("seeks", "en") == "We want to found a joint venture"


def test_each_end_of_a_type_says_something_else() -> None:
    for one in partnerships.all_types().values():
        for language in ("tr", "ru", "en"):
            said = [one.side_label(side, language) for side in one.sides]
            assert all(said), one.code
            assert len(set(said)) == len(said), one.code


def test_certificate_labels() -> None:
    assert certificates.label("ISO9001", "ru") == "ISO 9001 – менеджмент качества"
    assert certificates.label("NONE", "ru") == "NONE"


def test_legal_forms_of_a_country_or_the_general_ones() -> None:
    assert legal_forms.of_country("TR")[0].code == "TR-AS"
    assert {one.country for one in legal_forms.of_country("BR")} == {""}
    assert legal_forms.all_forms()["RU-IP"].holder == "person"


def test_units_are_compared_within_one_quantity() -> None:
    assert units.in_unit(2, "t", "kg") == 2000
    assert units.in_unit(1, "m3", "l") == 1000
    assert units.in_unit(1, "kg", "pcs") is None
    assert units.in_unit(1, "kg", "?") is None


def test_practice_areas_are_named_in_each_language_in_the_order_of_the_table() -> None:
    first = [practice_areas.choices(language)[0] for language in ("tr", "ru", "en")]

    assert [code for code, _name in first] == ["finance"] * 3
    assert len({name for _code, name in first}) == 3
    assert practice_areas.label("no longer there", "ru") == "no longer there"
