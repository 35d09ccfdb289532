"""What invented firms write about themselves: sentences of the pool, their goods and their branch in words."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from matchmaker.demo.generator.sentences import capital, pool
from matchmaker.demo.generator.weights import branches
from matchmaker.demo.texts import lowered
from matchmaker.reference import hs, nace
from matchmaker.reference.tables import parts
from matchmaker.reference.tables import rows as reference_rows

ENGLISH: Final = 0.3
"""Share of firms that also write in English."""


@cache
def good_names(language: str) -> dict[str, tuple[str, ...]]:
    """Everyday names of goods by code."""
    return {row["code"]: parts(row[f"words_{language}"]) for row in reference_rows("hs_words")}


@cache
def good_name(code: str, language: str, chance: int = 0) -> str:
    """A good in words: an everyday name of the code or its heading, else its wording, shortened at the first break."""
    for near in (code, code[:4]):
        if found := good_names(language).get(near):
            return found[chance % len(found)]
    for near in (code, code[:4], code[:2]):
        entry = hs.get(near)
        if entry is not None and (wording := entry.labels.own(language)):
            return lowered(wording.split(";")[0].split("(")[0].strip(), language)
    return code


@cache
def branch_name(country: str, main: int, language: str) -> str:
    """The wording of one of the country's classes, or of what stands above it where the class has none of its own."""
    entry = nace.get(branches(country)[0][main])
    while entry is not None and not entry.labels.own(language):
        entry = nace.get(entry.parent)
    return entry.labels.own(language) if entry is not None else ""


def texts(country: str, main: int, goods: Sequence[str], chance: float) -> dict[str, str]:
    """The texts by language that a number from 0 to 1 stands for."""
    drawn = int(chance * (1 << 52))
    own = country.lower()
    found = {own: _text(own, country, main, goods, drawn)}
    if drawn % 1000 < 1000 * ENGLISH:
        found["en"] = _text("en", country, main, goods, drawn // 7)
    return found


def _text(language: str, country: str, main: int, goods: Sequence[str], drawn: int) -> str:
    sentences = pool(language)
    size, said = len(sentences), drawn % 3
    text = (
        f"{sentences[drawn % size]} {sentences[drawn // 1009 % size]} {sentences[drawn // 1_000_003 % size]} "
        f"{branch_name(country, main, language)}. "
    )
    if not goods:
        return text
    names = dict.fromkeys([good_name(code, language, said) for code in goods])
    return f"{text}{capital(', '.join(names), language)}."
