"""What a good is called in a reader's language: the one naming that profiles, lists and the sentences of a fit share."""

from functools import lru_cache
from typing import Final

from matchmaker.engines.text.casing import upper
from matchmaker.reference import hs
from matchmaker.reference.tables import parts, rows

_HEADING: Final = 4


@lru_cache(maxsize=1)
def _everyday() -> dict[str, dict[str, str]]:
    return {
        row["code"]: {name.removeprefix("words_"): text for name, text in row.items() if name != "code"}
        for row in rows("hs_words")
    }


@lru_cache(maxsize=32_768)
def name_of_code(code: str, language: str) -> str:
    """The everyday name of a code or its heading in the language, else the name of the code there."""
    entry = hs.get(code)
    if entry is None:
        return f"HS {code}"
    near = (entry, *reversed(entry.path))
    for one in (one.code for one in near if len(one.code) >= _HEADING and one.code.isdecimal()):
        if everyday := parts(_everyday().get(one, {}).get(language, "")):
            return upper(everyday[0][:1], language) + everyday[0][1:]
    return entry.label(language)
