"""What a good is called in a reader's language: the one naming that profiles, lists and the sentences of a fit share."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matchmaker.engines.text.casing import upper
from matchmaker.reference import hs
from matchmaker.reference.hs import HsCode
from matchmaker.reference.tables import parts, rows

_HEADING: Final = 4


@dataclass(frozen=True, slots=True)
class GoodName:
    """The name of a good and its language where that is not the reader's."""

    text: str
    lang: str = ""


@lru_cache(maxsize=1)
def _everyday() -> dict[str, dict[str, str]]:
    return {
        row["code"]: {name.removeprefix("words_"): text for name, text in row.items() if name != "code"}
        for row in rows("hs_words")
    }


@lru_cache(maxsize=32_768)
def name_of_code(code: str, language: str) -> GoodName:
    """The everyday name of a code or its heading in the language, else its wording there, else the English wording."""
    entry = hs.get(code)
    if entry is None:
        return GoodName(f"HS {code}")
    near = [
        one for one in (entry, *reversed(entry.path)) if len(one.code) >= _HEADING and one.code.isdecimal()
    ]
    for one in near:
        if everyday := parts(_everyday().get(one.code, {}).get(language, "")):
            return GoodName(upper(everyday[0][:1], language) + everyday[0][1:])
    return _worded(entry, near or [entry], language)


def _worded(entry: HsCode, near: Iterable[HsCode], language: str) -> GoodName:
    own = next((text for one in near if (text := one.labels.own(language))), "")
    if own:
        return GoodName(own)
    return GoodName(entry.labels.en, "" if language == "en" else "en")
