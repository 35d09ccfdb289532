"""What words name, and what they do not name although folding makes them one with the words for it."""

from pathlib import Path

import pytest

from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.query import SearchQuery
from matchmaker.engines.search.reader import Reader
from matchmaker.engines.search.writer import rebuild
from matchmaker.reference.word_meanings import _POINTS, MISREAD, meanings_of

HONEY, BALL_VALVES = "040900", "848180"


def share_of(text: str, code: str) -> float:
    """Of the points for offering what is named in full, those that this code gets."""
    (meaning,) = meanings_of(text)
    points = [points for name, codes, points in meaning.codes if name == "offered" and code in codes]
    return max(points, default=0.0) / _POINTS["offered"]


@pytest.mark.parametrize(
    ("text", "misread"),
    [("ball", HONEY), ("mill", "340111"), ("plate", "620442"), ("door", "871639"), ("вентиль", "841459")],
)
def test_what_another_language_means_by_a_word_stands_behind(text: str, misread: str) -> None:
    assert meanings_of(text)[0].apart
    assert share_of(text, misread) == pytest.approx(MISREAD)


@pytest.mark.parametrize(
    ("text", "code"),
    [("bal", HONEY), ("Bal", HONEY), ("мыло", "340111"), ("bala", HONEY)],
)
def test_the_language_of_the_word_is_taken_at_its_word(text: str, code: str) -> None:
    assert not meanings_of(text)[0].apart
    assert share_of(text, code) > MISREAD


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("цемента", "252329"),
        ("компрессоров", "841480"),
        ("kuresel vana", BALL_VALVES),
        ("sharovoy kran", BALL_VALVES),
    ],
)
def test_words_of_several_languages_and_words_typed_in_other_letters_are_not_misread(
    text: str, code: str
) -> None:
    assert not meanings_of(text)[0].apart
    assert share_of(text, code) > MISREAD


def test_the_spelling_stands_above_goods_that_are_named_and_those_above_another_languages_word(
    tmp_path: Path,
) -> None:
    with rebuild(tmp_path) as build:
        build.add(
            [
                FirmDocument(
                    1, ("Bal Gıda",), {"tr": "Bal, bal, süzme bal"}, name_language="tr", offered=(HONEY,)
                ),
                FirmDocument(
                    2, ("Akış",), {"tr": "Küresel vana"}, name_language="tr", offered=(BALL_VALVES,)
                ),
                FirmDocument(3, ("Поток",), {"en": "Every ball we make is round"}, name_language="ru"),
            ]
        )
    reader = Reader(tmp_path)

    def found(text: str) -> list[int]:
        return [hit.firm_id for hit in reader.search(SearchQuery(text, meanings=meanings_of(text))).hits]

    assert found("ball") == [3, 2, 1]
    assert found("bal")[0] == 1
