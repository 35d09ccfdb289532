"""E-mail addresses: one form to show and write to, one folded form that has to be unique."""

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

LONGEST = 254


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it is written to, and the key by which an account is found."""

    shown: str
    key: str


def parse_address(text: str) -> Address:
    """Read a typed address without asking any name server; raises ValueError for what cannot be one.

    The key ignores letter case and the two spellings of an internationalised domain.
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error
    key = f"{found.local_part.casefold()}@{found.ascii_domain.casefold()}"
    if len(found.normalized) > LONGEST or len(key) > LONGEST:
        raise ValueError("longer than an address may be")
    return Address(found.normalized, key)


def key_of(text: str) -> str:
    """The key of a typed address, also of one that cannot be an address: it then finds nobody."""
    try:
        return parse_address(text).key
    except ValueError:
        return text.strip().casefold()[:LONGEST]
