"""What the two indexes are told about a firm."""

from datetime import date
from typing import Any

import pytest

from matchmaker.directory.documents import document_of
from matchmaker.engines.search.document import to_tantivy
from matchmaker.firms.enums import PartnershipSide, Side, Visibility
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
    public = document_of(firm(), Visibility.PUBLIC, TODAY)

    assert (public.country, public.region, public.nace, public.offered) == (
        "RU",
        "RU-TA",
        ("24.51",),
        ("732510",),
    )
    assert (public.size, public.languages, public.certificates, public.partnerships) == ("", (), (), ())
    assert "Отливаем" not in " ".join(public.texts.values())


def test_people_with_an_account_search_their_fields_too() -> None:
    registered = document_of(firm(), Visibility.REGISTERED, TODAY)

    assert (registered.size, registered.languages) == ("small", ("ru",))
    assert registered.partnerships == ("DISTRIBUTION", "DISTRIBUTION:offers")
    assert "Отливаем" in registered.texts["ru"]


@pytest.mark.parametrize("level", [Visibility.PUBLIC, Visibility.REGISTERED])
def test_fields_for_partners_and_institutions_are_in_no_index(level: Visibility) -> None:
    groups = (
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
    hidden = document_of(firm(visibility=dict.fromkeys(groups, "partner")), level, TODAY)

    assert hidden.names == ()
    assert "".join(hidden.texts.values()) == ""
    assert not any(
        (hidden.country, hidden.region, hidden.size, hidden.nace, hidden.offered, hidden.partnerships)
    )
    assert not any((hidden.languages, hidden.certificates))


def test_a_certificate_counts_through_its_last_day() -> None:
    assert document_of(firm(), Visibility.REGISTERED, TODAY).certificates == ("ISO9001",)


def test_goods_are_named_in_three_languages_and_by_their_digits() -> None:
    texts = document_of(firm(), Visibility.PUBLIC, TODAY).texts

    assert all(texts[language] for language in ("tr", "ru", "en"))
    assert "7325.10" in texts["en"]
    assert "732510" in texts["en"]


def test_a_stored_code_that_the_index_cannot_keep_leaves_the_firm_in() -> None:
    odd = firm(
        sectors=[FirmSector(code="?", nace_class="ошибка")],
        products=[FirmProduct(side=Side.OFFERED, hs_code="73251", name="", specification="")],
        languages=[FirmLanguage(language="ё")],
    )

    assert to_tantivy(document_of(odd, Visibility.REGISTERED, TODAY)) is not None


def test_a_sole_trader_is_found_under_the_trade_name_alone() -> None:
    trader = firm(legal_form="RU-IP", legal_name="ИП Иванова Анна", trade_name="Тёплый дом")

    assert published_names(trader) == ("Тёплый дом",)
    assert document_of(trader, Visibility.REGISTERED, TODAY).names == ("Тёплый дом",)
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
