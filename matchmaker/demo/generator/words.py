"""The words that invented texts are put together from, by language and kind."""

from functools import cache
from itertools import product

from matchmaker.demo.generator.russian import Noun
from matchmaker.demo.generator.turkish import Word
from matchmaker.demo.tables import rows


@cache
def words(language: str, kind: str) -> tuple[str, ...]:
    """The entries of a table of words: nouns, adjectives, makers."""
    return next(tuple(row["words"].split()) for row in rows(f"words_{language}") if row["kind"] == kind)


@cache
def turkish(kind: str) -> tuple[Word, ...]:
    """Turkish nouns of a kind."""
    return tuple(map(Word.parse, words("tr", kind)))


@cache
def russian(kind: str) -> tuple[Noun, ...]:
    """Russian nouns of a kind; nouns also with a first part before them, such as гидронасос."""
    plain = tuple(map(Noun.parse, words("ru", kind)))
    if kind != "nouns":
        return plain
    return plain + tuple(
        Noun.parse("/".join(prefix + part for part in token.split("/")))
        for prefix, token in product(words("ru", "prefixes"), words("ru", "stems"))
    )
