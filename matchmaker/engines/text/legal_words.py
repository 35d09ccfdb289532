"""Legal forms within a name that is already split into skeletons: what strip_legal_forms does, word by word and quickly."""

from collections.abc import Sequence
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
_FORMS: Final = frozenset(tuple(tokens(phrase)) for phrase in _PHRASES.split(";"))
_LONGEST: Final = max(map(len, _FORMS))
_FIRST: Final = frozenset(form[0] for form in _FORMS)
_LAST: Final = frozenset(form[-1] for form in _FORMS)


def name_within(skeletons: Sequence[str]) -> tuple[int, int]:
    """The first place and the end of a name between the legal forms at its ends; all of a name that is nothing else."""
    start, end = 0, len(skeletons)
    while (
        end > start and skeletons[end - 1] in _LAST and (length := _form(skeletons, start, end, at_end=True))
    ):
        end -= length
    while (
        start < end and skeletons[start] in _FIRST and (length := _form(skeletons, start, end, at_end=False))
    ):
        start += length
    return (start, end) if start < end else (0, len(skeletons))


def _form(skeletons: Sequence[str], start: int, end: int, *, at_end: bool) -> int:
    """How many words at an end are a legal form, the longest first; 0 for none."""
    for length in range(min(_LONGEST, end - start), 0, -1):
        words = skeletons[end - length : end] if at_end else skeletons[start : start + length]
        if tuple(words) in _FORMS:
            return length
    return 0
