"""Who sets how long data are kept, and which time is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.rights.rules import handles

if TYPE_CHECKING:
    from matchmaker.core.retention import DataClass, RetentionTerm

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Term:
    """A time in force; number 0 is the product's own."""

    number: int
    days: int


def may_read_retention(actor: Actor) -> bool:
    """Whoever answers people about their data, and compliance officers."""
    return handles(actor) or actor.has(InstitutionRole.COMPLIANCE)


def may_set_terms(actor: Actor) -> bool:
    """The times hold for the whole installation, so whoever administers it sets them."""
    return actor.is_operator


def term_of(data_class: "DataClass", terms: Sequence["RetentionTerm"], today: date) -> Term:
    """The time in force: of those whose day has come the one set last, else the product's own."""
    come = [one for one in terms if one.data_class == data_class.key and one.valid_from <= today]
    if not come or not data_class.is_editable:
        return Term(0, data_class.days)
    last = max(come, key=lambda one: one.number)
    # A later version of the product may know narrower limits than those in which the time was set.
    return Term(last.number, min(max(last.days, data_class.least), data_class.most))


def is_within(data_class: "DataClass", days: int) -> bool:
    """Whether the limits allow a time."""
    return data_class.is_editable and data_class.least <= days <= data_class.most


def may_set_term(actor: Actor, data_class: "DataClass") -> bool:
    """Only of classes whose time is not fixed."""
    return may_set_terms(actor) and data_class.is_editable
