"""Under which names a firm is found and shown; a sole trader's own name stays out where the firm trades under another."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from matchmaker.core.countries import language_of
from matchmaker.core.i18n import language
from matchmaker.engines.text.expansion import is_cyrillic
from matchmaker.engines.text.legal_forms import strip_legal_forms
from matchmaker.engines.text.romanisation import romanise_place_ru, romanise_ru
from matchmaker.reference import legal_forms, regions

if TYPE_CHECKING:
    from flask import Flask

PERSON = "person"
_CYRILLIC_READERS = frozenset({"ru"})


@dataclass(frozen=True, slots=True)
class ShownName:
    """A name as a reader sees it, the other spelling beside it, and the language of each; empty where there is none."""

    text: str
    lang: str = ""
    original: str = ""
    original_lang: str = ""


class Named(Protocol):
    """What has the names of a firm: a loaded firm, or columns."""

    @property
    def country(self) -> str:
        """The country it is registered in."""

    @property
    def legal_form(self) -> str:
        """The code of its legal form."""

    @property
    def trade_name(self) -> str:
        """The name it trades under, empty where that is the legal one."""

    @property
    def legal_name(self) -> str:
        """The name in the register."""

    @property
    def name_romanised(self) -> str:
        """The legal name in Latin letters as the firm spells it."""


class FirmName(NamedTuple):
    """What a firm is called by, as plain columns: for pages that name hundreds of firms."""

    id: int
    country: str
    legal_form: str
    trade_name: str
    legal_name: str
    name_romanised: str

    @property
    def name(self) -> str:
        """The name to show: the trade name, else the legal name."""
        return self.trade_name or self.legal_name


def own_language(country: str) -> str:
    """The language in which firms of a country write their name; empty where it is not known."""
    return language_of(country)


def published_names(firm: Named) -> tuple[str, ...]:
    """Every spelling that the firm itself publishes, the one it is called by first."""
    form = legal_forms.get(firm.legal_form)
    if form is not None and form.holder == PERSON and firm.trade_name:
        return (firm.trade_name,)
    return tuple(
        dict.fromkeys(name for name in (firm.trade_name, firm.legal_name, firm.name_romanised) if name)
    )


def shown_name(firm: Named, reader_language: str) -> ShownName:
    """The name in the letters of the reader, with the published name in its own letters where that is another."""
    names = published_names(firm)
    if not names:
        return ShownName("")
    own, first = own_language(firm.country), names[0]
    other = next((name for name in names[1:] if name != first), "")
    if reader_language in _CYRILLIC_READERS or not is_cyrillic(first):
        same = reader_language == own
        return ShownName(first, "" if same else own, other, "" if same or not is_cyrillic(other) else own)
    return ShownName(_latin(firm, names), "", first, own)


def reader_name(firm: Named) -> str:
    """The name in the letters of the language being written, for sentences and titles."""
    return shown_name(firm, language()).text


def other_spelling(firm: Named) -> str:
    """The name of a firm in the letters, Latin or Cyrillic, that the reader's are not; empty where it is written once."""
    name = reader_name(firm)
    spelt = (shown_name(firm, one).text for one in ("en", "ru"))
    return next((one for one in spelt if one != name), "")


def in_reader_letters(text: str, known: str = "") -> str:
    """The name of a person in the letters of the language being written.

    `known` is the Latin spelling that its owner chose; without one it is spelt as in passports.
    """
    if language() in _CYRILLIC_READERS or not is_cyrillic(text):
        return text
    return known or romanise_ru(text)


def place_name(text: str) -> str:
    """The name of a place as the language being written has it: a city that is known by its name, else its letters."""
    spoken = language()
    known = regions.called(text, spoken)
    if known or spoken in _CYRILLIC_READERS or not is_cyrillic(text):
        return known or text
    return romanise_place_ru(text, spoken)


def init_names(app: "Flask") -> None:
    """Give the templates the filters `firm_name`, a firm as the ShownName of the reader, `place_name` and `person_name`."""
    app.jinja_env.filters["firm_name"] = lambda firm: shown_name(firm, language())
    app.jinja_env.filters["place_name"] = place_name
    app.jinja_env.filters["person_name"] = in_reader_letters


def _latin(firm: Named, names: tuple[str, ...]) -> str:
    if not firm.trade_name and firm.name_romanised:
        return firm.name_romanised
    # The spelling that the firm chose for its legal name holds for the same name without the legal form.
    if firm.name_romanised in names and strip_legal_forms(firm.legal_name) == firm.trade_name:
        return strip_legal_forms(firm.name_romanised)
    return next((name for name in names[:1] if not is_cyrillic(name)), romanise_ru(names[0]))
