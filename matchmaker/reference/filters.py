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


def init_filters(app: Flask) -> None:
    """Give the templates the filters `country` and `language_title`."""
    app.jinja_env.filters.update(country=country_name, language_title=language_title)
