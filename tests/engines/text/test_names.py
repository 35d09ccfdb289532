"""Names of firms and persons: legal forms, keys, romanisation, case and order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.engines.text.casing import lower, lower_tr, upper, upper_tr
from matchmaker.engines.text.collation import sort_key
from matchmaker.engines.text.legal_forms import strip_legal_forms
from matchmaker.engines.text.names import name_key
from matchmaker.engines.text.romanisation import romanise_place_ru, romanise_ru, romanise_tr, write_cyrillic

STRIPPED = [
    ("Çelik Boru Sanayi ve Ticaret A.Ş.", "Çelik Boru"),
    ("ÇELİK BORU SAN. VE TİC. LTD. ŞTİ.", "ÇELİK BORU"),
    ("Deniz Makina San. Tic. Ltd.Şti.", "Deniz Makina"),
    ("Ege Anonim Şirketi", "Ege"),
    ("S.S. Tarım Koop.", "S.S. Tarım"),
    ("ООО «Щербаков и сыновья»", "Щербаков и сыновья"),
    ("Общество с ограниченной ответственностью «Вектор»", "Вектор"),
    ("ПАО «Северный завод»", "Северный завод"),
    ("Vektor Group Holding LLC", "Vektor"),
    ("OOO Vektor", "Vektor"),
    ("Aslan Makina", "Aslan Makina"),
    ("Ipek Tekstil", "Ipek Tekstil"),
    ("Коптев", "Коптев"),
]
PAIRS = [
    ("Фёдор Хрущёв", "Fyodor Khrushchev"),
    ("Юлия Жданова", "Yuliya Zhdanova"),
    ("ООО «Цветной мир»", "Tsvetnoy Mir LLC"),
    ("Kardeşler Çelik A.Ş.", "KARDESLER CELIK"),
    ("Yıldız Ltd. Şti.", "Йылдыз"),
    ("Джихан", "Cihan"),
    ("Зоя Щукина", "Zoia Shchukina"),
]


@pytest.mark.parametrize(("name", "bare"), STRIPPED)
def test_strip_legal_forms_when_form_at_either_end_then_gone(name: str, bare: str) -> None:
    assert strip_legal_forms(name) == bare


@pytest.mark.parametrize("name", ["ООО", "A.Ş", "LLC"])
def test_strip_legal_forms_when_nothing_else_then_kept(name: str) -> None:
    assert strip_legal_forms(name) == name


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_name_key_when_same_name_in_other_script_then_equal(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Вектор", "Виктор"), ("Demir Boru", "Demir Vana"), ("Ege 1", "Ege 2")]
)
def test_name_key_when_other_name_then_differs(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_romanise_ru_when_every_letter_then_passport_spelling() -> None:
    assert romanise_ru("Щербаков Подъячев Юлия Цой Ёлкина Эльвира Рыжий Харьков") == (
        "Shcherbakov Podieiachev Iuliia Tsoi Elkina Elvira Ryzhii Kharkov"
    )


def test_romanise_place_then_as_on_maps() -> None:
    assert [romanise_place_ru(name) for name in ("Челябинск", "Нижний Новгород", "Йошкар-Ола", "ЮЖНЫЙ")] == [
        "Chelyabinsk",
        "Nizhny Novgorod",
        "Yoshkar-Ola",
        "YUZHNY",
    ]
    assert [romanise_place_ru(name, "tr") for name in ("Челябинск", "Нижний Новгород", "Иваново")] == [
        "Çelyabinsk",
        "Nijni Novgorod",
        "İvanovo",
    ]


def test_romanise_ru_when_capitals_then_capitals() -> None:
    assert romanise_ru("ЩУКИН") == "SHCHUKIN"


def test_romanise_tr_when_turkish_letters_then_base_letters() -> None:
    assert romanise_tr("ÇIĞIR İşçi kâğıt Öğüt") == "CIGIR Isci kagit Ogut"


def test_write_cyrillic_when_not_latin_then_empty() -> None:
    assert write_cyrillic("труба") == ""
    assert write_cyrillic("shcherbakov") == "щербаков"


def test_casing_when_turkish_then_dots_are_kept_apart() -> None:
    assert (lower_tr("ILIK İZMİR"), upper_tr("ılık izmir")) == ("ılık izmir", "ILIK İZMİR")
    assert (lower("ILIK", "tr"), lower("ILIK", "en"), lower("İ", "en")) == ("ılık", "ilik", "i")
    assert (upper("izmir", "tr"), upper("izmir", "en")) == ("İZMİR", "IZMIR")


@given(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyz ", max_size=30))
def test_casing_when_turkish_text_raised_and_lowered_then_unchanged(text: str) -> None:
    assert lower_tr(upper_tr(text)) == text


def test_sort_key_when_turkish_then_alphabet_of_the_language() -> None:
    words = [
        "zil",
        "ülke",
        "ulu",
        "şeker",
        "su",
        "ördek",
        "odun",
        "iğne",
        "ızgara",
        "çam",
        "cam",
        "ğ",
        "g",
        "h",
    ]
    expected = [
        "cam",
        "çam",
        "g",
        "ğ",
        "h",
        "ızgara",
        "iğne",
        "odun",
        "ördek",
        "su",
        "şeker",
        "ulu",
        "ülke",
        "zil",
    ]
    assert sorted(words, key=lambda word: sort_key(word, "tr")) == expected


def test_sort_key_when_russian_then_yo_follows_ye_and_latin_comes_last() -> None:
    words = ["zebra", "яма", "жук", "ёлка", "Ежевика", "ель", "7"]
    expected = ["7", "Ежевика", "ель", "ёлка", "жук", "яма", "zebra"]
    assert sorted(words, key=lambda word: sort_key(word, "ru")) == expected


def test_sort_key_when_english_then_accents_do_not_part_words() -> None:
    assert sorted(
        ["Izmir", "İnci", "çam", "cem", "Ωmega", "ıtır"], key=lambda word: sort_key(word, "en")
    ) == [
        "çam",
        "cem",
        "İnci",
        "ıtır",
        "Izmir",
        "Ωmega",
    ]
