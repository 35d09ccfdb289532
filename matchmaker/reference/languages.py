"""The languages in which firms do business, named by CLDR (Babel)."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from babel import Locale

from matchmaker.engines.text.collation import sort_key

BUSINESS_LANGUAGES: Final = (
    "tr", "ru", "en", "de", "fr", "ar", "es", "it", "zh", "fa", "az", "kk", "ky", "uz", "tk", "tg", "tt", "ba", "uk",
    "be", "ka", "hy", "ro", "bg", "el", "sr", "pl", "nl", "pt", "ja", "ko", "ku", "he", "ur", "hi",
)  # fmt: skip


@cache
def names(language: str) -> dict[str, str]:
    """The business languages, code to name: the reader's own first, then by the reader's alphabet."""
    known = Locale(language).languages
    found = {code: str(known.get(code, code)) for code in BUSINESS_LANGUAGES}
    return dict(sorted(found.items(), key=lambda item: (item[0] != language, sort_key(item[1], language))))


def label(code: str, language: str) -> str:
    """The name of a language; the code itself where it is unknown."""
    return str(Locale(language).languages.get(code, code))


def title(code: str, language: str) -> str:
    """The name of a language where it stands alone, as in a list or a heading: with a capital letter."""
    name = label(code, language)
    return name[:1].upper() + name[1:]


def listed(codes: Iterable[str], language: str, between: str = ", ") -> str:
    """The names of several languages in one line: the first with a capital letter, the others as in running text."""
    names = [label(code, language) for code in codes]
    return between.join([name[:1].upper() + name[1:] for name in names[:1]] + names[1:])
