"""Fields of the index and the facets over them; any change here raises the version, which triggers a rebuild.

One index serves readers of two levels. Words and codes stand in it once, in the fields of the level from which they may
be seen; a registered reader searches and counts both fields, a visitor only the first.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from zlib import crc32

from tantivy import Schema, SchemaBuilder

from matchmaker.engines.search.codes import pack
from matchmaker.engines.text.folding import FOLDING_VERSION
from matchmaker.engines.text.stemming import STEMMING_VERSION

SCHEMA_VERSION: Final = f"7.{FOLDING_VERSION}.{STEMMING_VERSION}"
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
MARKS: Final = ("marks", "marks_registered")
"""What is only asked whether a firm has it, by level: codes that nobody counts, and spellings to rank by.

Short words in one field: each field more costs time for every firm, and a number more than a word of a text.
"""
NAMED: Final = "N"
"""Kind of the mark of a spelling that stands in a name."""
SAID: Final = "T"
"""Kind of the mark of another word's spelling, where it differs from its skeleton."""


@dataclass(frozen=True, slots=True)
class FacetField:
    """A facet: the fast field of the codes that are counted, and the kind of mark of codes from a length on.

    A facet without a field is asked for only. Codes are packed into integers where they fit, else they stay words.
    """

    field: str = ""
    packed: bool = True
    marked: tuple[tuple[int, str], ...] = ()
    single: bool = False

    def place_of(self, code: str, level: Level) -> tuple[str, int | str]:
        """The field and the term of a code that may be seen from the level on; ValueError when it cannot be kept."""
        number = pack(code) if self.packed else 0
        kinds = [kind for shortest, kind in self.marked if len(code) >= shortest]
        if kinds:
            return MARKS[level], mark(kinds[-1], code)
        return from_level(self.field, level), number if self.packed else code

    def counted(self, level: Level) -> tuple[str, ...]:
        """The fields that are counted for readers of the level; no firm has the same code in two of them."""
        return tuple(from_level(self.field, one) for one in levels_up_to(level))


def mark(kind: str, code: str) -> str:
    """The mark of a code that nobody counts."""
    return kind + code


def spelling_mark(kind: str, spelling: str) -> str:
    """The mark of a lower-case spelling: a checksum, which is short and in ASCII whatever the script.

    It only lifts a firm that was found by other words, so that two spellings may have the same one in four thousand million.
    """
    checksum = crc32(spelling.encode()).to_bytes(4, "big")
    return kind + urlsafe_b64encode(checksum).rstrip(b"=").decode("ascii")


def from_level(field: str, level: Level) -> str:
    """The name of a field of codes that may be seen from a level on."""
    return field if level is Level.EVERYBODY else f"{field}_{level.name.lower()}"


FACETS: Final = {
    "country": FacetField("country", single=True),
    "region": FacetField("region", single=True),
    "size": FacetField("size", single=True),
    "division": FacetField("division"),
    "nace": FacetField(marked=((0, "n"),)),
    "language": FacetField("languages"),
    # These two kinds of code are longer than an integer can hold reversibly, so they stay words.
    "certificate": FacetField("certificates", packed=False),
    "partnership": FacetField("partnerships", packed=False),
    "offered": FacetField("offered2", marked=((3, "o"),)),
    "sought": FacetField("sought2", marked=((3, "s"),)),
    # The code as the firm gave it, however short: finds those who registered no more than the heading.
    "offered_as": FacetField(marked=((0, "O"), (6, "o"))),
    "sought_as": FacetField(marked=((0, "S"), (6, "s"))),
}
"""Filters and facets by name. ``offered`` and ``sought`` take HS codes of 2, 4 or 6 digits and count chapters.

``single`` facets have one code a firm at most; counting them costs a tenth of counting the others.
"""


def build_schema() -> Schema:
    """The schema of this version."""
    builder = SchemaBuilder()
    builder.add_integer_field(FIRM_ID, indexed=True, fast=True)
    builder.add_integer_field(DIGEST, fast=True)
    for level in Level:
        builder.add_text_field(NAMES[level], tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(TEXT[level], tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field(MARKS[level], tokenizer_name="whitespace", index_option="basic")
        for facet in FACETS.values():
            if facet.field and facet.packed:
                builder.add_integer_field(from_level(facet.field, level), indexed=True, fast=True)
            elif facet.field:
                builder.add_text_field(
                    from_level(facet.field, level), fast=True, tokenizer_name="raw", index_option="basic"
                )
    return builder.build()
