"""Names of invented firms from chance numbers, with the legal form of their country and the romanised spelling."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from matchmaker.demo.generator.sentences import capital
from matchmaker.demo.generator.weights import COUNTRIES
from matchmaker.demo.generator.words import russian, turkish
from matchmaker.demo.tables import rows
from matchmaker.engines.text.romanisation import romanise_ru, romanise_tr

_KEPT: Final = 200_000
_SHARES: Final = 4096
"""Into so many parts the first draw divides."""
_FORMS: Final = {
    "TR": (("TR-SAHIS", 0.32), ("TR-LTD", 0.92), ("TR-AS", 1.0)),
    "RU": (("RU-IP", 0.5), ("RU-OOO", 0.96), ("RU-AO", 1.0)),
}
"""Legal forms with the share of firms up to each; the first is that of sole traders."""
_AROUND: Final = {
    "TR-LTD": ("", " Sanayi ve Ticaret Limited Şirketi"),
    "TR-AS": ("", " Sanayi ve Ticaret Anonim Şirketi"),
    "RU-OOO": ("Общество с ограниченной ответственностью «", "»"),
    "RU-AO": ("Акционерное общество «", "»"),
}
"""What stands before and after the name of a company."""
_SHORT: Final = {"RU-OOO": "ООО", "RU-AO": "АО", "RU-IP": "ИП"}

Draws = npt.NDArray[np.int64]


class Naming(NamedTuple):
    """The names of an invented firm."""

    legal: str
    romanised: str
    trade: str
    form: str


@cache
def _parts(country: str) -> tuple[tuple[str, ...], ...]:
    """First and last parts of brands, and the words that say what a firm deals in."""
    stems = {row["part"]: tuple(row["words"].split()) for row in rows("stems")}
    if country == "TR":
        goods = tuple(capital(word.lemma, "tr") for word in turkish("nouns"))
    else:
        goods = tuple(capital(noun.lemma, "ru") for noun in russian("nouns"))
    return stems[f"{country} begin"], stems[f"{country} end"], goods


@cache
def _people(country: str) -> tuple[dict[str, list[str]], ...]:
    return tuple(
        {column: row[column].split() for column in ("given", "family", "middle")}
        for row in rows("people")
        if row["country"] == country
    )


def namings(country: npt.NDArray[np.int16], chance: npt.NDArray[np.float64]) -> Iterator[Naming]:
    """The names that numbers from 0 to 1 stand for, of firms of these countries (places in COUNTRIES)."""
    drawn = (chance * (1 << 52)).astype(np.int64)
    named = [_namings(name, drawn[country == at]).__next__ for at, name in enumerate(COUNTRIES)]
    return (named[place]() for place in country.tolist())


def _namings(country: str, drawn: Draws) -> Iterator[Naming]:
    """The names of firms of one country, each draw taken apart into what is chosen."""
    forms = [form for form, _share in _FORMS[country]]
    chosen = np.searchsorted([share for _form, share in _FORMS[country]], drawn % _SHARES / _SHARES, "right")
    begins, ends, goods = _parts(country)
    drawn, begin = np.divmod(drawn // _SHARES, len(begins))
    drawn, end = np.divmod(drawn, len(ends))
    drawn, good = np.divmod(drawn, len(goods))
    people = _sole_traders(country, drawn[chosen == 0])
    spelled = _known(country).__getitem__
    with_goods = np.full(len(drawn), True) if country == "TR" else drawn % 3 == 0
    for which, first, last, about, has_goods in zip(
        *(one.tolist() for one in (chosen, begin, end, good, with_goods)), strict=True
    ):
        form, brand = forms[which], begins[first] + ends[last]
        if not which:
            yield _sole(form, next(people), brand, spelled)
            continue
        name = f"{brand} {goods[about]}" if has_goods else brand
        before, after = _AROUND[form]
        legal = f"{before}{name}{after}"
        short = f"{_SHORT[form]} «{name}»" if form in _SHORT else legal
        yield Naming(legal, " ".join(map(spelled, short.split(" "))), name, form)


def _sole(form: str, person: str, brand: str, spelled: Callable[[str], str]) -> Naming:
    legal = f"{_SHORT[form]} {person}" if form in _SHORT else f"{brand} – {person}"
    return Naming(legal, " ".join(map(spelled, legal.split(" "))), brand, form)


def _sole_traders(country: str, drawn: Draws) -> Iterator[str]:
    """The persons that draws stand for: given and family name, where there is a middle name in the order of documents."""
    people = _people(country)
    drawn, gender = np.divmod(drawn, len(people))
    drawn, given = np.divmod(drawn, np.asarray([len(some["given"]) for some in people])[gender])
    drawn, family = np.divmod(drawn, np.asarray([len(some["family"]) for some in people])[gender])
    middles = np.maximum([len(some["middle"]) for some in people], 1)
    columns = (gender, given, family, drawn % middles[gender])
    for of, first, last, middle in zip(*(one.tolist() for one in columns), strict=True):
        some = people[of]
        if some["middle"]:
            yield f"{some['family'][last]} {some['given'][first]} {some['middle'][middle]}"
        else:
            yield f"{some['given'][first]} {some['family'][last]}"


class _Known(dict[str, str]):
    """The spellings of words in Latin letters, met lately; looking one up costs no call of Python."""

    def __init__(self, country: str) -> None:
        super().__init__()
        self._romanise = romanise_ru if country == "RU" else romanise_tr

    def __missing__(self, word: str) -> str:
        if len(self) >= _KEPT:
            self.clear()
        found = self[word] = self._romanise(word)
        return found


@cache
def _known(country: str) -> _Known:
    return _Known(country)
