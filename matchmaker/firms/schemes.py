"""Which numbers of the state a registration asks for: one tax number, company's or person's, and those beside it."""

from matchmaker.reference import identifiers
from matchmaker.reference.identifiers import IdentifierError, IdentifierProblem, Scheme

COMPANY, PERSON, ANY = "company", "person", "any"


def leading(country: str) -> tuple[Scheme, ...]:
    """The tax numbers of a country, one of which every firm has: that of companies, that of persons."""
    found: list[Scheme] = []
    for holder in (COMPANY, PERSON):
        first = next((one for one in identifiers.of_country(country) if one.holder in (holder, ANY)), None)
        if first is not None and first not in found and (not found or found[0].holder != ANY):
            found.append(first)
    return tuple(found)


def further(country: str) -> tuple[Scheme, ...]:
    """The other numbers of a country, which a firm may add."""
    asked = leading(country)
    return tuple(one for one in identifiers.of_country(country) if one not in asked)


def meant(country: str, value: str) -> Scheme:
    """The tax number that a typed value is meant as: the one whose length it has, else the first."""
    cleaned = identifiers.clean(value)
    choices = leading(country)
    return next((one for one in choices if len(cleaned) in one.lengths), choices[0])


def belongs(scheme: Scheme, holder: str) -> bool:
    """Whether a firm of this holder can have a number of the scheme."""
    return ANY in (scheme.holder, holder) or scheme.holder == holder


def checked(country: str, number: str, others: dict[str, str]) -> dict[str, str]:
    """The numbers of one firm, cleaned, the tax number first; empty ones are left out.

    Raises IdentifierError for the first that is wrong, belongs to another kind of firm or contradicts another.
    """
    first = meant(country, number)
    found = {first.code: identifiers.validate(first.code, number)}
    for scheme in further(country):
        value = others.get(scheme.code, "")
        if not identifiers.clean(value):
            continue
        found[scheme.code] = identifiers.validate(scheme.code, value)
        if not belongs(scheme, first.holder):
            raise IdentifierError(IdentifierProblem.MISMATCH, scheme)
    identifiers.cross_check(found)
    return found
