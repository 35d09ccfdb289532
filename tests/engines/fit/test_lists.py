"""Lists of generated firms: exact against scoring every pair, whole or in chunks, in memory or mapped from disk."""

from collections import Counter
from pathlib import Path

import pytest

from matchmaker.demo.generator.stream import firms, vocabularies
from matchmaker.engines.fit.columns import Columns, Vocabularies, hs_number, hs_text
from matchmaker.engines.fit.index import FitIndex, Ranked
from matchmaker.engines.fit.profile import FitProfile, ProductLine
from matchmaker.engines.fit.scoring import score
from matchmaker.engines.fit.snapshot import Builder, current, new_folder, publish

FIRMS = 1200
ASKED = tuple(range(0, FIRMS, 80))


def generated(count: int) -> list[FitProfile]:
    return [chunk.columns.profile(at) for chunk in firms(count) for at in range(len(chunk))]


@pytest.fixture(scope="module")
def population() -> list[FitProfile]:
    return generated(FIRMS)


@pytest.fixture(scope="module")
def scored(population: list[FitProfile]) -> dict[int, list[Ranked]]:
    """For some firms all others, best first."""
    found = {}
    for at in ASKED:
        one = population[at]
        totals = [Ranked(other.firm_id, score(one, other).total) for other in population if other is not one]
        found[one.firm_id] = sorted(totals, key=lambda ranked: (-ranked.total, ranked.firm_id))
    return found


@pytest.fixture
def index(tmp_path: Path) -> FitIndex:
    builder = Builder(tmp_path / "lists", vocabularies())
    for chunk in firms(FIRMS):
        builder.add(chunk.columns)
    builder.finish()
    return FitIndex.load(tmp_path / "lists")


def test_top_when_firms_are_many_then_equal_to_scoring_every_pair_with_ties(
    index: FitIndex, population: list[FitProfile], scored: dict[int, list[Ranked]]
) -> None:
    ties = 0
    for at in ASKED:
        one = population[at]
        every = [ranked for ranked in scored[one.firm_id] if ranked.total]
        for k in (1, 20, 300):
            assert list(index.top(one, k)) == every[:k]
        ties += every[19].total == every[20].total
        russian = [ranked for ranked in every if population[ranked.firm_id - 1].country == "RU"]
        barred = {ranked.firm_id for ranked in russian[:7:2]}
        assert (
            list(index.top(one, excluded=barred, countries={"RU"}))
            == [ranked for ranked in russian if ranked.firm_id not in barred][:20]
        )
    assert ties > 3


@pytest.mark.parametrize("least", [0, 6, 26, 30, 33, 41, 58, 77, 101])
def test_count_when_least_is_any_then_as_many_as_scoring_every_pair_finds(
    index: FitIndex, population: list[FitProfile], scored: dict[int, list[Ranked]], least: int
) -> None:
    for at in ASKED:
        every = scored[population[at].firm_id]
        assert index.count(population[at], least) == sum(one.total >= max(least, 1) for one in every)


def test_top_when_the_asking_firm_says_only_one_thing_then_still_exact(
    index: FitIndex, population: list[FitProfile]
) -> None:
    for asking in (
        FitProfile(9_999, "TR", languages=frozenset({"ru"})),
        FitProfile(9_999, "TR", sectors=("4719",)),
        FitProfile(9_999, "TR", offered=(ProductLine("84"),)),
        FitProfile(9_999, "TR", sought=(ProductLine("8481"),), languages=frozenset({"ru", "xx"})),
        FitProfile(9_999, "TR"),
    ):
        every = [Ranked(other.firm_id, score(asking, other).total) for other in population]
        every = sorted((one for one in every if one.total), key=lambda one: (-one.total, one.firm_id))
        assert list(index.top(asking, 30)) == every[:30]


def test_score_many_when_asked_for_all_then_every_total(
    index: FitIndex, population: list[FitProfile], scored: dict[int, list[Ranked]]
) -> None:
    one = population[ASKED[3]]
    expected = {ranked.firm_id: ranked.total for ranked in scored[one.firm_id]}
    assert index.score_many(one, expected) == expected


def test_builder_when_numbers_do_not_rise_then_refused(tmp_path: Path) -> None:
    chunk = next(iter(firms(50)))
    builder = Builder(tmp_path / "lists", vocabularies())
    builder.add(chunk.columns)
    with pytest.raises(ValueError, match="order of their numbers"):
        builder.add(chunk.columns)


def test_builder_when_codes_grow_past_a_word_then_all_count(tmp_path: Path) -> None:
    known = Vocabularies()
    builder = Builder(tmp_path / "lists", known)
    stored = [
        FitProfile(n, "RU", (ProductLine("8481"),), certificates=frozenset(f"C{n}-{at}" for at in range(50)))
        for n in range(1, 5)
    ]
    for one in stored:
        builder.add(Columns.of([one], known))
    builder.finish()
    index = FitIndex.load(tmp_path / "lists")
    wanted = frozenset({"C1-7", "C4-49", "C9-9"})
    asking = FitProfile(9, "TR", sought=(ProductLine("848180", required_certificates=wanted),))
    assert index.score_many(asking, range(9)) == {one.firm_id: score(asking, one).total for one in stored}


def test_publish_when_called_again_then_readers_of_the_old_snapshot_go_on(tmp_path: Path) -> None:
    home = tmp_path / "fit"
    assert current(home) is None

    def published(count: int) -> FitIndex:
        folder = new_folder(home)
        FitIndex.build(generated(count)).save(folder)
        publish(home, folder)
        found = current(home)
        assert found == folder
        return FitIndex.load(found)

    old, asking = published(40), FitProfile(999, "TR", languages=frozenset({"ru"}))
    before = old.top(asking)
    new = published(70)
    assert (len(old), len(new)) == (40, 70)
    assert old.top(asking) == before
    published(80)
    assert len(list(home.glob("lists-*"))) == 2
    assert old.top(asking) == before


def test_hs_number_when_turned_back_then_the_code_and_its_depth() -> None:
    codes = ["84", "8481", "848180", "010121", "01", "0101"]
    assert [hs_text(hs_number(code)) for code in codes] == codes
    assert sorted(codes) == sorted(codes, key=hs_number)


def test_common_when_asked_then_what_most_firms_have(index: FitIndex, population: list[FitProfile]) -> None:
    russian = [one for one in population if one.country == "RU"]
    common = index.common({"RU"})

    def most(found: Counter[str], count: int) -> list[str]:
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return [code for code, _firms in ranked][:count]

    languages = Counter(code for one in russian for code in one.languages)
    assert common.codes("language", 4) == most(languages, 4)
    required = Counter(code for one in russian for line in one.sought for code in line.required_certificates)
    assert common.required(3) == most(required, 3)
    for side in ("offered", "sought"):
        headings = Counter(
            heading
            for one in russian
            for heading in {line.hs[:4] for line in getattr(one, side) if len(line.hs) >= 4}
        )
        assert common.headings(side, 3) == most(headings, 3)
    assert index.common({"XX"}).codes("language", 4) == []
