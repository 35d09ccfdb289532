"""Which column of an agency's list holds what: headings in Turkish, Russian and English, and the units they name."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from matchmaker.engines.text.folding import tokens


class Column(StrEnum):
    """What a column holds."""

    VKN = "vkn"
    TCKN = "tckn"
    INN = "inn"
    IDENTIFIER = "identifier"
    COUNTRY = "country"
    NAME = "name"
    NACE = "nace"
    OKVED = "okved"
    REGION = "region"
    TOWN = "town"
    HEADCOUNT = "headcount"
    TURNOVER = "turnover"
    CURRENCY = "currency"
    OFFERED = "offered"
    SOUGHT = "sought"


HEADINGS: dict[Column, str] = {
    Column.VKN: "vkn; vergi no; vergi numarası; vergi kimlik no; vergi kimlik numarası; VKN/TCKN; turkish tax number",
    Column.TCKN: "tckn; TC no; TC kimlik no; T.C. kimlik no; TC kimlik numarası; T.C. kimlik numarası",
    Column.INN: "ИНН; inn; ИНН организации; ИНН компании; ИНН/КИО; taxpayer number (INN); vergi no (INN)",
    Column.IDENTIFIER: (
        "identifier; tax number; tax no; tax id; taxpayer number; kimlik no; налоговый номер; идентификатор; "
        "номер налогоплательщика"
    ),
    Column.COUNTRY: "country; country code; ülke; ülke kodu; страна; код страны",
    Column.NAME: (
        "name; firm; firm name; company; company name; legal name; title; ad; adı; unvan; ünvan; unvanı; ticaret unvanı; "
        "firma; firma adı; firma unvanı; işletme adı; işletme unvanı; название; наименование; наименование организации; "
        "полное наименование; название компании; компания; фирма; организация; предприятие"
    ),
    Column.NACE: "nace; nace code; nace kodu; nace rev 2; nace rev.2 kodu; faaliyet kodu; код nace; activity; activity code",
    Column.OKVED: "ОКВЭД; okved; okved code; код ОКВЭД; ОКВЭД 2; основной ОКВЭД; okved kodu; код деятельности",
    Column.REGION: (
        "region; province; state; il; ili; şehir; bölge; oblast; регион; область; субъект; субъект РФ; край; провинция"
    ),
    Column.TOWN: "town; city; district; ilçe; ilçesi; город; населенный пункт; район",
    Column.HEADCOUNT: (
        "headcount; employees; number of employees; staff; personel; personel sayısı; çalışan; çalışan sayısı; "
        "işçi sayısı; численность; численность работников; число работников; сотрудники; количество сотрудников; "
        "среднесписочная численность; ССЧ"
    ),
    Column.TURNOVER: (
        "turnover; annual turnover; revenue; net sales; sales; ciro; yıllık ciro; net satış; net satış hasılatı; hasılat; "
        "выручка; годовая выручка; оборот; годовой оборот; доход; доходы"
    ),
    Column.CURRENCY: "currency; para birimi; döviz; валюта",
    Column.OFFERED: (
        "offered; HS offered; HS codes offered; offers; products offered; sunulan; sunulan GTİP; satılan GTİP; "
        "ihraç ürünleri; arz; предлагает; предлагаемые коды; ТН ВЭД предложение; предложение; предлагаемые товары; "
        "ТН ВЭД предлагает; GTİP sunulan; HS sunulan; HS предлагает"
    ),
    Column.SOUGHT: (
        "sought; HS sought; HS codes sought; seeks; products sought; aranan; aranan GTİP; alınan GTİP; talep; "
        "ищет; искомые коды; ТН ВЭД спрос; спрос; искомые товары; ТН ВЭД ищет; GTİP aranan; HS aranan; HS ищет"
    ),
}

MULTIPLIERS = {
    Decimal(1000): "bin тыс тысяч thousand thousands k",
    Decimal(1_000_000): "milyon mln млн миллионов million millions mio",
}
CURRENCIES = {
    "TRY": "TL TRY lira lirası",
    "RUB": "руб рублей рубли RUB RUR",
    "USD": "USD долл",
    "EUR": "EUR евро euro avro",
}
SIGNS = {"₺": " TRY ", "₽": " RUB ", "$": " USD ", "€": " EUR "}


def _key(heading: str) -> str:
    return " ".join(tokens(heading))


KEYS = {_key(name): column for column, names in HEADINGS.items() for name in names.split("; ")}
UNIT_TOKENS = {token: factor for factor, names in MULTIPLIERS.items() for token in tokens(names)}
CURRENCY_TOKENS = {token: code for code, names in CURRENCIES.items() for token in tokens(names)}
OTHER_TOKENS = frozenset(tokens("в за год yıl kişi чел человек persons year")) | {"20"}
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Heading:
    """A recognised heading; for money the factor and the currency that it names."""

    column: Column
    factor: Decimal = Decimal(1)
    currency: str = ""


def recognise(text: str) -> Heading | None:
    """What a heading means, None when it is not known; units such as "тыс. руб." or "(bin TL)" are understood."""
    if not text or len(text) > 100:
        return None
    for sign, code in SIGNS.items():
        text = text.replace(sign, code)
    if column := KEYS.get(_key(text)):
        return Heading(column)
    words = tokens(text)
    rest = [
        word
        for word in words
        if word not in UNIT_TOKENS
        and word not in CURRENCY_TOKENS
        and word not in OTHER_TOKENS
        and not YEAR.fullmatch(word)
    ]
    column = KEYS.get(" ".join(rest))
    if column not in (Column.TURNOVER, Column.HEADCOUNT):
        return None
    factor = next((UNIT_TOKENS[word] for word in words if word in UNIT_TOKENS), Decimal(1))
    currency = next((CURRENCY_TOKENS[word] for word in words if word in CURRENCY_TOKENS), "")
    return Heading(column, factor, currency)


def known(cells: tuple[str, ...]) -> int:
    """How many cells of a row are known headings."""
    return sum(1 for cell in cells if recognise(cell))
