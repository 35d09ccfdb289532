"""Which names and numbers are alike, which are not, in which order."""

import pytest

from matchmaker.compliance.likeness import PARTIAL, Listed, ListedParty, Subject
from matchmaker.engines.text.likeness import WHOLE, number_of


def party(number: int, *names: str, numbers: tuple[str, ...] = ()) -> ListedParty:
    return ListedParty(number, "List", "1", f"R-{number}", names, numbers)


def like(names: tuple[str, ...], *parties: ListedParty, numbers: tuple[str, ...] = ()) -> list[int]:
    return [one.party.entry_id for one in Listed(parties).like(Subject(names, numbers))]


@pytest.mark.parametrize(
    ("firm", "listed"),
    [
        ("ООО «Северный Трубный Завод»", "SEVERNYI TRUBNYY ZAVOD LLC"),
        ("Кама-Экспорт", "Kama Export JSC"),
        ("Çağlayan Makina Sanayi ve Ticaret A.Ş.", "CAGLAYAN MAKINA"),
        ("Zhemchug Trading", "Жемчуг Трейдинг, АО"),
        ("Trading Zhemchug", "Zhemchug Trading"),
        ("Severny Trubny Zavod", "Severniy Trubniy Zavodd"),
    ],
)
def test_finds_the_same_name_across_scripts_forms_and_word_order(firm: str, listed: str) -> None:
    found = Listed((party(1, listed),)).like(Subject((firm,)))
    assert [one.party.entry_id for one in found] == [1]
    assert found[0].score >= WHOLE


@pytest.mark.parametrize(
    ("firm", "listed"),
    [
        ("Anadolu Vana", "Volga Pump"),
        ("Kazan Steel Works", "Konya Steel Mill"),
        ("Akım Elektrik", "Aktif Elektronik"),
        ("OOO", "АО"),
        ("Ural", "Ural Metal Invest"),
    ],
)
def test_leaves_other_names_alone(firm: str, listed: str) -> None:
    assert like((firm,), party(1, listed)) == []


def test_a_name_that_is_part_of_another_counts() -> None:
    listed = Listed((party(1, "Severny Put Shipping Group of Kazan"),))
    found = listed.like(Subject(("Severny Put",)))
    assert [one.score for one in found] == [PARTIAL]
    assert like(("Uralmetallurg Trade House Novosib",), party(1, "Uralmetallurg")) == [1]


def test_an_alias_is_a_name_and_is_named() -> None:
    found = Listed((party(1, "Something Else", "Severny Put"),)).like(Subject(("ООО Северный путь",)))
    assert [(one.name, one.party.names[0]) for one in found] == [("Severny Put", "Something Else")]


def test_an_equal_number_is_decisive_whatever_the_name() -> None:
    parties = (
        party(1, "Severny Put"),
        party(2, "Quite Different", numbers=("Tax ID No. 7701234567 (Russia)",)),
    )
    found = Listed(parties).like(Subject(("Severny Put",), ("7701234567",)))
    assert [(one.party.entry_id, one.score, one.by_identifier) for one in found] == [
        (2, 100, True),
        (1, 100, False),
    ]


def test_a_number_decides_although_the_name_is_alike_too() -> None:
    one = party(1, "Severny Put", numbers=("7701234567",))
    found = Listed((one,)).like(Subject(("Severny Put",), ("7701234567",)))
    assert [item.by_identifier for item in found] == [True]


def test_short_numbers_are_no_numbers() -> None:
    assert number_of("12 34") == ""
    assert like(("A B C D",), party(1, "Nothing", numbers=("1234",)), numbers=("1234",)) == []


def test_no_list_is_like_nothing() -> None:
    assert like(("Severny Put",)) == []
