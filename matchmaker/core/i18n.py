"""Languages: which one a reader gets, and how dates, numbers, money and the two parties are shown."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Protocol, TypeVar, cast
from urllib.parse import urlencode

from babel import Locale, dates, numbers
from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, force_locale, get_locale, get_translations

from matchmaker.core import countries
from matchmaker.core.access import current_actor
from matchmaker.engines.text.collation import sort_key

LANGUAGES: Mapping[str, str] = {"tr": "TR", "ru": "RU", "en": "EN"}
LANGUAGE_NAMES: Mapping[str, str] = {"tr": "Türkçe", "ru": "Русский", "en": "English"}
DEFAULT_LANGUAGE = "en"
ZONES: Mapping[str, str] = countries.zones()
OWN_LANGUAGE_FIRST: Mapping[str, str] = countries.leading()
SIGNS: Mapping[str, str] = {"TRY": "₺", "RUB": "₽", "KZT": "₸"}
"""Signs that CLDR gives in the language of their own country only."""
babel = Babel()


class Party(Protocol):
    """Anything that stands for one side: a firm, an institution."""

    @property
    def country(self) -> str | None:
        """The country of the side, ISO 3166-1 alpha-2."""


PartyKind = TypeVar("PartyKind", bound=Party)


def choose_language() -> str:
    """The language of the address, else of the session, else of the account, else of the browser, else English."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    if "language" not in g:
        # Stands when the account cannot be asked, so that the page that says so has a language.
        g.language = request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT_LANGUAGE
        g.language = _asked_for() or _kept() or DEFAULT_LANGUAGE
    return cast("str", g.language)


def _asked_for() -> str | None:
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        session["language"] = asked
        return asked
    return None


def _kept() -> str | None:
    kept = session.get("language")
    if kept in LANGUAGES:
        return cast("str", kept)
    actor = current_actor()
    if actor.is_authenticated and actor.language in LANGUAGES:
        return actor.language
    return request.accept_languages.best_match(list(LANGUAGES))


def language() -> str:
    """The language being written now, two letters."""
    spoken = get_locale()
    return spoken.language if spoken else DEFAULT_LANGUAGE


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Write in another language for a while: a mail to its reader, a test."""
    kept = g.pop("translations", None)
    try:
        with force_locale(code):
            yield
    finally:
        g.pop("translations", None)
        if kept is not None:
            g.translations = kept


def _translations() -> NullTranslations:
    # Flask-Babel looks the catalogue up on every call; once per request is enough (a quarter of a page's time).
    if "translations" not in g:
        g.translations = get_translations()
    return cast("NullTranslations", g.translations)


def _gettext(text: str) -> str:
    return _translations().ugettext(text)


def _ngettext(singular: str, plural: str, count: int) -> str:
    return _translations().ungettext(singular, plural, count)


def _pgettext(context: str, text: str) -> str:
    return _translations().upgettext(context, text)


def _npgettext(context: str, singular: str, plural: str, count: int) -> str:
    return _translations().unpgettext(context, singular, plural, count)


def show_date(value: date | None, form: str = "long") -> str:
    """A day, such as 19 January 2027."""
    return "" if value is None else dates.format_date(value, form, locale=_locale())


def show_day(value: date) -> str:
    """A day without its year, such as 19 January, where the year is known."""
    return str(dates.format_skeleton("MMMMd", value, locale=_locale()))


def show_number(value: float | Decimal | int | None, digits: int | None = None) -> str:
    """A number with the separators of the language."""
    if value is None:
        return ""
    pattern = None if digits is None else "#,##0." + "0" * digits if digits else "#,##0"
    return _number_text(value, pattern, language())


@lru_cache(maxsize=8_192, typed=True)
def _number_text(value: float | Decimal | int, pattern: str | None, spoken: str) -> str:
    """A page of the directory shows a hundred counts, the same ones again and again."""
    return numbers.format_decimal(value, format=pattern, locale=_locale_of(spoken))


def show_money(value: Decimal | int | None, currency: str) -> str:
    """A sum with its currency sign, without fractions: ₺ before it, ₽ after it except in English text."""
    if value is None:
        return ""
    sign = SIGNS.get(currency) or numbers.get_currency_symbol(currency, locale=_locale())
    amount = numbers.format_decimal(value, format="#,##0", locale=_locale())
    after = language() != DEFAULT_LANGUAGE if currency == "RUB" else language() == "ru" and currency != "TRY"
    return f"{amount}\xa0{sign}" if after else f"{sign}{amount}"


def show_percent(share: float) -> str:
    """A share between 0 and 1 as a percentage."""
    return numbers.format_percent(share, locale=_locale())


def _locale() -> Locale:
    return _locale_of(language())


@cache
def _locale_of(spoken: str) -> Locale:
    # English readers here are not in the United States: the day comes before the month.
    return Locale("en", "GB") if spoken == DEFAULT_LANGUAGE else Locale.parse(spoken)


def order_countries(countries: Sequence[str]) -> list[str]:
    """The alternat: the reader's own side first, else by the interface language; the rest by name.

    Which country leads in which language stands in the table of countries; the English one is alphabetical.
    """
    own = current_actor().country if has_request_context() else None
    first = own or OWN_LANGUAGE_FIRST.get(language())
    names = Locale.parse(language()).territories
    return sorted(countries, key=lambda code: (code != first, sort_key(names.get(code, code), language())))


def order_parties(one: PartyKind, other: PartyKind) -> tuple[PartyKind, PartyKind]:
    """Two sides in the order of the alternat."""
    ordered = order_countries([one.country or "", other.country or ""])
    return (one, other) if (one.country or "") == ordered[0] else (other, one)


def language_url(code: str) -> str:
    """The present address in another language."""
    arguments = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return "?" + urlencode([*arguments, ("lang", code)])


def init_i18n(app: Flask) -> None:
    """Attach Babel and give the templates gettext and the formats."""
    babel.init_app(
        app, locale_selector=choose_language, default_translation_directories=app.config["TRANSLATIONS_DIR"]
    )
    environment = app.jinja_env
    # A method that the extension i18n gives to the environment.
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, _ngettext, newstyle=True, pgettext=_pgettext, npgettext=_npgettext
    )
    environment.filters.update(date=show_date, number=show_number, money=show_money, percent=show_percent)
    environment.globals.update(
        languages=list(LANGUAGES.items()), lang_url=language_url, order_parties=order_parties
    )

    def remember_choice() -> None:
        choose_language()

    app.before_request(remember_choice)
    app.context_processor(lambda: {"language": language()})
