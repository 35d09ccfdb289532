"""What the rest of the firms domain asks a national register: the entry of a number, and whether a name is its name."""

from collections.abc import Iterable

from matchmaker.firms.models import RegisterEntry
from matchmaker.firms.registers.queries import entry_of_registration, knows_register, register_entry
from matchmaker.firms.registers.rules import (
    Suggestion,
    confirms_name,
    is_mapped,
    needs_compliance,
    registration_agrees,
    suggestion,
)

__all__ = [
    "Suggestion",
    "confirms_name",
    "entry_of",
    "entry_of_registration",
    "is_mapped",
    "knows_register",
    "needs_compliance",
    "register_entry",
    "registration_agrees",
    "suggestion",
]


def entry_of(country: str, identifiers: Iterable[str]) -> RegisterEntry | None:
    """The entry that one of a firm's numbers leads to: a tax number first, else a registration number."""
    numbers = list(identifiers)
    by_tax_number = (register_entry(country, number) for number in numbers)
    by_registration = (entry_of_registration(country, number) for number in numbers)
    found = next((entry for entry in by_tax_number if entry is not None), None)
    return found or next((entry for entry in by_registration if entry is not None), None)
