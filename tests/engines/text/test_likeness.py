"""Which names are alike across scripts, spellings and the order of words."""

import pytest

from matchmaker.engines.text.likeness import SAME, WHOLE, name_likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ООО «Северный Трубный Завод»", "Severnyy Trubnyi Zavod LLC"),
        ("Çağlayan Makina Sanayi ve Ticaret A.Ş.", "CAGLAYAN MAKINA"),
        ("Makina Çağlayan", "Çağlayan Makina Ltd. Şti."),
        ("Anadolu Vana Sanayi", "Anadolu Vanna Sanayii"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert name_likeness(one, other) >= WHOLE
    assert name_likeness(one, other) == name_likeness(other, one)


@pytest.mark.parametrize(("one", "other"), [("Anadolu Vana", "Anadolu Pompa"), ("Ural", ""), ("ABC", "ABD")])
def test_other_names_are_not(one: str, other: str) -> None:
    assert name_likeness(one, other) == 0


def test_long_words_that_both_have_make_no_likeness_of_the_others() -> None:
    kind = "Сельскохозяйственный производственный кооператив"
    assert name_likeness(f"{kind} «Ветлозерно»", f"{kind} «Томозерно»") == 0
    assert name_likeness(f"{kind} «Ветлозерно»", f"{kind} «Ветлозерное»") >= WHOLE


def test_a_short_name_is_alike_only_when_it_is_the_same() -> None:
    assert name_likeness("ABC Ltd", "АБЦ ООО") in (0, SAME)
    assert name_likeness("ABC Ltd", "A.B.C. A.Ş.") == SAME
