"""What a reader of the directory finds, in three languages and both scripts."""

from dataclasses import replace
from pathlib import Path

import pytest

from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.query import Meaning, SearchQuery
from matchmaker.engines.search.reader import FacetCount, Reader
from matchmaker.engines.search.schema import Level
from matchmaker.engines.search.writer import Writer, rebuild

KAZAN = FirmDocument(
    1,
    ("ООО «Казань Труба»", "Kazan Truba"),
    {"ru": "Стальные трубы и надёжный сервис, станок с ЧПУ"},
    name_language="ru",
    country="RU",
    region="RU-TA",
    size="small",
    nace=("24.20",),
    languages=("ru", "en"),
    certificates=("RU-MINPROM719", "ISO9001"),
    partnerships=("SUBCONTRACTING:b",),
    offered=("730630",),
    sought=("848180",),
)
ISIK = FirmDocument(
    2,
    ("IŞIK Çelik A.Ş.",),
    {"tr": "Paslanmaz boru ve küresel vana üretimi, kalıplarımız"},
    name_language="tr",
    country="TR",
    region="TR-34",
    size="medium",
    nace=("24.20", "28.14"),
    languages=("tr", "en"),
    certificates=("ISO9001",),
    partnerships=("DISTRIBUTION:a",),
    offered=("848180", "7306"),
    sought=("72",),
)
SHCHERBAKOV = FirmDocument(
    3,
    ("АО «Щербаков и партнёры»",),
    {"ru": "Шаровые краны, насосы", "en": "Ball valves and pumps"},
    name_language="ru",
    country="RU",
    region="RU-NIZ",
    size="small",
    nace=("28.14",),
    languages=("ru",),
    offered=("848180",),
)
NIZHNY = FirmDocument(
    4, ("Нижний Инструмент",), {"ru": "Инструмент"}, name_language="ru", country="RU", region="RU-NIZ"
)
YILDIZ = FirmDocument(
    5, ("Yıldız Fındık",), {"tr": "Fındık ve süt ürünleri"}, name_language="tr", country="TR", region="TR-52"
)
ISIK_BASE = FirmDocument(6, ("Isik Metal",), {"en": "Metal parts"}, name_language="en", country="DE")
FIRMS = (KAZAN, ISIK, SHCHERBAKOV, NIZHNY, YILDIZ, ISIK_BASE)

