"""Fields of the index and the facets over them; any change here raises the version, which triggers a rebuild."""

from dataclasses import dataclass
from typing import Final

from tantivy import Schema, SchemaBuilder

from matchmaker.engines.text.folding import FOLDING_VERSION

SCHEMA_VERSION: Final = f"1.{FOLDING_VERSION}"
"""Layout of the index, then version of the folding; an index of another version is not opened."""

FIRM_ID: Final = "firm_id"
"""Signed on purpose: deleting by term silently does nothing on an unsigned field of tantivy-py 0.27."""

NAMES: Final = "names"
TEXT: Final = "text"
EXACT_NAMES: Final = "exact_names"
EXACT_TEXT: Final = "exact_text"
SPELLING_MARK: Final = "|"
"""Between skeleton and lower-case spelling of a word in the two exact fields."""


@dataclass(frozen=True, slots=True)
class FacetField:
    """A facet: its fast field, whether codes are packed into integers, and fields by length of code where it has levels."""

    field: str
    packed: bool = True
    levels: tuple[tuple[int, str], ...] = ()

    def field_of(self, code: str) -> str:
        """The field that holds codes of this length."""
        return dict(self.levels).get(len(code), self.field)


FACETS: Final = {
    "country": FacetField("country"),
    "region": FacetField("region"),
    "division": FacetField("division"),
    "nace": FacetField("nace"),
    "size": FacetField("size"),
    "language": FacetField("languages"),
    # These two kinds of code are longer than an integer can hold reversibly, so they stay words.
    "certificate": FacetField("certificates", packed=False),
    "partnership": FacetField("partnerships", packed=False),
    "offered": FacetField("offered2", levels=((2, "offered2"), (4, "offered4"), (6, "offered6"))),
    "sought": FacetField("sought2", levels=((2, "sought2"), (4, "sought4"), (6, "sought6"))),
}
"""Filters and facets by name. ``offered`` and ``sought`` take HS codes of 2, 4 or 6 digits and count chapters."""

_INDEXED_ONLY: Final = ("offered4", "offered6", "sought4", "sought6")


def build_schema() -> Schema:
    """The schema of this version."""
    builder = SchemaBuilder()
    builder.add_integer_field(FIRM_ID, stored=True, indexed=True, fast=True)
    builder.add_text_field(NAMES, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(TEXT, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(EXACT_NAMES, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field(EXACT_TEXT, tokenizer_name="whitespace", index_option="basic")
    for facet in FACETS.values():
        if facet.packed:
            builder.add_integer_field(facet.field, indexed=True, fast=True)
        else:
            builder.add_text_field(facet.field, fast=True, tokenizer_name="raw", index_option="basic")
    for field in _INDEXED_ONLY:
        builder.add_integer_field(field, indexed=True)
    return builder.build()
