"""What the invented firms say about themselves, as plain values; the same on every run of one day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from matchmaker.demo.names import FirmName, Person, firm_names, person
from matchmaker.demo.tables import Good, Sector, Town, certificates_of_goods, dice, goods, sectors, towns
from matchmaker.firms.enums import FirmState, MarketStatus, PartnershipSide, Side
from matchmaker.reference import size_rules

FIRMS_EACH: Final = 300
OTHER: Final = {"TR": "RU", "RU": "TR"}
CURRENCY: Final = {"TR": "TRY", "RU": "RUB"}
SIZES: Final = {
    "TR": {
        "micro": ((2, 9), (600_000, 1_050_000)),
        "small": ((10, 48), (1_000_000, 1_950_000)),
        "medium": ((50, 230), (1_600_000, 3_900_000)),
        "not_sme": ((260, 420), (2_500_000, 4_500_000)),
    },
    "RU": {
        "micro": ((2, 15), (2_400_000, 7_600_000)),
        "small": ((16, 98), (3_200_000, 7_600_000)),
        "medium": ((101, 245), (3_600_000, 7_800_000)),
        "not_sme": ((260, 480), (4_200_000, 8_800_000)),
    },
}
"""Headcount, and turnover for each of the staff, of a firm of each class."""
_SCALE: Final = {"micro": 0.12, "small": 0.45, "medium": 0.85, "not_sme": 1.0}
_MARKETS: Final = {
    "TR": ("DE", "IQ", "KZ", "UZ", "AZ", "RO", "BG", "GE", "SA", "DZ", "FR", "PL"),
    "RU": ("KZ", "BY", "UZ", "CN", "AM", "AZ", "KG", "RS", "IN", "AE", "EG", "MN"),
}
_TRADERS: Final = frozenset({"45", "46", "47"})


@dataclass(frozen=True, slots=True)
class Line:
    """One product offered or sought."""

    side: Side
    good: Good
    quantity: Decimal | None
    specified: bool
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """One certificate; days count from today, negative ones lie behind."""

    scheme: str
    number: str
    issued: int
    valid: int | None


@dataclass(slots=True)
class Profile:
    """One invented firm; `accounts` are the documented accounts of its people, where it has such."""

    place: int
    sector: Sector
    name: FirmName
    region: str
    town: Town
    founded: int
    size: str
    headcount: int
    turnover: Decimal
    sectors: tuple[str, ...]
    lines: list[Line]
    certificates: list[Held]
    languages: tuple[str, ...]
    partnerships: list[tuple[str, PartnershipSide]]
    markets: dict[str, MarketStatus]
    people: list[Person]
    visibility: dict[str, str] = field(default_factory=dict)
    state: FirmState = FirmState.VERIFIED
    region_note: str = ""
    accounts: tuple[str, ...] = ()

    @property
    def country(self) -> str:
        """The country of the firm."""
        return self.sector.country

    @property
    def language(self) -> str:
        """The language the firm writes in."""
        return self.country.lower()

    def lines_of(self, side: Side) -> list[Line]:
        """The products of one side."""
        return [line for line in self.lines if line.side is side]


def profiles(country: str, today: date) -> list[Profile]:
    """All invented firms of a country."""
    taken: set[str] = set()
    found: list[Profile] = []
    for sector, count in _shares(sectors(country)):
        names = firm_names(sector, taken)
        for place in range(count):
            chance = dice("firm", country, sector.code, place)
            found.append(_profile(len(found), sector, next(names), chance, today))
    return found


def _shares(all_sectors: Sequence[Sector]) -> list[tuple[Sector, int]]:
    whole = sum(sector.weight for sector in all_sectors)
    counts, given = [], 0
    for at, sector in enumerate(all_sectors, start=1):
        upto = FIRMS_EACH * sum(one.weight for one in all_sectors[:at]) // whole
        counts.append((sector, upto - given))
        given = upto
    return counts


def _profile(place: int, sector: Sector, name: FirmName, chance: Random, today: date) -> Profile:
    size = (
        "micro" if name.sole else chance.choices(("micro", "small", "medium", "not_sme"), (30, 45, 24, 1))[0]
    )
    region = chance.choices(list(sector.regions), list(sector.regions.values()))[0]
    headcount, turnover = figures(sector, size, chance, today)
    lines = _lines(sector, size, chance)
    return Profile(
        place=place,
        sector=sector,
        name=name,
        region=region,
        town=chance.choice(towns(region)),
        founded=chance.randint(2004 if name.sole else 1988, today.year - 3),
        size=size,
        headcount=headcount,
        turnover=turnover,
        sectors=(sector.nace, *sorted(chance.sample(sector.other_nace, chance.randint(0, 2) % 3 and 1))),
        lines=lines,
        certificates=_certificates(sector, size, chance),
        languages=_languages(sector.country, chance),
        partnerships=_partnerships(sector, any(line.side is Side.SOUGHT for line in lines), chance),
        markets=_markets(sector.country, chance),
        people=[person(chance, sector.country) for _ in range(1 if size == "micro" else 2)],
        visibility=_visibility(chance),
    )


def figures(sector: Sector, size: str, chance: Random, today: date) -> tuple[int, Decimal]:
    """Headcount and turnover that the dated rule of the country puts into the class."""
    (least, most), (poor, rich) = SIZES[sector.country][size]
    while True:
        headcount = chance.randint(least, most)
        turnover = Decimal(headcount * chance.randint(poor, rich) // 10_000 * 10_000)
        found = size_rules.size_class(
            sector.country, today, headcount, turnover, divisions=(sector.nace[:2],)
        )
        if found.size_class.value == size or (size == "not_sme" and sector.nace[:2] in ("13", "14", "15")):
            return headcount, turnover


def _rounded(amount: float) -> Decimal:
    step = 10 ** max(len(str(int(amount))) - 2, 0)
    return Decimal(max(int(amount) // step * step, 1))


def _lines(sector: Sector, size: str, chance: Random) -> list[Line]:
    most = 2 if size == "micro" else 4
    offered = chance.sample(sector.offers, min(len(sector.offers), chance.randint(1, most)))
    seeks = chance.random() < 0.8
    sought = chance.sample(sector.seeks, min(len(sector.seeks), chance.randint(1, 4))) if seeks else []
    found = [_line(Side.OFFERED, sector, hs, size, chance) for hs in sorted(offered)]
    return found + [_line(Side.SOUGHT, sector, hs, size, chance) for hs in sorted(sought)]


def _line(side: Side, sector: Sector, hs: str, size: str, chance: Random) -> Line:
    good = goods()[hs]
    share = _SCALE[size] * chance.uniform(0.6, 1.3) * (1.0 if side is Side.OFFERED else 0.35)
    amount = _rounded(good.low + (good.high - good.low) * min(share, 1.2))
    quantity = amount if chance.random() < 0.85 else None
    usual = certificates_of_goods(OTHER[sector.country]).get(hs, ())[:3]
    required = tuple(sorted(chance.sample(usual, 1))) if usual and chance.random() < 0.35 else ()
    return Line(side, good, quantity, chance.random() < 0.8, required if side is Side.SOUGHT else ())


def _certificates(sector: Sector, size: str, chance: Random) -> list[Held]:
    most = {"micro": 2, "small": 3}.get(size, 4)
    count = min(len(sector.certificates), chance.randint(0 if size == "micro" else 1, most))
    found = []
    for scheme in chance.sample(sector.certificates, count):
        # One in ten has run out, one in ten will within two months.
        left = chance.choices(
            (-chance.randint(5, 300), chance.randint(4, 58), chance.randint(60, 980)), (1, 1, 8)
        )[0]
        number = f"{scheme[:3]}-{chance.randint(1000, 9999)}-{chance.randint(10, 99)}"
        found.append(Held(scheme, number, left - 1095, left))
    return found


def _languages(country: str, chance: Random) -> tuple[str, ...]:
    wanted = {
        "TR": (("en", 0.68), ("ru", 0.38), ("de", 0.1), ("ar", 0.1)),
        "RU": (("en", 0.62), ("tr", 0.18), ("de", 0.07), ("zh", 0.1)),
    }[country]
    return (country.lower(), *(code for code, share in wanted if chance.random() < share))


def _partnerships(sector: Sector, seeks: bool, chance: Random) -> list[tuple[str, PartnershipSide]]:
    give, take = PartnershipSide.OFFERS, PartnershipSide.SEEKS
    trader = sector.nace[:2] in _TRADERS
    wanted: tuple[tuple[str, PartnershipSide, float], ...] = (
        ("EXPORT", take, 0.4 if trader else 0.88),
        ("DISTRIBUTION", take, 0.1 if trader else 0.5),
        ("DISTRIBUTION", give, 0.8 if trader else 0.08),
        ("AGENCY", take, 0.25),
        ("AGENCY", give, 0.3 if trader else 0.04),
        ("EXPORT", give, 0.8 if trader else 0.25 * seeks),
        ("IMPORT", take, 0.65 * seeks),
        ("IMPORT", give, 0.3),
        ("SUPPLIER", take, 0.5 * seeks),
        ("SUPPLIER", give, 0.15 if trader else 0.45),
        ("MANUFACTURING", give, 0.0 if trader else 0.3),
        ("SUBCONTRACTING", give, 0.0 if trader else 0.16),
        ("COBRANDING", give, 0.12),
        ("TECHNICAL", take, 0.06),
        ("TECHCOOP", give, 0.07),
        ("JOINTVENTURE", give, 0.06),
        ("TRAINING", give, 0.05),
    )
    found = [(code, side) for code, side, share in wanted if chance.random() < share]
    return found or [("EXPORT", take)]


def _markets(country: str, chance: Random) -> dict[str, MarketStatus]:
    found = {}
    other = chance.random()
    if other < 0.85:
        found[OTHER[country]] = MarketStatus.EXPORTING if other < 0.28 else MarketStatus.INTERESTED
    for code in chance.sample(_MARKETS[country], chance.randint(0, 4)):
        found[code] = chance.choices(list(MarketStatus), (6, 3, 1))[0]
    return found


def _visibility(chance: Random) -> dict[str, str]:
    return chance.choices(
        (
            {},
            {"texts": "public", "certificates": "public"},
            {"size": "partner", "markets": "partner"},
            {"size": "staff"},
            {"texts": "public", "website": "public", "partnerships": "public"},
            {"products": "registered"},
        ),
        (76, 9, 5, 3, 5, 2),
    )[0]


def day_of(today: date, days: int | None) -> date | None:
    """The day so many days from today."""
    return None if days is None else today + timedelta(days=days)