FOUND = [
    ("kazan truba", 1),
    ("KAZAN TRUBA", 1),
    ("Казань трубы", 1),
    ("трубами", 1),
    ("truby", 1),
    ("stanki", 1),
    ("надежный", 1),
    ("isik çelik", 2),
    ("ışık çelik", 2),
    ("IŞIK", 2),
    ("ISIK celik", 2),
    ("İŞİK çelik", 2),
    ("kaliplar", 2),
    ("kalıp", 2),
    ("Shcherbakov", 3),
    ("Şçerbakov", 3),
    ("scherbakov", 3),
    ("Щербакова", 3),
    ("nizhny", 4),
    ("nijniy", 4),
    ("yildiz findik", 5),
    ("sut", 5),
    ("pump valve", 3),
    ("Щербоков", 3),
    ("Shcerbakof", 3),
    ("findık yıldiz", 5),
    ("paslanmz", 2),
    ("instrum", 4),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    root = tmp_path_factory.mktemp("directory")
    with rebuild(root) as build:
        build.add(FIRMS)
    return Reader(root)


def found(reader: Reader, text: str, **filters: tuple[int | str, ...]) -> list[int]:
    return [hit.firm_id for hit in reader.search(SearchQuery(text, filters)).hits]


@pytest.mark.parametrize(("text", "firm_id"), FOUND)
def test_search_when_word_is_spelled_or_inflected_otherwise_then_firm_is_found(
    reader: Reader, text: str, firm_id: int
) -> None:
    assert firm_id in found(reader, text)


@pytest.mark.parametrize("text", ["truba istanbul", "zzz", "qq", "вертолёты"])
def test_search_when_no_firm_has_every_word_then_nothing(reader: Reader, text: str) -> None:
    assert found(reader, text) == []


def test_search_when_exact_spelling_exists_then_ranked_above_folded(reader: Reader) -> None:
    assert found(reader, "ışık") == [2, 6]
    assert found(reader, "Isik") == [6, 2]


def test_search_when_word_is_unknown_then_says_which_word_was_read_otherwise(reader: Reader) -> None:
    assert reader.search(SearchQuery("kazan trubba")).similar == ()
    assert reader.search(SearchQuery("paslanmz boru")).similar == ("paslanmz",)


def test_search_when_words_are_typed_then_beginning_and_typos_are_not_mixed_in(reader: Reader) -> None:
    assert found(reader, "насос") == [3]


def test_search_when_only_filters_then_by_firm_id_with_total(reader: Reader) -> None:
    page = reader.search(SearchQuery(filters={"country": ("RU",)}, limit=2, offset=1))
    assert ([hit.firm_id for hit in page.hits], page.total) == ([3, 4], 3)


def test_search_when_nothing_is_asked_then_all_firms(reader: Reader) -> None:
    assert found(reader, " — ") == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("filters", "firms"),
    [
        ({"country": ("TR", "DE")}, [2, 5, 6]),
        ({"country": ("RU",), "region": ("RU-NIZ",)}, [3, 4]),
        ({"division": ("28",)}, [2, 3]),
        ({"division": (28,)}, [2, 3]),
        ({"nace": ("24.20",)}, [1, 2]),
        ({"certificate": ("RU-MINPROM719",)}, [1]),
        ({"partnership": ("SUBCONTRACTING:b", "DISTRIBUTION:a")}, [1, 2]),
        ({"offered": ("84",)}, [2, 3]),
        ({"offered": ("7306",)}, [1, 2]),
        ({"offered": ("730630", "848180")}, [1, 2, 3]),
        ({"sought": ("72",)}, [2]),
        ({"size": ("small",), "language": ("en",)}, [1]),
        ({"region": ("nowhere at all, too long",)}, []),
        ({"region": ("?",)}, []),
        ({"region": ()}, [1, 2, 3, 4, 5, 6]),
    ],
)
def test_search_when_filtered_then_one_code_of_each_filter(
    reader: Reader, filters: dict[str, tuple[int | str, ...]], firms: list[int]
) -> None:
    assert found(reader, "", **filters) == firms


def test_search_when_filter_is_unknown_then_error(reader: Reader) -> None:
    with pytest.raises(ValueError, match="unknown filters"):
        found(reader, "", colour=("red",))


def test_search_when_filtered_then_score_is_of_the_words_alone(reader: Reader) -> None:
    free = reader.search(SearchQuery("трубы"))
    filtered = reader.search(SearchQuery("трубы", {"country": ("RU",), "size": ("small",)}))
    assert filtered.hits == tuple(hit for hit in free.hits if hit.firm_id == 1)


def test_facets_when_filter_is_set_then_its_own_facet_shows_the_alternatives(reader: Reader) -> None:
    counts = reader.facets(
        SearchQuery(filters={"country": ("RU",)}), ["country", "region", "certificate", "offered"]
    )
    assert counts == {
        "country": (FacetCount("RU", 3), FacetCount("TR", 2), FacetCount("DE", 1)),
        "region": (FacetCount("RU-NIZ", 2), FacetCount("RU-TA", 1)),
        "certificate": (FacetCount("ISO9001", 1), FacetCount("RU-MINPROM719", 1)),
        "offered": (FacetCount("73", 1), FacetCount("84", 1)),
    }


def test_facets_when_words_are_given_then_each_count_is_what_choosing_it_finds(reader: Reader) -> None:
    query = SearchQuery("isik", {"country": ("TR",)})
    for name, counts in reader.facets(query, ["country", "division", "language", "size"]).items():
        for count in counts:
            chosen = SearchQuery(query.text, {**query.filters, name: (count.code,)})
            assert reader.count(chosen) == count.firms


def test_ids_when_asked_then_every_firm_found_up_to_the_limit(reader: Reader) -> None:
    query = SearchQuery(filters={"country": ("RU", "TR")})
    assert (reader.ids(query, 10), reader.ids(query, 2)) == ([1, 2, 3, 4, 5], [1, 2])
    assert reader.ids(SearchQuery("valve"), 5_000) == [3]


def named(reader: Reader, text: str, level: Level = Level.REGISTERED) -> list[int]:
    return [hit.firm_id for hit in reader.named(text, level)]


