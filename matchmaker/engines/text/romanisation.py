"""Names in Latin letters by one documented rule per language, and Latin spellings written back to Cyrillic for stemming.

Russian: ICAO Doc 9303, part 3, section 6, as in Russian passports since the order of the foreign ministry of 2020:
ё = e, й = i, х = kh, ц = ts, ш = sh, щ = shch, ъ = ie, ь is dropped, ы = y, э = e, ю = iu, я = ia.
Turkish: each letter becomes its base letter (ç = c, ğ = g, ı = i, İ = I, ö = o, ş = s, ü = u; circumflex dropped).
Places in Russia: the same but for й = y, ю = yu, я = ya, as on maps; on Turkish ones also ж = j, ч = ç, ш = ş, ы = ı.
A person's own spelling from the passport overrides either; that choice is kept by the caller.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from matchmaker.engines.text.casing import lower_tr
from matchmaker.engines.text.spellings import spelling_table

_PASSPORT: Final = spelling_table(
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh "
    "щ=shch ъ=ie ы=y ь= э=e ю=iu я=ia"
)
_BACK: Final = spelling_table(
    "shch=щ sch=щ şç=щ šč=щ sh=ш ch=ч zh=ж kh=х ts=ц ya=я ia=я yu=ю iu=ю yo=ё ye=е ck=к a=а b=б c=ц ç=ч č=ч d=д e=е "
    "f=ф g=г ğ=г h=х i=и ı=ы j=ж k=к l=л m=м n=н o=о ö=ё p=п q=к r=р s=с ş=ш š=ш t=т u=у ü=ю v=в w=в x=кс y=й z=з ž=ж"
)
_BACK_UNIT = re.compile("|".join(sorted(map(re.escape, _BACK), key=len, reverse=True)))
_Y_AS_VOWEL = re.compile(r"(?<=[bcçdfghjklmnpqrsştvwxz])y(?![aeou])")
_ADJECTIVE_ENDING = re.compile(r"[иы]й\b", re.IGNORECASE)
_ON_MAPS: Final = {**_PASSPORT, "й": "y", "ю": "yu", "я": "ya", "ъ": ""}
_ON_TURKISH_MAPS: Final = {
    **_ON_MAPS,
    "ё": "yo",
    "ж": "j",
    "х": "h",
    "ч": "ç",
    "ш": "ş",
    "щ": "şç",
    "ы": "ı",
}
_HARD_STEM_ENDING = re.compile(r"iy$|yy$")


def romanise_ru(name: str) -> str:
    """A Russian name as its owner's passport would spell it; letters outside the Russian alphabet stay."""
    text = unicodedata.normalize("NFC", name)
    return "".join(_latin(text, place, _PASSPORT) for place in range(len(text)))


def romanise_place_ru(name: str, language: str = "en") -> str:
    """A Russian place as maps in a language have it: Челябинск is Chelyabinsk in English, Çelyabinsk in Turkish."""
    text = unicodedata.normalize("NFC", name)
    if language == "tr":
        text = _ADJECTIVE_ENDING.sub(lambda end: end[0][0], text).replace("И", "İ")
        return "".join(_latin(text, place, _ON_TURKISH_MAPS) for place in range(len(text)))
    text = _ADJECTIVE_ENDING.sub(lambda end: "Ы" if end[0].isupper() else "ы", text)
    return "".join(_latin(text, place, _ON_MAPS) for place in range(len(text)))


def _latin(text: str, place: int, table: dict[str, str]) -> str:
    letter = text[place]
    latin = table.get(letter.lower())
    if latin is None:
        return letter
    if letter.islower():
        return latin
    neighbours = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    shouting = any(other.isupper() for other in neighbours) and not any(
        other.islower() for other in neighbours
    )
    return latin.upper() if shouting else latin.capitalize()


def romanise_tr(name: str) -> str:
    """A Turkish name in the 26 base letters."""
    dotless = unicodedata.normalize("NFC", name).replace("ı", "i")
    return "".join(c for c in unicodedata.normalize("NFD", dotless) if not unicodedata.combining(c))


@lru_cache(maxsize=65_536)
def write_cyrillic(word: str) -> str:
    """A Latin spelling of a Russian word in Cyrillic letters, good enough for the Russian stemmer; else an empty string."""
    text = _HARD_STEM_ENDING.sub("ıy", lower_tr(word) if "ı" in word or "İ" in word else word.lower())
    text = _Y_AS_VOWEL.sub("ı", text)
    if _BACK_UNIT.sub("", text):
        return ""
    return _BACK_UNIT.sub(lambda unit: _BACK[unit[0]], text)
