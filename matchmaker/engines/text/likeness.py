"""How alike two names or numbers of firms are, whatever script they are written in: for lists of parties and for firms twice here.

Whole names are compared by the key under which spellings of both scripts meet, as they stand and with their words in
alphabetical order. At WHOLE of 100 and above it is a likeness: true pairs of names across the two scripts reached 85 and
more, the best wrong pair 67.
"""

from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from matchmaker.engines.text.folding import words
from matchmaker.engines.text.legal_forms import strip_legal_forms
from matchmaker.engines.text.names import name_key

WHOLE: Final = 85
SAME: Final = 100
REST: Final = 75
SHORTEST_KEY: Final = 4
SHORTEST_NUMBER: Final = 8


def number_of(text: str) -> str:
    """The digits of a printed number; empty when there are too few to mean one party only."""
    digits = "".join(letter for letter in text if letter.isdecimal() and letter.isascii())
    return digits if len(digits) >= SHORTEST_NUMBER else ""


@lru_cache(maxsize=65_536)
def name_words(name: str) -> frozenset[str]:
    """The keys of the words of a name without its legal form."""
    keys = (name_key(word) for word in words(strip_legal_forms(name)))
    return frozenset(key for key in keys if key)


def sorted_key(name: str) -> str:
    """The key of a name with its words in alphabetical order."""
    return "".join(sorted(name_words(name)))


def least_score(key: str) -> int:
    """From where on a key counts as alike: one of two or three letters is so by chance, and has to be the very same."""
    return WHOLE if len(key) >= SHORTEST_KEY else SAME


def name_likeness(one: str, other: str) -> int:
    """How alike two whole names are, from 0 to 100; 0 for what is no likeness.

    Long words that both names have (a kind of cooperative, say) make no likeness of others that tell the two apart.
    """
    first, second = name_words(one), name_words(other)
    own, others = "".join(sorted(first - second)), "".join(sorted(second - first))
    if own and others and first & second and fuzz.ratio(own, others) < REST:
        return 0
    return max(
        _likeness(name_key(one), name_key(other)),
        _likeness(sorted_key(one), sorted_key(other)),
    )


def _likeness(one: str, other: str) -> int:
    if not one or not other:
        return 0
    return int(fuzz.ratio(one, other, score_cutoff=max(least_score(one), least_score(other))))
