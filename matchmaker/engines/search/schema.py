"""Fields of the index and the facets over them; any change here raises the version, which triggers a rebuild.

One index serves readers of two levels. Words and codes stand in it once, in the fields of the level from which they may
be seen; a registered reader searches and counts both fields, a visitor only the first.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from tantivy import Schema, SchemaBuilder

from matchmaker.engines.text.folding import FOLDING_VERSION
from matchmaker.engines.text.stemming import STEMMING_VERSION

SCHEMA_VERSION: Final = f"5.{FOLDING_VERSION}.{STEMMING_VERSION}"
"""Layout of the index, then versions of folding and stemming; an index of another version is not opened."""

FIRM_ID: Final = "firm_id"
"""Signed on purpose: deleting by term silently does nothing on an unsigned field of tantivy-py 0.27."""


DIGEST: Final = "digest"
"""A checksum of what the entry was made of, by which an index is compared with its database."""


class Level(IntEnum):
    """What a reader may search: the fields for everybody, or also those for people with an account."""

    EVERYBODY = 0
    REGISTERED = 1


def levels_up_to(level: Level) -> tuple[Level, ...]:
    """The levels whose words a reader of this level may search."""
    return tuple(one for one in Level if one <= level)


NAMES: Final = ("names", "names_registered")
"""Skeletons of the words of the names, with positions, by level."""
TEXT: Final = ("text", "text_registered")
"""Skeletons of all words and of their stems, by level."""
SPELLED_NAMES: Final = ("spelled_names", "spelled_names_registered")
"""Lower-case spellings of the words of the names, by level, for ranking the exact spelling first."""
SPELLED_TEXT: Final = ("spelled_text", "spelled_text_registered")
"""Lower-case spellings of other words where they differ from their skeleton, by level, for the same purpose."""


@dataclass(frozen=True, slots=True)
class FacetField:
    """A facet: its fast field, whether codes are packed into integers, and fields by length of code where it has levels."""

    field: str
    packed: bool = True
    levels: tuple[tuple[int, str], ...] = ()
    single: bool = False

    def field_of(self, code: str, level: Level) -> str:
        """The field that keeps codes of this length which may be seen from the level on."""
        return from_level(dict(self.levels).get(len(code), self.field), level)

    def counted(self, level: Level) -> tuple[str, ...]:
        """The fields that are counted for readers of the level; no firm has the same code in two of them."""
        return tuple(from_level(self.field, one) for one in levels_up_to(level))


def from_level(field: str, level: Level) -> str:
    """The name of a field of codes that may be seen from a level on."""
    return field if level is Level.EVERYBODY else f"{field}_{level.name.lower()}"


FACETS: Final = {
    "country": FacetField("country", single=True),
    "region": FacetField("region", single=True),
    "size": FacetField("size", single=True),
    "division": FacetField("division"),
    "nace": FacetField("nace"),
    "language": FacetField("languages"),
    # These two kinds of code are longer than an integer can hold reversibly, so they stay words.
    "certificate": FacetField("certificates", packed=False),
    "partnership": FacetField("partnerships", packed=False),
    "offered": FacetField("offered2", levels=((2, "offered2"), (4, "offered4"), (6, "offered6"))),
    "sought": FacetField("sought2", levels=((2, "sought2"), (4, "sought4"), (6, "sought6"))),
    # The code as the firm gave it, however short: finds those who registered no more than the heading.
    "offered_as": FacetField("offered6"),
    "sought_as": FacetField("sought6"),
}
"""Filters and facets by name. ``offered`` and ``sought`` take HS codes of 2, 4 or 6 digits and count chapters.

``single`` facets have one code a firm at most; counting them costs a tenth of counting the others.
"""

_INDEXED_ONLY: Final = ("nace", "offered4", "offered6", "sought4", "sought6")


def build_schema() -> Schema:
    """The schema of this version."""
    builder = SchemaBuilder()
    builder.add_integer_field(FIRM_ID, indexed=True, fast=True)
    builder.add_integer_field(DIGEST, fast=True)
    for level in Level:
        builder.add_text_field(NAMES[level], tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(TEXT[level], tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field(SPELLED_NAMES[level], tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field(SPELLED_TEXT[level], tokenizer_name="whitespace", index_option="basic")
        for facet in FACETS.values():
            if facet.field in _INDEXED_ONLY:
                continue
            if facet.packed:
                builder.add_integer_field(from_level(facet.field, level), indexed=True, fast=True)
            else:
                builder.add_text_field(
                    from_level(facet.field, level), fast=True, tokenizer_name="raw", index_option="basic"
                )
        for field in _INDEXED_ONLY:
            builder.add_integer_field(from_level(field, level), indexed=True)
    return builder.build()
