"""A query word finds inflected words of the three languages, in either script."""

import pytest

from matchmaker.engines.text.expansion import query_words, text_terms
from matchmaker.engines.text.stemming import folded_stems, stems

FOUND = [
    ("трубы", "труба", "ru"),
    ("трубами", "трубы", "ru"),
    ("truba", "трубы", "ru"),
    ("truby", "трубами", "ru"),
    ("stanki", "станок", "ru"),
    ("станки", "станок", "ru"),
    ("stanok", "станков", "ru"),
    ("stalnye", "стальная", "ru"),
    ("надежный", "надёжных", "ru"),
    ("kalıplarımız", "kalıp", "tr"),
    ("kaliplari", "kalıp", "tr"),
    ("urunler", "ürünleri", "tr"),
    ("ISIK", "ışık", "tr"),
    ("valves", "valve", "en"),
    ("pumping", "pumps", "en"),
    ("çelik", "ÇELİK", "tr"),
]


@pytest.mark.parametrize(("query", "word", "language"), FOUND)
def test_query_when_inflected_or_romanised_then_meets_text(query: str, word: str, language: str) -> None:
    (query_word,) = query_words(query)
    assert set(query_word.alternatives) & set(text_terms(word, language))


@pytest.mark.parametrize(("query", "word", "language"), [("насос", "труба", "ru"), ("boru", "vana", "tr")])
def test_query_when_other_word_then_does_not_meet_text(query: str, word: str, language: str) -> None:
    (query_word,) = query_words(query)
    assert not set(query_word.alternatives) & set(text_terms(word, language))


def test_query_words_when_turkish_i_then_both_lower_cases_are_spellings() -> None:
    (word,) = query_words("ISIK")
    assert word.spellings == ("isik", "ısık")


def test_query_words_when_repeated_then_once() -> None:
    assert [word.skeleton for word in query_words("truba — truba kazan")] == ["truba", "kazan"]


def test_text_terms_when_cyrillic_word_in_turkish_text_then_stemmed_as_russian() -> None:
    assert "trub" in text_terms("Moskova için трубами", "tr")


def test_stems_when_language_without_stemmer_then_word_alone() -> None:
    assert stems("kitob", "uz") == ()
    assert folded_stems("kitob", "uz") == ("kitob",)
