"""The firms of the demo that have a part to play: those of the documented accounts, and one for each flag and state."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from matchmaker.demo.accounts import ACCOUNTS
from matchmaker.demo.names import FirmName, Person
from matchmaker.demo.profiles import Held, Line, Profile
from matchmaker.demo.tables import Town, goods
from matchmaker.firms.enums import FirmState, MarketStatus, PartnershipSide, Side

GIVES, TAKES = PartnershipSide.OFFERS, PartnershipSide.SEEKS
OUR_SECTORS: Final = {"TR": "valves", "RU": "castings"}
"""The first firm of these sectors belongs to firm.tr@ and firm.ru@; the two are an excellent fit and have no match."""
STATES: Final = (
    *(FirmState.DRAFT,) * 3,
    *(FirmState.SUBMITTED,) * 5,
    *(FirmState.ON_HOLD,) * 3,
    *(FirmState.SUSPENDED,) * 2,
    FirmState.ARCHIVED,
)
FIRST_STATE, STATE_STEP = 11, 19
LISTED_NAME: Final = "OOO Zavod Chernograd Metall"
"""An entry of the invented sanctions list; the Russian firm of LIKE_LISTED has a name like it."""
LIKE_LISTED: Final = FirmName(
    "Общество с ограниченной ответственностью «Завод Черноград-Металл»",
    "OOO «Zavod Chernograd-Metall»",
    "Черноград-Металл",
    "RU-OOO",
    "chernograd-metall",
)
CONTROLLED_HS: Final = "848210"
TWICE: Final = FIRST_STATE + STATE_STEP * 6
"""The place of a submitted Turkish firm that registers a second time, spelt without the letters of its language."""
SISTER: Final = TWICE + 3
"""The place of a Turkish firm with the domain of its neighbour and another name."""


def own_firm(profiles: list[Profile]) -> Profile:
    """The firm of the documented account."""
    return next(one for one in profiles if one.sector.code == OUR_SECTORS[one.country])


def of_sector(profiles: list[Profile], code: str, place: int) -> Profile:
    """The firm at a place in a sector; 0 is its first."""
    return [one for one in profiles if one.sector.code == code][place]


def cast(profiles: list[Profile]) -> None:
    """Give the firms of one country their parts."""
    country = profiles[0].country
    for at, state in enumerate(STATES):
        profiles[FIRST_STATE + STATE_STEP * at].state = state
    if country == "TR":
        _turkish_firm(own_firm(profiles))
        _offer_controlled(of_sector(profiles, "drives", 2))
        _offer_controlled(of_sector(profiles, "auto-parts", 4))
        _register_twice(profiles[TWICE - 1], profiles[TWICE])
        profiles[SISTER].name = replace(profiles[SISTER].name, slug=profiles[SISTER - 1].name.slug)
        return
    _russian_firm(own_firm(profiles))
    listed = of_sector(profiles, "non-ferrous", 1)
    listed.name, listed.state = LIKE_LISTED, FirmState.VERIFIED
    unmapped = profiles[FIRST_STATE + STATE_STEP * 5]
    unmapped.region, unmapped.region_note = "", "Код региона в реестре: 99"


def _register_twice(first: Profile, again: Profile) -> None:
    again.name = replace(first.name, legal=first.name.romanised)
    again.region, again.town = first.region, first.town


def _accounts(*locals_: str) -> list[Person]:
    return [
        Person(one.name, one.romanised, one.language, one.country or "")
        for local in locals_
        for one in ACCOUNTS
        if one.local == local
    ]


def _line(side: Side, hs: str, quantity: int, *required: str) -> Line:
    return Line(side, goods()[hs], Decimal(quantity), True, required)


def _turkish_firm(firm: Profile) -> None:
    firm.name = FirmName(
        "Selvikent Vana Sanayi ve Ticaret A.Ş.",
        "Selvikent Vana Sanayi ve Ticaret A.S.",
        "Selvikent Vana",
        "TR-AS",
        "selvikent-vana",
    )
    firm.region, firm.town, firm.founded, firm.state = (
        "TR-42",
        Town("Selçuklu", "Selçuklu"),
        1998,
        FirmState.VERIFIED,
    )
    firm.size, firm.headcount, firm.turnover = "medium", 86, Decimal(214_500_000)
    firm.sectors = ("28.14", "25.62")
    firm.lines = [
        _line(Side.OFFERED, "848110", 18_000),
        _line(Side.OFFERED, "848130", 32_000),
        _line(Side.OFFERED, "848180", 140_000),
        _line(Side.SOUGHT, "732510", 420, "ISO9001"),
        _line(Side.SOUGHT, "732599", 160, "ISO9001"),
        _line(Side.SOUGHT, "740721", 90),
    ]
    firm.certificates = [
        Held("ISO9001", "QMS-2417-06", -610, 485),
        Held("CE", "PED-0731-11", -400, 695),
        Held("EAC-COC", "TR-RU-C-1184", -1060, 35),
        Held("TR-KAPASITE", "KR-42-3107", -760, -30),
    ]
    firm.languages = ("tr", "en", "ru")
    firm.partnerships = [("EXPORT", TAKES), ("DISTRIBUTION", TAKES), ("IMPORT", TAKES), ("SUPPLIER", TAKES)]
    firm.markets = {
        "RU": MarketStatus.INTERESTED,
        "KZ": MarketStatus.EXPORTING,
        "DE": MarketStatus.EXPORTING,
        "IQ": MarketStatus.EXPORTING,
    }
    firm.people, firm.accounts = _accounts("firm.tr", "editor.tr"), ("firm.tr", "editor.tr")
    firm.visibility = {"texts": "public", "certificates": "public"}


def _russian_firm(firm: Profile) -> None:
    firm.name = FirmName(
        "Общество с ограниченной ответственностью «Ясенецкий литейный завод»",
        "OOO «Yasenetskiy liteynyy zavod»",
        "Ясенецкий литейный завод",
        "RU-OOO",
        "yasenetsk-foundry",
    )
    firm.region, firm.town, firm.founded, firm.state = (
        "RU-LIP",
        Town("Липецк", "Липецке"),
        2003,
        FirmState.VERIFIED,
    )
    firm.size, firm.headcount, firm.turnover = "medium", 142, Decimal(968_000_000)
    firm.sectors = ("24.51", "25.62")
    firm.lines = [
        _line(Side.OFFERED, "732510", 2_400),
        _line(Side.OFFERED, "732599", 900),
        _line(Side.OFFERED, "732690", 350),
        _line(Side.SOUGHT, "320910", 60),
        _line(Side.SOUGHT, "848110", 1_200),
        _line(Side.SOUGHT, "848180", 9_000, "EAC-COC"),
    ]
    firm.certificates = [
        Held("ISO9001", "СМК-1908-44", -500, 595),
        Held("RU-MINPROM719", "МПТ-3320-19", -300, 430),
        Held("EAC", "ЕАЭС-7741-02", -900, 190),
    ]
    firm.languages = ("ru", "en")
    firm.partnerships = [("EXPORT", TAKES), ("IMPORT", TAKES), ("SUPPLIER", GIVES), ("MANUFACTURING", GIVES)]
    firm.markets = {
        "TR": MarketStatus.INTERESTED,
        "KZ": MarketStatus.EXPORTING,
        "BY": MarketStatus.EXPORTING,
    }
    firm.people, firm.accounts = _accounts("firm.ru"), ("firm.ru",)
    firm.visibility = {"texts": "public"}


def _offer_controlled(firm: Profile) -> None:
    firm.state = FirmState.VERIFIED
    firm.lines = [_line(Side.OFFERED, CONTROLLED_HS, 60_000), *firm.lines]
