"""The key under which two spellings of one firm's or person's name meet, whatever script and romanisation they use."""

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from matchmaker.engines.text.folding import words
from matchmaker.engines.text.legal_forms import strip_legal_forms
from matchmaker.engines.text.romanisation import romanise_ru, romanise_tr
from matchmaker.engines.text.spellings import spelling_table

_MERGES: Final = tuple(
    spelling_table("shch=s sch=s sh=s tch=c ch=c dzh=c zh=j kh=h ts=c ck=k x=ks w=v q=k yo=e j=i y=i").items()
)
_AFTER_I: Final = tuple(spelling_table("ie=e iu=u ia=a").items())
_SHCH = re.compile("[şš][çč]")
_NOT_KEY = re.compile(r"[^a-z0-9]")
_DOUBLES = re.compile(r"(.)\1+")
_SIGNS = re.compile("[ъьЪЬ]")


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """Lower-case letters and digits of the name without legal form, with what the alphabets spell differently merged.

    Equal keys mean probably the same name, to be confirmed by identifier or person; the key is for finding, not proof.
    """
    bare = "".join(words(_SIGNS.sub("", strip_legal_forms(name))))
    lowered = _SHCH.sub("ş", bare.replace("I", "i").replace("İ", "i").lower()).replace("ž", "j")
    key = _NOT_KEY.sub("", anyascii(romanise_tr(romanise_ru(lowered))).lower())
    for spelling, merged in _MERGES:
        key = key.replace(spelling, merged)
    key = _DOUBLES.sub(r"\1", key)
    for spelling, merged in _AFTER_I:
        key = key.replace(spelling, merged)
    return _DOUBLES.sub(r"\1", key)
