"""Spellings of one word by different alphabets have one skeleton."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.engines.text.folding import fold, fold_word, prefix_key, tokens

SAME = [
    ("IŞIK", "ışık", "Işık", "isik", "ISIK", "İŞİK", "işik"),
    ("İstanbul", "istanbul", "ISTANBUL", "I\u0307stanbul", "ıstanbul"),
    ("Щербаков", "Shcherbakov", "Şçerbakov", "Scherbakov", "Ščerbakov"),
    ("Нижний", "Nizhny", "Nizhniy", "Nijniy", "Nižniy"),
    ("надёжный", "надежный", "nadezhnyy", "nadejnıy"),
    ("Семёнов", "Semyonov", "Semenov"),
    ("Екатеринбург", "Yekaterinburg", "Ekaterinburg"),
    ("Юрий", "Yuri", "Yury", "Iurii"),
    ("Чайковский", "Tchaikovsky", "Çaykovski", "Chaykovskiy"),
    ("Цветков", "Tsvetkov", "Cvetkov"),
    ("Харьков", "Kharkov", "Harkov"),
    ("Казань", "Kazan", "KAZAN"),
    ("süt", "sut", "SÜT"),
    ("çelik", "celik", "ÇELİK", "Челик"),
    ("Ива́нов", "Иванов", "Ivanov"),
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[0])
def test_fold_word_when_spelled_otherwise_then_same_skeleton(spellings: tuple[str, ...]) -> None:
    assert {fold_word(spelling) for spelling in spellings} == {fold_word(spellings[0])}


@pytest.mark.parametrize(
    ("one", "other"), [("valf", "vana"), ("трубы", "трупы"), ("Kazan", "Kazak"), ("8481", "8482")]
)
def test_fold_word_when_words_differ_then_skeletons_differ(one: str, other: str) -> None:
    assert fold_word(one) != fold_word(other)


def test_tokens_when_text_has_punctuation_then_words_in_order() -> None:
    assert tokens("Санкт-Петербург, İstanbul'da 8481.80") == [
        "sankt",
        "peterburg",
        "istanbul",
        "da",
        "8481",
        "80",
    ]


def test_fold_when_text_is_empty_then_empty() -> None:
    assert fold(" — «» ") == ""


@given(st.text(max_size=40))
def test_fold_when_any_text_then_ascii_words(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert all(part.isalnum() and part == part.lower() for part in folded.split())


@given(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ", max_size=20))
def test_fold_when_turkish_word_in_capitals_then_same_skeleton(word: str) -> None:
    capitals = word.replace("i", "İ").replace("ı", "I").upper()
    assert fold_word(word) == fold_word(capitals)


def test_prefix_key_when_word_unfinished_then_begins_the_skeleton() -> None:
    assert fold("Щербаков").startswith(prefix_key("Şçerb"))
    assert fold("Казань").startswith(prefix_key("kaz"))
