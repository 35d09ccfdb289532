"""Short words for what a fit speaks of: criteria, goods, amounts, lists of names, each in the reader's language."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.core.i18n import language, show_number
from matchmaker.reference import certificates, hs, languages, nace, partnerships, units
from matchmaker.reference.good_names import name_of_code
from matchmaker.reference.units import UNITS

LONGEST_GOODS = 60
MOST_NAMES = 3

CRITERIA = {
    "products": _l("Products"),
    "partnership": _l("Kind of partnership"),
    "volume": _l("Volume"),
    "certificates": _l("Certificates"),
    "languages": _l("Languages"),
    "sector": _l("Sector"),
    "reciprocity": _l("Both sides gain"),
}


def goods(code: str) -> str:
    """The name of an HS code in the reader's language, short, with its number."""
    found = hs.get(code)
    if found is None:
        return f"HS {code}"
    return f"{shortened(name_of_code(code, language()))} (HS {found.dotted})"


def shortened(text: str) -> str:
    """The whole text where it is short, else as many of its parts between semicolons as fit; a long one is cut."""
    head, *others = (part.strip() for part in text.split(";"))
    for part in others:
        if len(head) + 2 + len(part) > LONGEST_GOODS:
            break
        head = f"{head}; {part}"
    if len(head) <= LONGEST_GOODS:
        return head
    return head[:LONGEST_GOODS].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def chapter(code: str) -> str:
    """The name of the chapter of an HS code."""
    return goods(code[:2])


def amounts(unit: str, *values: float) -> tuple[str, ...]:
    """Amounts in the largest unit in which none of them is below one."""
    known = UNITS.get(unit)
    if known is None:
        return tuple(f"{show_number(_whole(value))} {unit}" for value in values)
    least = min(values) * known.factor
    fitting = [
        one for one in UNITS.values() if one.quantity == known.quantity and one.factor <= max(least, 1.0)
    ]
    best = max(fitting, key=lambda one: (one.factor, one.code == unit), default=known)
    return tuple(
        f"{show_number(_whole(value * known.factor / best.factor))} {units.label(best.code)}"
        for value in values
    )


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 2)


def names(items: Iterable[str]) -> str:
    """A few names in one line, the rest as a number."""
    found = list(dict.fromkeys(items))
    shown = ", ".join(found[:MOST_NAMES])
    if len(found) <= MOST_NAMES:
        return shown
    return str(_("%(names)s and %(count)s more", names=shown, count=len(found) - MOST_NAMES))


def certificate_names(codes: Iterable[str]) -> str:
    """Names of certificates."""
    return names(certificates.label(code, language()) for code in codes)


def language_names(codes: Iterable[str]) -> str:
    """Names of languages."""
    return names(languages.label(code, language()) for code in codes)


def partnership_names(codes: Iterable[str]) -> str:
    """Names of kinds of partnership."""
    return names(partnerships.label(code, language()) for code in codes)


def sector_name(digits: str, level: int) -> str:
    """The name of the sector down to a number of digits."""
    return shortened(nace.label(nace.dotted(digits[:level]), language()))
