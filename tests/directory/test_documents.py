"""What the index is told about a firm, and from whom on it may be found by it."""

import json
from datetime import date
from typing import Any

import pytest

from matchmaker.directory.documents import PARTS as PARTS_OF_GROUPS
from matchmaker.directory.documents import document_of
from matchmaker.engines.search.entry import entries_of
from matchmaker.engines.search.schema import (
    DIGEST,
    FACETS,
    FIRM_ID,
    MARKS,
    NAMES,
    TEXT,
    Level,
)
from matchmaker.firms.enums import PartnershipSide, Side
from matchmaker.firms.models import (
    Firm,
    FirmCertificate,
    FirmLanguage,
    FirmPartnership,
    FirmProduct,
    FirmSector,
    FirmText,
)
from matchmaker.firms.names import published_names, shown_name

TODAY = date(2026, 11, 22)
PARTS = tuple(part for parts in PARTS_OF_GROUPS.values() for part in parts)
GROUPS = (
    "name",
    "region",
    "sector",
    "products",
    "texts",
    "size",
    "certificates",
    "markets",
    "partnerships",
)
VISITORS = frozenset(
    [
        *(words[Level.EVERYBODY] for words in (NAMES, TEXT, MARKS)),
        *(
            facet.place_of(code, Level.EVERYBODY)[0]
            for facet in FACETS.values()
            for code in ("1" * 2, "1" * 4, "1" * 6)
        ),
    ]
)
"""The fields that a visitor's search may read."""


def firm(**values: Any) -> Firm:
    given: dict[str, Any] = {
        "id": 7,
        "country": "RU",
        "legal_name": "ООО «Казань Литьё»",
        "name_romanised": "Kazan Litye",
        "trade_name": "",
        "legal_form": "RU-OOO",
        "region_code": "RU-TA",
        "size_class": "small",
        "visibility": {},
        "texts": [FirmText(language="ru", summary="Отливаем корпуса", description="", advantages="")],
        "sectors": [FirmSector(code="24.51", nace_class="24.51")],
        "products": [
            FirmProduct(side=Side.OFFERED, hs_code="732510", name="Литьё", specification="до 80 кг")
        ],
        "certificates": [
            FirmCertificate(scheme="ISO9001", valid_until=date(2026, 11, 22)),
            FirmCertificate(scheme="ISO14001", valid_until=date(2026, 11, 21)),
        ],
        "languages": [FirmLanguage(language="ru")],
        "partnerships": [FirmPartnership(type_code="DISTRIBUTION", side=PartnershipSide.OFFERS)],
    }
    return Firm(**(given | values))


def test_visitors_search_public_fields_only() -> None:
    document = document_of(firm(), TODAY)

    assert (document.country, document.region, document.nace, document.offered) == (
        "RU",
        "RU-TA",
        ("24.51",),
        ("732510",),
    )
    assert set(PARTS) - document.registered == {
        "names",
        "country",
        "region",
        "nace",
        "goods",
        "offered",
        "sought",
    }


def test_people_with_an_account_search_their_fields_too() -> None:
    document = document_of(firm(), TODAY)

    assert (document.size, document.languages) == ("small", ("ru",))
    assert document.partnerships == ("DISTRIBUTION", "DISTRIBUTION:offers")
    assert "Отливаем" in document.texts["ru"]
    assert document.registered == {"texts", "size", "certificates", "languages", "partnerships"}


@pytest.mark.parametrize("level", ["partner", "staff"])
def test_fields_for_partners_and_institutions_are_in_no_field(level: str) -> None:
    hidden = document_of(firm(visibility=dict.fromkeys(GROUPS, level)), TODAY)

    assert hidden.names == ()
    assert "".join([*hidden.texts.values(), *hidden.goods.values()]) == ""
    assert not any(
        (hidden.country, hidden.region, hidden.size, hidden.nace, hidden.offered, hidden.partnerships)
    )
    assert not any((hidden.languages, hidden.certificates))


@pytest.mark.parametrize("group", GROUPS)
def test_no_field_of_visitors_has_what_is_for_people_with_an_account(group: str) -> None:
    """Whatever a group holds goes into fields that only registered readers search."""
    public = dict.fromkeys(GROUPS, "public")
    shown = json.loads(entries_of([document_of(firm(visibility=public), TODAY)])[0])
    hidden = json.loads(entries_of([document_of(firm(visibility=public | {group: "registered"}), TODAY)])[0])
    lost = {name: kept for name, kept in shown.items() if name != DIGEST and hidden.get(name) != kept}

    assert lost.keys() <= VISITORS
    assert lost or group == "markets"


def test_a_certificate_counts_through_its_last_day() -> None:
    assert document_of(firm(), TODAY).certificates == ("ISO9001",)


def test_goods_are_kept_as_the_firm_calls_them_and_by_code() -> None:
    document = document_of(firm(), TODAY)

    assert document.goods == {"ru": "Литьё\nдо 80 кг"}
    assert document.offered == ("732510",)


def test_a_stored_code_that_the_index_cannot_keep_leaves_the_firm_in() -> None:
    odd = firm(
        sectors=[FirmSector(code="?", nace_class="ошибка")],
        products=[FirmProduct(side=Side.OFFERED, hs_code="73251", name="", specification="")],
        languages=[FirmLanguage(language="ё")],
    )

    assert json.loads(entries_of([document_of(odd, TODAY)])[0])[FIRM_ID] == odd.id


def test_a_sole_trader_is_found_under_the_trade_name_alone() -> None:
    trader = firm(legal_form="RU-IP", legal_name="ИП Иванова Анна", trade_name="Тёплый дом")

    assert published_names(trader) == ("Тёплый дом",)
    assert document_of(trader, TODAY).names == ("Тёплый дом",)
    assert "Иванова" not in str(shown_name(trader, "ru"))
    assert "Ivanova" not in str(shown_name(trader, "en"))


def test_a_name_is_shown_in_the_letters_of_the_reader() -> None:
    assert shown_name(firm(), "en").text == "Kazan Litye"
    assert shown_name(firm(), "en").original == "ООО «Казань Литьё»"
    assert shown_name(firm(), "en").original_lang == "ru"
    assert shown_name(firm(), "ru").text == "ООО «Казань Литьё»"


def test_a_cyrillic_trade_name_is_romanised() -> None:
    assert shown_name(firm(trade_name="Литьё"), "tr").text == "Lite"


def test_the_spelling_that_the_firm_chose_wins_over_the_rule() -> None:
    chosen = firm(
        legal_name="ООО «Ясенецкий завод»",
        trade_name="Ясенецкий завод",
        name_romanised="OOO «Yasenetskiy zavod»",
    )

    assert shown_name(chosen, "en").text == "Yasenetskiy zavod"
