"""What invented firms write about themselves: sentences of the pool, their goods and their branch in words."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from matchmaker.demo.generator.sentences import POOL, capital, pool
from matchmaker.demo.generator.weights import COUNTRIES, branches
from matchmaker.demo.texts import lowered
from matchmaker.reference import hs, nace
from matchmaker.reference.tables import parts
from matchmaker.reference.tables import rows as reference_rows

ENGLISH: Final = 0.3
"""Share of firms that also write in English."""
_NAMES: Final = 3
"""Of so many everyday names of a good one is drawn."""


@cache
def good_names(language: str) -> dict[str, tuple[str, ...]]:
    """Everyday names of goods by code."""
    return {row["code"]: parts(row[f"words_{language}"]) for row in reference_rows("hs_words")}


def good_name(code: str, language: str, chance: int) -> str:
    """A good in words: an everyday name of the code or its heading, else its wording, shortened at the first break."""
    for near in (code, code[:4]):
        if found := good_names(language).get(near):
            return found[chance % len(found)]
    for near in (code, code[:4], code[:2]):
        entry = hs.get(near)
        if entry is not None and (wording := entry.labels.own(language)):
            return lowered(wording.split(";")[0].split("(")[0].strip(), language)
    return code


def branch_name(country: str, main: int, language: str) -> str:
    """The wording of one of the country's classes, or of what stands above it where the class has none of its own."""
    entry = nace.get(branches(country)[0][main])
    while entry is not None and not entry.labels.own(language):
        entry = nace.get(entry.parent)
    return entry.labels.own(language) if entry is not None else ""


class _Goods(dict[str, str]):
    """Goods in words by their code; looking one up again costs no call of Python."""

    def __init__(self, language: str, chance: int) -> None:
        super().__init__()
        self._language, self._chance = language, chance

    def __missing__(self, code: str) -> str:
        found = self[code] = good_name(code, self._language, self._chance)
        return found


class _Writer:
    """What firms of a country write in a language."""

    def __init__(self, country: str, language: str) -> None:
        self._sentences = pool(language)
        self._branches = [branch_name(country, main, language) for main in range(len(branches(country)[0]))]
        self._goods = [_Goods(language, chance).__getitem__ for chance in range(_NAMES)]
        self._language = language

    def text(self, main: int, goods: Sequence[str], drawn: tuple[int, ...]) -> str:
        """Three sentences, the branch and the goods."""
        first, second, third, chance = drawn
        said = self._sentences
        text = f"{said[first]} {said[second]} {said[third]} {self._branches[main]}. "
        if not goods:
            return text
        names = ", ".join(dict.fromkeys(map(self._goods[chance], goods)))
        return f"{text}{capital(names, self._language)}."


@cache
def _writer(country: str, language: str) -> _Writer:
    return _Writer(country, language)


def texts(
    country: npt.NDArray[np.int16],
    main: npt.NDArray[np.int16],
    chance: npt.NDArray[np.float64],
    offered: Iterable[Sequence[str]],
) -> Iterator[dict[str, str]]:
    """The texts by language that numbers from 0 to 1 stand for, of firms of these countries (places in COUNTRIES)."""
    drawn = (chance * (1 << 52)).astype(np.int64)
    own = [(name.lower(), _writer(name, name.lower()).text) for name in COUNTRIES]
    english = [_writer(name, "en").text for name in COUNTRIES]
    has_english = (drawn % 1000 < 1000 * ENGLISH).tolist()
    for place, branch, goods, some, others, also in zip(
        country.tolist(),
        main.tolist(),
        offered,
        _choices(drawn),
        _choices(drawn // 7),
        has_english,
        strict=True,
    ):
        language, write = own[place]
        found = {language: write(branch, goods, some)}
        if also:
            found["en"] = english[place](branch, goods, others)
        yield found


def _choices(drawn: npt.NDArray[np.int64]) -> Iterator[tuple[int, ...]]:
    """Three sentences and a number for the names of goods."""
    ranges = ((1, POOL), (1009, POOL), (1_000_003, POOL), (1, _NAMES))
    return zip(*((drawn // step % most).tolist() for step, most in ranges), strict=True)
