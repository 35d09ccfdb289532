"""What a reader may mean while still typing: firms, goods and places, in either script."""

from dataclasses import dataclass
from typing import Final

from flask import url_for

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.directory import queries
from matchmaker.directory.filters import ENGINE_LEVELS
from matchmaker.directory.index import ready_reader
from matchmaker.directory.own_changes import has_own_changes
from matchmaker.directory.page import level_of
from matchmaker.engines.search.reader import Reader
from matchmaker.engines.search.schema import Level
from matchmaker.engines.text.folding import tokens
from matchmaker.firms.enums import FieldGroup
from matchmaker.firms.names import shown_name
from matchmaker.firms.rules import groups_at
from matchmaker.reference import regions
from matchmaker.reference.good_names import name_of_code
from matchmaker.reference.hs_search import find_hs
from matchmaker.reference.tables import LABEL_LANGUAGES

SHORTEST: Final = 2
FIRMS, GOODS, PLACES = 5, 4, 3
TRIED: Final = 12
"""Goods that are tried until so many are found that some firm offers; asking for one that no firm has costs nothing."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion: its kind ("firm", "good", "place"), what it is called, how many firms it leads to, and where."""

    kind: str
    text: str
    url: str
    lang: str = ""
    detail: str = ""
    firms: int = 0


def suggestions(actor: Actor, text: str) -> list[Suggestion]:
    """At most a dozen, firms first; goods and places only where some firm has them."""
    reader = ready_reader() if len(text.strip()) >= SHORTEST else None
    if reader is None:
        return []
    # Nobody waits while typing: what another process keeps from us comes with the next letter.
    has_own_changes(actor, patience=0.0)
    level = level_of(actor)
    found = []
    for firm in queries.names_of(
        queries.still_listed(hit.firm_id for hit in reader.named(text, ENGINE_LEVELS[level], FIRMS))
    ):
        if FieldGroup.NAME in groups_at(firm, level):
            name = shown_name(firm, language())
            address = url_for("directory.show", firm_id=firm.id)
            found.append(Suggestion("firm", name.text, address, name.lang, name.original))
    return found + _goods(reader, ENGINE_LEVELS[level], text) + _places(reader, ENGINE_LEVELS[level], text)


def _goods(reader: Reader, level: Level, text: str) -> list[Suggestion]:
    found: list[Suggestion] = []
    for hit in find_hs(text, language(), TRIED):
        if len(found) == GOODS:
            break
        if firms := reader.having("offered", hit.code.code, level) if hit.code.code.isdecimal() else 0:
            name = name_of_code(hit.code.code, language())
            address = url_for("directory.index", offered=hit.code.code)
            found.append(Suggestion("good", name, address, "", hit.code.dotted, firms))
    return found


def _places(reader: Reader, level: Level, text: str) -> list[Suggestion]:
    found = []
    for region in regions_beginning(text)[:PLACES]:
        if firms := reader.having("region", region.code, level):
            address = url_for("directory.index", region=region.code)
            found.append(Suggestion("place", region.label(language()), address, "", "", firms))
    return found


def regions_beginning(text: str) -> list[regions.Region]:
    """The regions of which a word begins as was typed, in any of the three languages."""
    typed = " ".join(tokens(text))
    if not typed:
        return []
    return [
        region
        for region in regions.all_regions().values()
        if any(
            " ".join(tokens(region.labels.own(one))).startswith(typed)
            or any(word.startswith(typed) for word in tokens(region.labels.own(one)))
            for one in LABEL_LANGUAGES
        )
    ]
