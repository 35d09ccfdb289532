"""Names of invented firms from chance numbers, with the legal form of their country and the romanised spelling."""

from functools import cache
from typing import Final, NamedTuple

from matchmaker.demo.generator.sentences import capital
from matchmaker.demo.generator.words import russian, turkish
from matchmaker.demo.tables import rows
from matchmaker.engines.text.romanisation import romanise_ru, romanise_tr

_KEPT: Final = 200_000
_FORMS: Final = {
    "TR": (("TR-SAHIS", 0.32), ("TR-LTD", 0.92), ("TR-AS", 1.0)),
    "RU": (("RU-IP", 0.5), ("RU-OOO", 0.96), ("RU-AO", 1.0)),
}
_WHOLE: Final = {
    "TR-LTD": "{name} Sanayi ve Ticaret Limited Şirketi",
    "TR-AS": "{name} Sanayi ve Ticaret Anonim Şirketi",
    "RU-OOO": "Общество с ограниченной ответственностью «{name}»",
    "RU-AO": "Акционерное общество «{name}»",
}
_SHORT: Final = {"RU-OOO": "ООО «{name}»", "RU-AO": "АО «{name}»", "RU-IP": "ИП {name}"}


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


def naming(country: str, chance: float) -> Naming:
    """The names that a number from 0 to 1 stands for."""
    drawn = int(chance * (1 << 52))
    share, drawn = drawn % 4096 / 4096, drawn // 4096
    first, second, third = _FORMS[country]
    form = (first if share < first[1] else second if share < second[1] else third)[0]
    begins, ends, goods = _parts(country)
    drawn, begin = divmod(drawn, len(begins))
    drawn, end = divmod(drawn, len(ends))
    drawn, good = divmod(drawn, len(goods))
    if form in ("TR-SAHIS", "RU-IP"):
        return _sole(country, form, drawn, begins[begin] + ends[end])
    brand = begins[begin] + ends[end]
    name = f"{brand} {goods[good]}" if country == "TR" or drawn % 3 == 0 else brand
    legal = _WHOLE[form].format(name=name)
    short = _SHORT.get(form, "{name}").format(name=name) if country == "RU" else legal
    return Naming(legal, romanised(country, short), name, form)


def _sole(country: str, form: str, drawn: int, brand: str) -> Naming:
    people = _people(country)
    drawn, gender = divmod(drawn, len(people))
    parts = people[gender]
    drawn, given = divmod(drawn, len(parts["given"]))
    drawn, family = divmod(drawn, len(parts["family"]))
    names = [parts["given"][given], parts["family"][family]]
    if country == "TR":
        legal = f"{brand} – {' '.join(names)}"
        return Naming(legal, romanised(country, legal), brand, form)
    middle = parts["middle"][drawn % len(parts["middle"])]
    legal = _SHORT[form].format(name=" ".join((*reversed(names), middle)))
    return Naming(legal, romanised(country, legal), brand, form)


def romanised(country: str, text: str) -> str:
    """The spelling in Latin letters, word by word because words repeat."""
    return " ".join(map(_known(country).__getitem__, text.split(" ")))


class _Known(dict[str, str]):
    """The spellings of words met lately; looking one up costs no call of Python."""

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