@pytest.mark.parametrize(
    ("typed", "firm_id"), [("kaz", 1), ("каз", 1), ("Şçer", 3), ("yıl", 5), ("труб", 1), ("isik cel", 2)]
)
def test_named_when_word_is_begun_then_firms_in_either_script(
    reader: Reader, typed: str, firm_id: int
) -> None:
    assert firm_id in named(reader, typed)


@pytest.mark.parametrize("typed", ["...", "zzz", "", "насосы kaz"])
def test_named_when_no_name_has_all_words_then_nothing(reader: Reader, typed: str) -> None:
    assert named(reader, typed) == []


def test_having_when_code_is_asked_then_number_of_its_firms(reader: Reader) -> None:
    assert [reader.having("offered", code, Level.REGISTERED) for code in ("84", "848180", "01")] == [2, 2, 0]


@pytest.fixture(scope="module")
def levels(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A firm that shows visitors its texts alone, and one that shows them its name and goods."""
    root = tmp_path_factory.mktemp("levels")
    with rebuild(root) as build:
        build.add(
            [
                KAZAN._replace(
                    registered=frozenset({"names", "offered", "goods", "size", "region", "country"})
                ),
                ISIK._replace(goods={"tr": "dirsek"}, registered=frozenset({"texts", "certificates"})),
            ]
        )
    return Reader(root)


@pytest.mark.parametrize(
    ("text", "filters", "visitors", "registered"),
    [
        ("kazan", {}, [], [1]),
        ("надежный", {}, [1], [1]),
        ("küresel", {}, [], [2]),
        ("isik", {}, [2], [2]),
        ("dirsekler", {}, [2], [2]),
        ("", {"offered": ("730630",)}, [], [1]),
        ("", {"country": ("RU",)}, [], [1]),
        ("", {"country": ("TR",)}, [2], [2]),
        ("", {"certificate": ("ISO9001",)}, [1], [1, 2]),
    ],
)
def test_search_when_part_is_for_registered_readers_then_visitors_do_not_find_by_it(
    levels: Reader,
    text: str,
    filters: dict[str, tuple[int | str, ...]],
    visitors: list[int],
    registered: list[int],
) -> None:
    for level, firms in ((Level.EVERYBODY, visitors), (Level.REGISTERED, registered)):
        assert [hit.firm_id for hit in levels.search(SearchQuery(text, filters, level=level)).hits] == firms


def test_facets_and_names_when_part_is_for_registered_readers_then_visitors_do_not_see_them(
    levels: Reader,
) -> None:
    asked = SearchQuery(level=Level.EVERYBODY)
    assert levels.facets(asked, ["size", "offered"]) == {
        "size": (FacetCount("medium", 1),),
        "offered": (FacetCount("73", 1), FacetCount("84", 1)),
    }
    assert (named(levels, "kaz", Level.EVERYBODY), named(levels, "kaz")) == ([], [1])
    assert levels.having("offered", "730630", Level.EVERYBODY) == 0


def test_search_when_words_name_a_code_then_firms_are_found_by_it_too(reader: Reader) -> None:
    by_code = Meaning(0, 2, (("offered", ("848180",), 6.0),))
    assert found(reader, "gate valve") == []
    assert [hit.firm_id for hit in reader.search(SearchQuery("gate valve", meanings=(by_code,))).hits] == [
        2,
        3,
    ]
    also = SearchQuery("gate valve isik", meanings=(by_code,))
    assert [hit.firm_id for hit in reader.search(also).hits] == [2]


@pytest.mark.parametrize(
    ("text", "firm_id"), [("OOO Kazan Truba", 1), ("Щербаков АО", 3), ("Isik Celik A.S.", 2)]
)
def test_search_when_legal_form_is_typed_then_it_need_not_be_found(
    reader: Reader, text: str, firm_id: int
) -> None:
    assert found(reader, text)[0] == firm_id


def test_search_when_known_words_meet_in_no_firm_then_near_words_are_tried(tmp_path: Path) -> None:
    with rebuild(tmp_path) as build:
        build.add([FirmDocument(1, ("Deniz Vana",), country="TR"), FirmDocument(2, ("Orman Vena",))])
    two = Reader(tmp_path)

    page = two.search(SearchQuery("deniz vena"))
    assert ([hit.firm_id for hit in page.hits], page.similar) == ([1], ("deniz", "vena"))
    assert two.ids(SearchQuery("deniz vena"), 9) == [1]
    assert two.search(SearchQuery("deniz orman")).similar == ()
    # A filter that leaves nothing is no reason to read the words otherwise.
    assert two.search(SearchQuery("deniz", {"country": ("RU",)})).total == 0


def test_reader_when_same_search_twice_then_same_page(reader: Reader, tmp_path: Path) -> None:
    with rebuild(tmp_path) as build:
        build.add(reversed(FIRMS))
    other = Reader(tmp_path)
    for text in ("инструмент", "isik", "ISO", ""):
        assert other.search(SearchQuery(text)) == reader.search(SearchQuery(text))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Sixty firms of equal words, twenty of other equal words, in no order, and some numbers missing."""
    root = tmp_path_factory.mktemp("many")
    numbers = [number for number in range(1, 120) if number % 3]
    with rebuild(root) as build:
        for number in sorted(numbers, key=lambda one: one * 37 % 101):
            word = "kiremit" if number > 30 else "tuğla kiremit"
            build.add([FirmDocument(number, ("Ortak",), {"tr": word}, country="TR" if number % 2 else "RU")])
    return Reader(root)


def pages(reader: Reader, text: str, size: int, **filters: tuple[str, ...]) -> list[list[int]]:
    total = reader.search(SearchQuery(text, filters)).total
    return [
        [hit.firm_id for hit in reader.search(SearchQuery(text, filters, size, start)).hits]
        for start in range(0, total, size)
    ]


def test_search_when_more_firms_are_equal_than_a_page_knows_then_no_page_repeats_one(many: Reader) -> None:
    for size in (7, 20):
        shown = pages(many, "kiremit", size)
        flat = [number for page in shown for number in page]
        assert sorted(flat) == many.ids(SearchQuery("kiremit"), 999)
        assert shown == pages(many, "kiremit", size)


def test_search_when_few_firms_are_equal_then_by_number_over_all_pages(many: Reader) -> None:
    flat = [number for page in pages(many, "tuğla", 6) for number in page]
    assert flat == [number for number in range(1, 31) if number % 3]


@pytest.mark.parametrize("dear", [0, 1, 10_000])
def test_search_when_only_filters_then_by_number_however_it_is_found(
    many: Reader, monkeypatch: pytest.MonkeyPatch, dear: int
) -> None:
    monkeypatch.setattr("matchmaker.engines.search.pages._DEAR", dear)
    monkeypatch.setattr("matchmaker.engines.search.pages._WINDOW", 0)
    for filters in ({}, {"country": ("TR",)}):
        flat = [number for page in pages(many, "", 15, **filters) for number in page]
        assert flat == many.ids(SearchQuery(filters=filters), 999)
        newest = [many.newest(SearchQuery("", filters, 15, start)) for start in range(0, len(flat), 15)]
        assert [number for page in newest for number in page] == flat[::-1]


def test_newest_when_words_are_given_then_theirs_only(many: Reader) -> None:
    assert many.newest(SearchQuery("tuğla", limit=4, offset=1)) == [28, 26, 25, 23]


def test_count_when_a_commit_came_then_what_was_known_before_is_not_told(tmp_path: Path) -> None:
    with rebuild(tmp_path) as build:
        build.add([FirmDocument(1, ("Deniz",), country="TR"), FirmDocument(2, ("Orman",), country="TR")])
    reader, turkish, named = Reader(tmp_path), SearchQuery(filters={"country": ("TR",)}), SearchQuery("deniz")
    assert (reader.count(turkish), reader.count(named), reader.search(SearchQuery("ada")).total) == (2, 1, 0)

    with Writer(tmp_path) as writer:
        hidden = FirmDocument(2, ("Ada",), country="TR", registered=frozenset({"country"}))
        writer.apply([hidden], removed=[1])
    assert reader.count(turkish) == 2
    reader.refresh(now=True)
    assert (reader.count(turkish), reader.count(named), reader.search(SearchQuery("ada")).total) == (1, 0, 1)
    assert [(one.code, one.firms) for one in reader.facets(turkish, ["country"])["country"]] == [("TR", 1)]
    visitor = SearchQuery(level=Level.EVERYBODY)
    assert [reader.count(replace(one, filters={"country": ("TR", "XX")})) for one in (visitor, named)] == [
        0,
        0,
    ]
    assert reader.facets(visitor, ["country"])["country"] == ()
