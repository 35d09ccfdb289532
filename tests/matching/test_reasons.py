"""The explanation adds up, says something for every row in every language, and names what would raise it."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from matchmaker.core.i18n import LANGUAGES, in_language
from matchmaker.engines.fit.facts import Fit
from matchmaker.engines.fit.profile import FitProfile, ProductLine
from matchmaker.engines.fit.scoring import score
from matchmaker.engines.fit.weights import WEIGHTS_2026_1
from matchmaker.firms.models import Firm
from matchmaker.matching import fit_words, highlights, method, reasons
from matchmaker.matching.reasons import ReasonRow

CODES = ("848180", "848110", "8481", "84", "732599", "7325", "010121")
CERTIFICATES = ("EAC", "ISO9001", "CE")


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def firm(number: int, name: str) -> Firm:
    return Firm(id=number, legal_name=name, trade_name="", country="TR")


OWN, OTHER = firm(1, "Anadolu Vana"), firm(2, "Volga Pump")


def line(code: str, amount: float | None = None, *required: str) -> ProductLine:
    return ProductLine(code, amount, "kg" if amount else None, frozenset(required))


def profile(number: int, **values: Any) -> FitProfile:
    return FitProfile(number, "TR" if number == 1 else "RU", **values)


def told(one: FitProfile, other: FitProfile) -> list[ReasonRow]:
    return reasons.explain(score(one, other), OWN, OTHER)


def row(rows: list[ReasonRow], code: str) -> ReasonRow:
    return next(item for item in rows if item.code == code)


def random_profile(draw: random.Random, number: int) -> FitProfile:
    def lines() -> tuple[ProductLine, ...]:
        return tuple(
            line(
                draw.choice(CODES),
                draw.choice([None, 0.5, 100.0, 12345.678]),
                *draw.sample(CERTIFICATES, draw.randint(0, 2)),
            )
            for _ in range(draw.randint(0, 3))
        )

    return profile(
        number,
        offered=lines(),
        sought=lines(),
        partnerships=frozenset(
            draw.sample([("AGENCY", "offers"), ("AGENCY", "seeks"), ("RESEARCH", "symmetric")], 1)
        ),
        certificates=frozenset(draw.sample(CERTIFICATES, draw.randint(0, 3))),
        languages=frozenset(draw.sample(["tr", "ru", "en"], draw.randint(0, 2))),
        sectors=tuple(draw.sample(["2814", "2813", "2891", "0111"], draw.randint(0, 2))),
    )


def pairs(count: int = 150) -> Iterator[Fit]:
    draw = random.Random(20211004)  # noqa: S311 - no secret
    for _round in range(count):
        yield score(random_profile(draw, 1), random_profile(draw, 2))


def test_the_rows_add_up_exactly() -> None:
    for fit in pairs():
        rows = reasons.explain(fit, OWN, OTHER)
        assert sum(item.own.points + item.other.points for item in rows) == fit.total
        assert sum(2 * item.most for item in rows) == 100
        assert all(0 <= item.own.points <= item.most and 0 <= item.other.points <= item.most for item in rows)


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_row_has_a_sentence_in_every_language(code: str) -> None:
    with in_language(code):
        for fit in pairs(60):
            for item in reasons.explain(fit, OWN, OTHER):
                assert item.criterion
                for text in (item.own.reason, item.other.reason, *item.raises):
                    assert text
                    assert "%(" not in text
            assert highlights.summary(fit)
            assert highlights.headline(fit)


def test_same_data_same_words() -> None:
    one, other = ([reasons.explain(fit, OWN, OTHER) for fit in pairs(40)] for _round in range(2))
    assert repr(one).encode() == repr(other).encode()


def test_each_side_reads_what_it_gets() -> None:
    rows = told(
        profile(1, sought=(line("732599", 4000.0, "EAC"),), offered=(line("848110"),)),
        profile(
            2, offered=(line("732599", 9000.0),), sought=(line("848180"),), certificates=frozenset({"EAC"})
        ),
    )
    goods = row(rows, "products")
    assert "7325.99" in goods.own.reason
    assert "sought and offered" in goods.own.reason
    assert "the same heading" in goods.other.reason
    assert "8481.80" in goods.other.reason
    assert "8481.10" in goods.other.reason
    assert row(rows, "volume").own.reason == "9 tonnes a year cover the 4 tonnes needed"
    assert row(rows, "certificates").own.reason.startswith("All that is required is held")
    assert row(rows, "reciprocity").own.points > 0


def test_what_is_missing_is_named_with_its_firm_and_points() -> None:
    rows = told(profile(1, offered=(line("848180"),)), profile(2, languages=frozenset({"ru"})))
    assert row(rows, "languages").raises == ("Anadolu Vana has named no languages: up to 3 points",)
    assert any("Volga Pump has named no goods that it seeks" in text for text in row(rows, "products").raises)
    assert row(rows, "languages").own.reason == "Not known yet: something is not filled in"


def test_hints_come_with_most_points_first() -> None:
    fit = score(profile(1), profile(2))
    hints = reasons.raise_hints(fit, OWN, OTHER, most=20)
    assert len(hints) == len(set(hints))
    assert "23 points" in hints[0]
    assert reasons.raise_hints(fit, OWN, OTHER) == hints[:3]


def test_lines_that_are_covered_are_counted() -> None:
    rows = told(
        profile(1, sought=(line("848180"), line("732599"), line("010121"))),
        profile(2, offered=(line("848180"), line("7325"))),
    )
    assert row(rows, "products").own.reason.endswith("2 of 3 goods sought are offered")


def test_the_card_speaks_to_the_first_firm() -> None:
    fit = score(
        profile(1, sought=(line("732599"),), languages=frozenset({"en"})),
        profile(2, offered=(line("732599"),), languages=frozenset({"en"})),
    )
    lines = [item.text for item in highlights.highlights(fit)]
    assert lines[0].startswith("They offer what you seek:")
    assert lines[1] == "Languages in common: English"
    assert highlights.summary(fit) == lines[0]
    swapped = score(profile(1, offered=(line("732599"),)), profile(2, sought=(line("732599"),)))
    assert highlights.summary(swapped).startswith("They seek what you offer:")
    nothing = highlights.highlights(score(profile(1), profile(2)))
    assert [item.met for item in nothing] == [False]


@pytest.mark.parametrize(
    ("unit", "values", "shown"),
    [
        ("kg", (4000.0, 9000.0), ("4 tonnes", "9 tonnes")),
        ("kg", (900.0, 9000.0), ("900 kilograms", "9,000 kilograms")),
        ("kg", (0.5, 1.0), ("0.5 kilograms", "1 kilograms")),
        ("pcs", (1200.0,), ("1,200 pieces",)),
        ("barrel", (3.5,), ("3.5 barrel",)),
    ],
)
def test_amounts_in_the_largest_unit(unit: str, values: tuple[float, ...], shown: tuple[str, ...]) -> None:
    assert fit_words.amounts(unit, *values) == shown


def test_goods_are_named_in_the_readers_language() -> None:
    with in_language("tr"):
        assert fit_words.goods("732510") == "Dökme demir parça (HS 7325.10)"
        assert fit_words.chapter("732510") == "Demir veya çelikten eşya (HS 73)"
    with in_language("ru"):
        assert fit_words.goods("732510") == "Чугунное литьё (HS 7325.10)"
    with in_language("en"):
        assert fit_words.goods("732510") == "Cast-iron castings (HS 7325.10)"
        assert fit_words.goods("090111") == "Coffee; not roasted or decaffeinated (HS 0901.11)"
    assert fit_words.goods("999999") == "HS 999999"
    for code in CODES:
        assert len(fit_words.goods(code)) < 90


def test_the_method_page_tells_the_set_in_use() -> None:
    told_criteria = method.criteria(WEIGHTS_2026_1)
    assert sum(item.both for item in told_criteria) == 100
    assert {item.side for item in told_criteria} == set(WEIGHTS_2026_1.most.values())
    goods = told_criteria[0]
    assert [step.points for step in goods.steps] == [17, 10, 4, 6]
    assert goods.side == goods.steps[0].points + goods.steps[3].points
