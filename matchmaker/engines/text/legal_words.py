"""Legal forms within a name that is already split into skeletons: what strip_legal_forms does, word by word and quickly."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from matchmaker.engines.text.folding import tokens

_PHRASES: Final = (
    "anonim şirketi;limited şirketi;limited;kollektif şirketi;komandit şirketi;şirketi;sanayi ve ticaret;"
    "sanayi ticaret;sanayi ve ticareti;sanayi ve tic;san ve tic;san tic;kooperatifi;koop;adi ortaklığı;adi ortaklık;"
    "şahıs işletmesi;işletmesi;t a ş;taş;a ş;aş;a o;ltd şti;ltd;şti;koll şti;kom şti;"
    "общество с ограниченной ответственностью;публичное акционерное общество;"
    "непубличное акционерное общество;открытое акционерное общество;закрытое акционерное общество;"
    "акционерное общество;индивидуальный предприниматель;автономная некоммерческая организация;торговый дом;"
    "группа компаний;управляющая компания;производственный кооператив;холдинг;"
    "ооо;ао;пао;оао;зао;нао;ип;нпо;нпп;ано;фгуп;гуп;муп;фгбу;тд;гк;ук;пк;кфх;спк;"
    "llc;pjsc;ojsc;cjsc;jsc;inc;co;corp;plc;gmbh;holding;group"
)
FORMS: Final = sorted({tuple(tokens(phrase)) for phrase in _PHRASES.split(";")}, key=len, reverse=True)
"""Legal forms as skeletons, the longest first."""


def _by_word(at: int) -> Mapping[str, list[list[str]]]:
    """The forms by their first or last word, the longest first."""
    found = defaultdict(list)
    for form in FORMS:
        found[form[at]].append(list(form))
    return dict(found)


_BY_FIRST: Final = _by_word(0)
_BY_LAST: Final = _by_word(-1)


def name_within(skeletons: list[str]) -> tuple[int, int]:
    """The first place and the end of a name between the legal forms at its ends; all of a name that is nothing else."""
    start, end = 0, len(skeletons)
    while end > start and (length := _form_at_end(skeletons, start, end)):
        end -= length
    while start < end and (length := _form_at_start(skeletons, start, end)):
        start += length
    return (start, end) if start < end else (0, len(skeletons))


def _form_at_end(skeletons: list[str], start: int, end: int) -> int:
    """How many words at the end are a legal form; 0 for none."""
    for form in _BY_LAST.get(skeletons[end - 1], ()):
        first = end - len(form)
        if first >= start and skeletons[first:end] == form:
            return len(form)
    return 0


def _form_at_start(skeletons: list[str], start: int, end: int) -> int:
    """How many words at the start are a legal form; 0 for none."""
    for form in _BY_FIRST.get(skeletons[start], ()):
        after = start + len(form)
        if after <= end and skeletons[start:after] == form:
            return len(form)
    return 0
