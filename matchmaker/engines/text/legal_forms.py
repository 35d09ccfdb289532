"""Legal forms of firms (A.Ş., ООО, LLC and the like) taken off a name, because they tell no two firms apart."""

import re
from typing import Final

_QUOTES = re.compile("[«»„“”‟\"'‘’‹›`]")
_SPACES = re.compile(r"\s+")
_EDGES: Final = " ,;.-–—&"
_FLAT: Final = str.maketrans("İIı", "iii")

_TURKISH: Final = (
    "anonim [şs]irketi|limited [şs]irketi|limited|koll?ektif [şs]irketi|komandit [şs]irketi|"
    r"sanayi ?(?:ve |& ?)?ticareti?|kooperatifi|adi ortakl[iı][kğg][iı]?|[şs]ahis|i[şs]letmesi|"
    r"t\.? ?a\.? ?[şs]\.?|a\.? ?[şs]\.?|a\.? ?o\.?|ltd\.? ?[şs]ti\.?|[şs]ti\.?|"
    r"san\.? ?(?:ve |& ?)?tic\.?|koll?\.? ?[şs]ti\.?|kom\.? ?[şs]ti\.?|koop\.?"
)
_RUSSIAN: Final = (
    "общество с ограниченной ответственностью|публичное акционерное общество|непубличное акционерное общество|"
    "открытое акционерное общество|закрытое акционерное общество|акционерное общество|"
    "индивидуальный предприниматель|автономная некоммерческая организация|торговый дом|группа компаний|"
    "управляющая компания|производственный кооператив|холдинг|"
    "ооо|ао|пао|оао|зао|нао|ип|нпо|нпп|ано|фгуп|гуп|муп|фгбу|тд|гк|ук|пк|кфх|спк|ooo|ao|pao|oao|zao|nao|ip"
)
_ENGLISH: Final = r"ltd\.?|llc\.?|pjsc|ojsc|cjsc|jsc|inc\.?|co\.?|corp\.?|plc|gmbh|holding|group"
_FORM: Final = f"(?:{_TURKISH}|{_RUSSIAN}|{_ENGLISH})"
_AT_START = re.compile(rf"^{_FORM}(?![^\W_])[\s,;.–—&-]*")
_AT_END = re.compile(rf"(?<=[\s,;.)–—&-]){_FORM}[\s.]*$")


def _flat(text: str) -> str:
    """Lower case of the same length, so that places in the result are places in the text: only İ would grow."""
    return text.translate(_FLAT).lower()


def strip_legal_forms(name: str) -> str:
    """The name without quotes and without legal forms at either end; a name that is nothing else is kept."""
    text = _SPACES.sub(" ", _QUOTES.sub(" ", name)).strip(_EDGES)
    while True:
        shorter = _strip_once(text)
        if not shorter or shorter == text:
            return text
        text = shorter


def _strip_once(text: str) -> str:
    flat = _flat(text)
    if found := _AT_END.search(flat):
        return text[: found.start()].rstrip(_EDGES)
    if found := _AT_START.match(flat):
        return text[found.end() :].lstrip(_EDGES)
    return text
