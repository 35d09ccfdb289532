"""Names of reference codes for templates."""

from flask import Flask

from matchmaker.core.i18n import language
from matchmaker.reference import countries, languages


def country_name(code: str | None) -> str:
    """The name of a country in the language being written; empty for none."""
    return countries.label(code, language()) if code else ""


def language_title(code: str) -> str:
    """The name of a language where it stands alone, in the language being written."""
    return languages.title(code, language())


def language_name(code: str | None) -> str:
    """The name of a language within a line, in the language being written; empty for none."""
    return languages.label(code, language()) if code else ""


def languages_listed(codes: list[str]) -> str:
    """The names of several languages where they stand alone, in the language being written; empty for none."""
    return languages.listed(codes, language())


def init_filters(app: Flask) -> None:
    """Give the templates the filters `country`, `language_title`, `language_name` and `languages_listed`."""
    app.jinja_env.filters.update(
        country=country_name,
        language_title=language_title,
        language_name=language_name,
        languages_listed=languages_listed,
    )
