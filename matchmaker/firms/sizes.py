"""The size class of a firm, computed anew by the rule of its country whenever a figure changes."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from matchmaker.reference import size_rules
from matchmaker.reference.size_rules import Ownership, SizeClass, SizeOutcome

if TYPE_CHECKING:
    from matchmaker.firms.models import Firm

FROM_REGISTER = "register"
"""The rule name of a class that the national register gave, until the firm states its own figures."""
SHARES = ("public", "foreign_or_large")


def outcome(firm: "Firm", on: date) -> SizeOutcome:
    """The class by the rule in force on a day, from the firm's own figures; turnover in the rule's currency."""
    limits = size_rules.limits(firm.country, on)
    same_currency = not limits or not firm.turnover_currency or firm.turnover_currency == limits[0].currency
    return size_rules.size_class(
        firm.country,
        on,
        firm.headcount,
        firm.turnover if same_currency else None,
        firm.balance if same_currency else None,
        ownership=_ownership(firm),
        divisions=[sector.nace_class[:2] for sector in firm.sectors if sector.main],
    )


def compute(firm: "Firm", on: date) -> None:
    """Set class and rule from the figures; a class from the register stays until there are figures."""
    if firm.headcount is None and firm.size_rule == FROM_REGISTER:
        return
    found = outcome(firm, on)
    firm.size_class = "" if found.size_class is SizeClass.UNKNOWN else found.size_class.value
    firm.size_rule = found.rule


def _ownership(firm: "Firm") -> Ownership | None:
    if not firm.ownership:
        return None
    return Ownership(*(Decimal(str(firm.ownership.get(name, 0))) for name in SHARES))
