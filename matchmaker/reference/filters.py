"""Names of reference codes for templates."""

from flask import Flask

from matchmaker.core.i18n import language
from matchmaker.reference import countries


def country_name(code: str | None) -> str:
    """The name of a country in the language being written; empty for none."""
    return countries.label(code, language()) if code else ""


def init_filters(app: Flask) -> None:
    """Give the templates the filter `country`."""
    app.jinja_env.filters["country"] = country_name
