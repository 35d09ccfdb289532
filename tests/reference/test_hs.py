"""Labels of HS codes and the search behind the picker."""

from time import thread_time

import pytest

from matchmaker.reference import hs
from matchmaker.reference.hs_search import find_hs
from matchmaker.reference.tables import LABEL_LANGUAGES

SAME_CODE = [
    (
        "848180",
        ["küresel vana", "küresel vanaları", "kuresel vana", "шаровой кран", "шаровые краны", "ball valves"],
    ),
    ("848210", ["rulman", "rulmanlar", "RULMAN", "подшипник", "подшипников", "ПОДШИПНИКИ", "bearings"]),
    ("080222", ["fındık", "findik", "fındığı", "FINDIK", "фундук", "фундука", "hazelnut", "hazelnuts"]),
    ("610910", ["tişört", "tişörtler", "футболки", "футболок", "t-shirts"]),
    ("691010", ["klozet", "klozetler", "унитазы", "унитазов", "toilet bowls"]),
    ("040900", ["bal", "мёд", "мед", "мёда", "honey"]),
    ("850423", ["güç transformatörleri", "силовые трансформаторы", "power transformers"]),
    ("847420", ["konkasör", "konkasörler", "дробилки", "дробилок", "crushers"]),
    ("200290", ["domates salçası", "томатной пасты", "tomato paste"]),
    ("441233", ["kontrplak", "фанера", "фанеры", "plywood"]),
]


@pytest.mark.parametrize(
    ("code", "query"), [(code, query) for code, queries in SAME_CODE for query in queries]
)
@pytest.mark.parametrize("language", ["tr", "ru", "en"])
def test_search_by_a_word_in_any_language_finds_the_code_first(code: str, query: str, language: str) -> None:
    assert find_hs(query, language)[0].code.code == code


@pytest.mark.parametrize("query", ["848180", "8481.80", " 8481 80 ", "8481.80.81.99.00", "848180819900"])
def test_search_by_digits_finds_the_code_with_or_without_dots_and_national_digits(query: str) -> None:
    assert [hit.code.code for hit in find_hs(query, "tr")] == ["848180"]


def test_search_by_first_digits_lists_the_heading_and_then_what_is_under_it() -> None:
    found = [hit.code.code for hit in find_hs("8482", "en", limit=20)]
    assert found == ["8482", *(one.code for one in hs.children("8482"))]


def test_search_by_digits_that_do_not_exist_falls_back_to_the_nearest_code_above() -> None:
    assert find_hs("848177", "en")[0].code.code == "8481"


@pytest.mark.parametrize("query", ["", "   ", "...", "!?", "%", "zzqqxx", "٣٤"])
def test_search_without_an_answer_is_empty(query: str) -> None:
    assert find_hs(query, "ru") == []


def test_search_while_typing_finds_by_the_beginning_of_a_word() -> None:
    assert "848210" in [hit.code.code for hit in find_hs("подшип", "ru")]
    assert "848210" in [hit.code.code for hit in find_hs("rulm", "tr")]


@pytest.mark.parametrize("typed", ["küresel va", "küresel v", "шаровой кр", "ball v"])
def test_search_while_typing_does_not_lose_the_code_at_the_first_letters_of_the_next_word(typed: str) -> None:
    assert find_hs(typed, "ru")[0].code.code == "848180"


@pytest.mark.parametrize("language", ["tr", "ru", "en"])
@pytest.mark.parametrize(
    ("query", "code"),
    [("vana", "848180"), ("Vana", "848180"), ("van", "870421"), ("tea", "090230"), ("çay", "090230")],
)
def test_a_name_typed_in_full_comes_before_words_near_to_it(query: str, code: str, language: str) -> None:
    assert find_hs(query, language)[0].code.code == code


@pytest.mark.parametrize("language", ["tr", "ru", "en"])
@pytest.mark.parametrize(("query", "code"), [("ball", "8482"), ("bal", "0409"), ("mill", "8437")])
def test_a_word_is_read_in_the_language_that_spells_it_so(query: str, code: str, language: str) -> None:
    found = [hit.code.code[:4] for hit in find_hs(query, language)]
    others = {"0409", "3401"} - {code}
    assert code in found
    assert not others.intersection(found[: found.index(code)])


def test_a_whole_word_of_a_longer_name_comes_before_the_beginning_of_another_word() -> None:
    found = [hit.code.code for hit in find_hs("pump", "en", limit=20)]
    assert {"841330", "841360"} <= set(found[: found.index("070993")])


def test_search_reaches_codes_that_only_have_an_english_label() -> None:
    assert find_hs("nickel mattes", "tr")[0].code.code.startswith("7501")


def test_search_is_the_same_each_time_and_keeps_to_the_limit() -> None:
    first = find_hs("makine", "tr", limit=5)
    assert len(first) == 5
    assert first == find_hs("makine", "tr", limit=5)
    assert [hit.score for hit in first] == sorted((hit.score for hit in first), reverse=True)


def test_search_answers_within_a_tenth_of_a_second() -> None:
    find_hs("vana", "tr")
    queries = [query for _, queries in SAME_CODE for query in queries]
    # CPU time: what runs beside the suite says nothing of the search, which waits for nothing.
    slowest = 0.0
    for query in [*queries, "a b c d e f g h", "machine parts for the and of other", "8", "x" * 120]:
        begin = thread_time()
        find_hs(query, "ru")
        slowest = max(slowest, thread_time() - begin)
    assert slowest < 0.1


def test_label_in_the_language_else_in_english() -> None:
    valve = hs.all_codes()["848180"]
    assert valve.label("en").startswith("Taps, cocks")
    assert valve.label("ru").startswith("Прочие краны, вентили и клапаны")
    assert valve.label("de") == valve.label("en")
    assert hs.all_codes()["8481"].label("tr") == "Vana, musluk ve valfler"
    assert hs.label("123456", "tr") == "123456"


@pytest.mark.parametrize("language", LABEL_LANGUAGES)
def test_every_code_is_named_in_each_language(language: str) -> None:
    assert all(one.labels.own(language) for one in hs.all_codes().values())


@pytest.mark.parametrize("language", ["tr", "ru"])
@pytest.mark.parametrize("level", [hs.HsLevel.HEADING, hs.HsLevel.SUBHEADING])
def test_no_two_of_a_level_bear_the_same_name(level: hs.HsLevel, language: str) -> None:
    names = [one.labels.own(language) for one in hs.at_level(level)]
    assert len(set(names)) == len(names)


def test_path_goes_from_section_to_heading() -> None:
    assert [one.code for one in hs.all_codes()["848180"].path] == ["XVI", "84", "8481"]
    assert hs.all_codes()["848180"].dotted == "8481.80"
    assert hs.all_codes()["8481"].dotted == "8481"
