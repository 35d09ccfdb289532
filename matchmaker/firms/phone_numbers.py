"""Telephone numbers as people type them, read by the numbering plan of a country."""

import phonenumbers


def read_phone(text: str, country: str) -> str:
    """The number in international form, +90 332 123 45 67; raises ValueError for one that cannot exist.

    A number without a country code is one of the country (ISO 3166-1 alpha-2). Plans: libphonenumber.
    """
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise ValueError(str(error)) from error
    if not phonenumbers.is_valid_number(number):
        raise ValueError("no number of this plan")
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return str(shown)


def example_phone(country: str) -> str:
    """How a number of the country looks; empty where no plan is known."""
    number = phonenumbers.example_number(country)
    if number is None:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
