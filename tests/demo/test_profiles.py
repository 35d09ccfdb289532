"""The invented firms: alike on every run, coherent with the reference data, and fitting each other."""

from collections import Counter
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from matchmaker.demo.commands import firms_of_the_demo
from matchmaker.demo.firms import identifiers
from matchmaker.demo.profiles import Profile, day_of
from matchmaker.demo.register import FREE, free_numbers
from matchmaker.demo.special import own_firm
from matchmaker.demo.tables import goods, rows, sectors, towns
from matchmaker.demo.texts import texts_of
from matchmaker.engines.fit.index import FitIndex
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.engines.fit.scoring import score
from matchmaker.firms.enums import FirmState, Side
from matchmaker.matching.profiles import make_profile
from matchmaker.reference import certificates, hs, nace, partnerships, regions, size_rules, units
from matchmaker.reference.identifiers import cross_check, validate

MORNING = datetime(2026, 11, 20, 5, tzinfo=UTC)
SENSIBLE = 30
REAL_BRANDS = (
    "arçelik", "vestel", "ülker", "eti", "koton", "lcwaikiki", "beko", "tofaş", "ford", "kütahya porselen", "vitra",
    "sberbank", "лукойл", "газпром", "северсталь", "роснефть", "магнит", "kamaz", "камаз", "автоваз", "мираторг",
)  # fmt: skip


@pytest.fixture(scope="module")
def firms() -> dict[str, list[Profile]]:
    return firms_of_the_demo(MORNING)


@pytest.fixture(scope="module")
def everybody(firms: dict[str, list[Profile]]) -> list[Profile]:
    return [one for made in firms.values() for one in made]


def fit_profile(number: int, profile: Profile, today: date) -> FitProfile:
    return make_profile(
        number,
        profile.country,
        profile.size,
        products=[
            SimpleNamespace(
                side=line.side,
                hs_code=line.good.hs,
                quantity=line.quantity,
                unit=line.good.unit,
                required_certificates=" ".join(line.required),
            )
            for line in profile.lines
        ],
        certificates=[
            SimpleNamespace(
                scheme=held.scheme,
                issued_on=day_of(today, held.issued),
                valid_until=day_of(today, held.valid),
            )
            for held in profile.certificates
        ],
        languages=profile.languages,
        partnerships=profile.partnerships,
        sectors=profile.sectors,
        today=today,
    )


def test_same_day_when_made_twice_then_equal(everybody):
    again = [one for made in firms_of_the_demo(MORNING).values() for one in made]
    assert again == everybody
    assert [texts_of(one) for one in again] == [texts_of(one) for one in everybody]


def test_each_side_has_about_three_hundred_firms(firms):
    assert {country: len(made) for country, made in firms.items()} == {"TR": 300, "RU": 300}


def test_goods_are_codes_of_the_edition():
    for good in goods().values():
        assert len(good.hs) == 6, good.hs
        assert hs.get(good.hs) is not None, good.hs
        assert good.unit in units.UNITS, good.unit
        assert 0 < good.low < good.high
        assert good.names.tr
        assert good.names.ru
        assert good.names.en


@pytest.mark.parametrize("country", ["TR", "RU"])
def test_sectors_refer_to_what_is_there(country):
    for sector in sectors(country):
        assert {*sector.offers, *sector.seeks} <= set(goods())
        assert all(nace.get(code) for code in (sector.nace, *sector.other_nace))
        assert all(certificates.get(code) for code in sector.certificates)
        for region in sector.regions:
            assert regions.get(region).country == country
            assert towns(region)


def test_partnerships_take_a_side_of_their_type(everybody):
    for one in everybody:
        assert one.partnerships
        for code, side in one.partnerships:
            assert side.value in partnerships.get(code).sides, code


def test_size_follows_from_the_rule(everybody):
    for one in everybody:
        found = size_rules.size_class(
            one.country, MORNING.date(), one.headcount, one.turnover, divisions=(one.sector.nace[:2],)
        )
        assert found.size_class.value == one.size or (
            one.size == "not_sme" and one.sector.nace[:2] in "13 14 15"
        )


def test_numbers_are_valid_and_each_firm_has_its_own(everybody):
    found = Counter()
    for one in everybody:
        values = identifiers(one)
        cross_check(values)
        for scheme, value in values.items():
            assert validate(scheme, value) == value
            found[scheme, value] += scheme != "KPP"
    for number, row in zip(free_numbers(), FREE, strict=True):
        scheme = "INN10" if row["kind"].value == "company" else "INN12"
        found[scheme, validate(scheme, number)] += 1
    assert max(found.values()) == 1


def test_names_are_unique_and_no_brands(everybody):
    counts = Counter(one.name.slug for one in everybody)
    # Two firms seem to be registered twice, so that the queue of duplicates has something to show.
    assert sorted(count for count in counts.values() if count > 1) == [2, 2]
    for one in everybody:
        words = one.name.trade.casefold().split()
        assert not [brand for brand in REAL_BRANDS if brand in words], one.name.trade


def test_texts_are_in_the_firms_language_and_whole(everybody):
    for one in everybody:
        texts = texts_of(one)
        assert bool(texts) is (one.state is not FirmState.DRAFT)
        for text in texts:
            assert 20 < len(text["summary"]) <= 250
            assert not set("{}|") & set(text["summary"] + text["description"] + text["advantages"])
            assert text["description"]
            assert text["advantages"]
            cyrillic = sum("а" <= letter <= "я" for letter in text["description"].lower())
            assert (cyrillic > 20) is (text["language"] == "ru"), text


def test_sentences_are_complete_rows():
    for name in ("sector_texts", "sentences", "goods", "sectors", "requests", "conversations"):
        for row in rows(name):
            assert None not in {*row, *row.values()}, (name, row)


def test_most_firms_have_five_sensible_counterparts(firms):
    today = MORNING.date()
    listed = [one for made in firms.values() for one in made if one.state is FirmState.VERIFIED]
    profiles = [fit_profile(number, one, today) for number, one in enumerate(listed, start=1)]
    index = FitIndex.build(profiles)
    lucky = 0
    for own in profiles:
        best = index.top(own, 5, countries={"RU"} if own.country == "TR" else {"TR"})
        lucky += len(best) == 5 and best[-1].total >= SENSIBLE
    assert lucky >= 0.75 * len(profiles)


def test_firms_of_the_documented_accounts_fit_excellently(firms):
    one, other = (
        fit_profile(place, own_firm(firms[code]), MORNING.date()) for place, code in enumerate(firms, 1)
    )
    assert score(one, other).total >= 85


def test_some_firms_seek_nothing_but_most_do(everybody):
    seeking = sum(bool(one.lines_of(Side.SOUGHT)) for one in everybody)
    assert 0.7 * len(everybody) < seeking < 0.95 * len(everybody)
