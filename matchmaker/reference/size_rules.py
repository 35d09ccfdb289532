"""Size classes by the dated rule of a firm's country: a pure function of the figures, never stored without its inputs.

Sources are named in the rows: the Turkish SME regulation with its amendments, Russian law 209-FZ article 4 with the
government decrees on its limits, Recommendation 2003/361/EC for the countries of the European Union.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from matchmaker.reference.tables import day, parts, rows


class SizeClass(StrEnum):
    """Size of a firm; UNKNOWN where a figure or a rule is missing."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    NOT_SME = "not_sme"
    UNKNOWN = "unknown"


class SizeReason(StrEnum):
    """Why a firm has its size class."""

    WITHIN_LIMITS = "within_limits"
    SECTOR_EXCEPTION = "sector_exception"
    TOO_MANY_STAFF = "too_many_staff"
    TOO_MUCH_MONEY = "too_much_money"
    STATE_OWNERSHIP = "state_ownership"
    OTHER_OWNERSHIP = "other_ownership"
    NO_RULE = "no_rule"
    FIGURES_MISSING = "figures_missing"


@dataclass(frozen=True, slots=True)
class Ownership:
    """Shares in per cent: of public owners and funds together; of foreign and non-SME companies together.

    Public owners are the state, regions, municipalities and NGOs. Foreign partners that meet the SME limits themselves
    do not count.
    """

    public: Decimal = Decimal(0)
    foreign_or_large: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class SizeOutcome:
    """The class, the version of the rule it follows from ("" without one) and the reason."""

    size_class: SizeClass
    rule: str
    reason: SizeReason


@dataclass(frozen=True, slots=True)
class Limit:
    """The limits of one class in one version of a rule; money in whole units of `currency`.

    `strict`: headcount must stay below the limit, otherwise it may reach it. `divisions`: the limit is for these NACE
    divisions only.
    """

    area: str
    version: str
    valid_from: date
    valid_to: date | None
    size_class: SizeClass
    strict: bool
    headcount: int
    turnover: Decimal
    balance: Decimal | None
    currency: str
    divisions: tuple[str, ...]
    source: str

    def holds_staff(self, headcount: int) -> bool:
        """Whether the headcount stays within the limit."""
        return headcount < self.headcount if self.strict else headcount <= self.headcount

    def holds_money(self, turnover: Decimal | None, balance: Decimal | None) -> bool | None:
        """Whether turnover, or balance where the rule has one, is within the limit; None without any figure to judge.

        A turnover above the limit without a balance sheet beside it counts as above.
        """
        if turnover is not None and turnover <= self.turnover:
            return True
        if self.balance is not None and balance is not None and balance <= self.balance:
            return True
        return None if turnover is None else False


@dataclass(frozen=True, slots=True)
class OwnershipLimit:
    """The largest shares, in per cent, that owners of each kind may hold together."""

    area: str
    valid_from: date
    valid_to: date | None
    public: Decimal
    foreign_or_large: Decimal


def _in_force(valid_from: date, valid_to: date | None, on: date) -> bool:
    return valid_from <= on and (valid_to is None or on <= valid_to)


@cache
def _limits() -> tuple[Limit, ...]:
    return tuple(_limit(row) for row in rows("size_rules"))


def _limit(row: dict[str, str]) -> Limit:
    return Limit(
        area=row["area"],
        version=f"{row['area']} {row['valid_from']}",
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=day(row["valid_to"]),
        size_class=SizeClass(row["size_class"]),
        strict=row["headcount_operator"] == "lt",
        headcount=int(row["headcount"]),
        turnover=Decimal(row["turnover_max"]),
        balance=Decimal(row["balance_max"]) if row["balance_max"] else None,
        currency=row["currency"],
        divisions=parts(row["divisions"]),
        source=row["source"],
    )


@cache
def _ownership_limits() -> tuple[OwnershipLimit, ...]:
    return tuple(
        OwnershipLimit(
            area=row["area"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=day(row["valid_to"]),
            public=Decimal(row["public_max"]),
            foreign_or_large=Decimal(row["foreign_or_large_max"]),
        )
        for row in rows("size_ownership")
    )


@cache
def area_of(country: str) -> str:
    """The area whose rules a country follows: itself, or a union that the table names."""
    return next((row["area"] for row in rows("size_areas") if row["country"] == country), country)


def limits(country: str, on_date: date) -> tuple[Limit, ...]:
    """The limits in force in a country on a day, from micro to medium, sector exceptions last."""
    area = area_of(country)
    return tuple(
        one for one in _limits() if one.area == area and _in_force(one.valid_from, one.valid_to, on_date)
    )


def asks_ownership(country: str, on_date: date) -> bool:
    """Whether the rule of the country looks at who owns the firm."""
    return _ownership_limit(country, on_date) is not None


def _ownership_limit(country: str, on_date: date) -> OwnershipLimit | None:
    area = area_of(country)
    mine = (one for one in _ownership_limits() if one.area == area)
    return next((one for one in mine if _in_force(one.valid_from, one.valid_to, on_date)), None)


def size_class(
    country: str,
    on_date: date,
    headcount: int | None,
    turnover: Decimal | None,
    balance: Decimal | None = None,
    *,
    ownership: Ownership | None = None,
    divisions: Iterable[str] = (),
) -> SizeOutcome:
    """The class by the rule in force on the day; amounts in the currency of the rule.

    `divisions` are two-digit NACE codes of the main activity, for the limits that only some branches have.
    """
    mine = limits(country, on_date)
    if not mine:
        return SizeOutcome(SizeClass.UNKNOWN, "", SizeReason.NO_RULE)
    version = mine[0].version
    if headcount is None:
        return SizeOutcome(SizeClass.UNKNOWN, version, SizeReason.FIGURES_MISSING)
    refused = _owned_too_much(_ownership_limit(country, on_date), ownership)
    if refused is not None:
        return SizeOutcome(SizeClass.NOT_SME, version, refused)
    return _by_limits(mine, version, headcount, turnover, balance, frozenset(divisions))


def _owned_too_much(limit: OwnershipLimit | None, ownership: Ownership | None) -> SizeReason | None:
    if limit is None or ownership is None:
        return None
    if ownership.public > limit.public:
        return SizeReason.STATE_OWNERSHIP
    return SizeReason.OTHER_OWNERSHIP if ownership.foreign_or_large > limit.foreign_or_large else None


def _by_limits(
    mine: tuple[Limit, ...],
    version: str,
    headcount: int,
    turnover: Decimal | None,
    balance: Decimal | None,
    divisions: frozenset[str],
) -> SizeOutcome:
    fitting = [one for one in mine if not one.divisions or divisions.intersection(one.divisions)]
    staffed = [one for one in fitting if one.holds_staff(headcount)]
    if not staffed:
        return SizeOutcome(SizeClass.NOT_SME, version, SizeReason.TOO_MANY_STAFF)
    for limit in staffed:
        within = limit.holds_money(turnover, balance)
        if within is None:
            return SizeOutcome(SizeClass.UNKNOWN, version, SizeReason.FIGURES_MISSING)
        if within:
            reason = SizeReason.SECTOR_EXCEPTION if limit.divisions else SizeReason.WITHIN_LIMITS
            return SizeOutcome(limit.size_class, version, reason)
    return SizeOutcome(SizeClass.NOT_SME, version, SizeReason.TOO_MUCH_MONEY)
