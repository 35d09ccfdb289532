"""What the pages of saved searches show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.directory.facets import label
from matchmaker.directory.filters import ANYWHERE, FILTERS, Selection
from matchmaker.directory.saved import queries
from matchmaker.directory.saved.enums import Frequency
from matchmaker.directory.saved.forms import FREQUENCIES
from matchmaker.directory.saved.models import SavedSearch
from matchmaker.directory.saved.rules import LONGEST_NAME
from matchmaker.notifications.enums import NewsCategory
from matchmaker.notifications.queries import wants_news

WORDS: Final = {
    "offer": _l("Offer what you need"),
    "need": _l("Need what you offer"),
    ANYWHERE: _l("All countries"),
    "micro": _l("Micro"),
    "small": _l("Small"),
    "medium": _l("Medium-sized"),
    "not_sme": _l("Not an SME"),
}
"""Choices that no classification names."""


@dataclass(frozen=True, slots=True)
class Line:
    """A saved search with its address in the directory and what it looks for, in words."""

    search: SavedSearch
    url: str
    parts: Sequence[str]
    frequency: LazyString


@dataclass(frozen=True, slots=True)
class SearchesPage:
    """All that a person saved; `silent` says that mails were ended although searches would send some."""

    lines: Sequence[Line]
    silent: bool


def searches_page(actor: Actor) -> SearchesPage:
    """The page of the reader's saved searches."""
    rows = queries.searches(actor.person_id)
    wanted = any(row.frequency is not Frequency.NONE for row in rows)
    silent = wanted and NewsCategory.SAVED_SEARCHES not in wants_news(actor.person_id)
    lines = [
        Line(
            row, address_of(row.query), parts_of(queries.selection_of(row.query)), FREQUENCIES[row.frequency]
        )
        for row in rows
    ]
    return SearchesPage(lines, silent)


def address_of(query: str) -> str:
    """Where the directory shows it."""
    base = url_for("directory.index")
    return f"{base}?{query}" if query else base


def parts_of(selection: Selection) -> list[str]:
    """What a search looks for: its words, then its filters by name, in the reader's language."""
    chosen = [("they", one.value) for one in selection.they]
    chosen += [(name, code) for name in FILTERS for code in selection.chosen.get(name, ())]
    return [_("“%(words)s”", words=selection.text)] * bool(selection.text) + [
        _part(name, code) for name, code in chosen
    ]


def _part(name: str, code: str) -> str:
    text = str(WORDS[code]) if code in WORDS else label(name, code, language()) or code
    side = {"offered": _("Offers"), "sought": _("Looks for")}.get(name)
    return f"{side}: {text}" if side else text


def proposed_name(selection: Selection) -> str:
    """The words and the first filters, as far as they make a short name."""
    parts = [selection.text] if selection.text else []
    parts += parts_of(selection)[len(parts) :]
    name = ""
    for part in parts:
        longer = f"{name}, {part}" if name else part
        if len(longer) > LONGEST_NAME // 2 and name:
            break
        name = longer[:LONGEST_NAME]
    return name or _("All firms")
