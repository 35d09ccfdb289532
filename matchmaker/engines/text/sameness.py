"""How much of two texts of one language is the same, whatever the order of their words, their endings and slips of the pen."""

from rapidfuzz import fuzz

from matchmaker.engines.text.folding import words
from matchmaker.engines.text.stemming import folded_stems


def sorted_stems(text: str, language: str) -> str:
    """The last stem of each word, in alphabetical order."""
    stems = (folded_stems(word, language) for word in words(text))
    return " ".join(sorted(found[-1] for found in stems if found))


def sameness(one: str, other: str, language: str) -> int:
    """From 0 to 100; texts of which only one says anything have nothing in common."""
    first, second = sorted_stems(one, language), sorted_stems(other, language)
    if not first or not second:
        return 100 if first == second else 0
    return int(fuzz.ratio(first, second))
