"""Finding a code of activity by a word of three languages or by its digits."""

from dataclasses import dataclass
from functools import cache

from matchmaker.engines.text.folding import tokens
from matchmaker.reference import nace
from matchmaker.reference.nace import NaceCode
from matchmaker.reference.tables import LABEL_LANGUAGES

MOST = 12


@dataclass(frozen=True, slots=True)
class Searchable:
    """A code with the skeletons of its words in each language."""

    code: NaceCode
    words: tuple[frozenset[str], ...]


@cache
def searchable() -> tuple[Searchable, ...]:
    """Divisions, groups and classes with the words they are found by."""
    return tuple(
        Searchable(code, tuple(frozenset(tokens(code.labels.own(language))) for language in LABEL_LANGUAGES))
        for code in nace.all_codes().values()
        if code.level > 1
    )


def find_sectors(query: str, most: int = MOST) -> list[NaceCode]:
    """The codes that a typed word or number means: those that begin with the digits, or have a word beginning with each
    typed one; classes first, then in the order of the codes.
    """
    typed = query.strip()
    digits = nace.dotted(typed)
    if digits:
        return [item.code for item in searchable() if item.code.code.startswith(digits[:5])][:most]
    wanted = tokens(typed)
    if not wanted:
        return []
    found = [item for item in searchable() if any(_has(words, wanted) for words in item.words)]
    return [item.code for item in sorted(found, key=lambda item: (-item.code.level, item.code.code))][:most]


def _has(words: frozenset[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(part[: max(4, len(part) - 2)]) for word in words) for part in wanted)
