"""Contact data inside free text: e-mail and web addresses, telephone numbers, names at messengers.

Only what is certain is found, also where it is spaced out or spelled with words, so that codes of goods, quantities,
prices, dates and numbers of standards pass.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final

import phonenumbers


class ContactKind(StrEnum):
    """What somebody can be reached by."""

    EMAIL = "email"
    PHONE = "phone"
    WEB = "web"
    MESSENGER = "messenger"


@dataclass(frozen=True, slots=True)
class Contact:
    """A piece of contact data as it stands in the text."""

    kind: ContactKind
    text: str


_ENDS: Final = (
    r"(?:com(?:\.tr|\.ru)?|net(?:\.tr|\.ru)?|org(?:\.tr|\.ru)?|gov\.tr|edu\.tr|info|biz|shop|ru|su|tr|eu|рф)"
)
_NO_HOST: Final = frozenset({"asp.net", "ado.net", "vb.net", "ml.net"})
"""Programming languages whose name reads like an address."""
_AT: Final = r"(?:\s?[\[({<]\s?(?:at|et|@|а|собака|собачка|kuyruklu a)\s?[\])}>]\s?|\s(?:at|собака|собачка|kuyruklu a)\s)"
_DOT: Final = r"(?:\.|\s?[\[({<]\s?(?:dot|nokta|точка|\.)\s?[\])}>]\s?|\s(?:dot|nokta|точка)\s)"
_MESSENGERS: Final = r"(?:whats\s?app|ват?сап|вотсап|telegram|телеграмм?|viber|вайбер|skype|скайп|we\s?chat|instagram|инстаграм|insta)"
_NUMBER: Final = r"(?:\(?\d{3}\)?[ .-]*\d{3}[ .-]?\d{2}[ .-]?\d{2})"
_ALONE: Final = r"(?<![\w+])(?<!\d[.,/ -])"
_ENDED: Final = r"(?!\w)(?![.,/-]\d)"

_NAME: Final = r"(?<![\w.+-])[\w.+-]{1,64}+"
_HOST: Final = r"[\w-]{1,63}"

_EMAILS: Final = (
    re.compile(rf"{_NAME}@{_HOST}(?:\.{_HOST}){{0,4}}\.[^\W\d_]{{2,}}"),
    re.compile(rf"{_NAME}\s?@\s?{_HOST}(?:\s?\.\s?{_HOST}){{0,4}}?\s?\.\s?{_ENDS}\b", re.I),
    re.compile(rf"{_NAME}{_AT}{_HOST}(?:{_DOT}{_HOST}){{0,4}}?{_DOT}{_ENDS}\b", re.I),
)
_WEB: Final = (
    re.compile(r"\bhttps?://\S+|\bwww\s?\.\s?[\w-]+\S*|\b(?:t|wa|vk)\.me\b\S*", re.I),
    re.compile(
        rf"(?<![\w.@-])(?:{_HOST}\.){{0,4}}(?=[\w-]{{0,62}}?[^\W\d_]{{2}})[\w-]{{3,63}}\.{_ENDS}\b(?![\w-])(?:/\S*)?"
    ),
    re.compile(rf"(?<![\w-])[\w-]{{3,63}}\s?[\[(]?\b(?:dot|nokta|точка)\b[\])]?\s?{_ENDS}\b", re.I),
)
_MESSENGER: Final = (
    re.compile(rf"\b{_MESSENGERS}\s*[:=]\s*@?[^\W\d_][\w.-]{{3,}}", re.I),
    re.compile(r"(?<![\w@.])@[A-Za-z][\w.]{4,31}\b"),
)
_WORLD: Final = re.compile(r"(?<![\w+])(?<!\d[ .,-])(?:\+\s?|00\s?)[1-9](?:[\s().-]{0,3}\d){7,14}+" + _ENDED)
_TRUNK: Final = re.compile(rf"{_ALONE}\(?[078][ .-]*{_NUMBER}{_ENDED}")
_BRACKETED: Final = re.compile(rf"(?<![\w+])\(\d{{3,5}}\)[ -]*\d(?:[ -]?\d){{4,6}}{_ENDED}")
_CALLED: Final = re.compile(
    rf"\b(?:tel|telefon|phone|mobile|mob|gsm|cep|тел|телефон|моб|{_MESSENGERS})\b[ .:]*"
    rf"((?:[+078][ .-]*)?{_NUMBER}|\d{{3}}[ -]?\d{{2}}[ -]?\d{{2}})(?!\s\d){_ENDED}",
    re.I,
)
_SPACED: Final = re.compile(r"(?<!\S)(?:\S ){3,}\S(?!\S)")


def contact_in(text: str, countries: Collection[str]) -> Contact | None:
    """The first piece of contact data of a text by which somebody can certainly be reached; None where there is none.

    A number without a country code is read by the plans of the `countries` (ISO 3166-1 alpha-2).
    """
    letters = (one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    plain = " ".join("".join(letters).split())
    joined = _SPACED.sub(lambda found: found.group().replace(" ", ""), plain)
    return next(chain(_found(plain, countries), _found(joined, countries)), None)


def _found(text: str, countries: Collection[str]) -> Iterator[Contact]:
    for patterns, kind in (
        (_EMAILS, ContactKind.EMAIL),
        (_MESSENGER, ContactKind.MESSENGER),
        (_WEB, ContactKind.WEB),
    ):
        for match in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
            shown = match.group().strip().rstrip(".,;:!?)")
            if shown.casefold() not in _NO_HOST:
                yield Contact(kind, shown)
    for shown in _numbers(text, countries):
        yield Contact(ContactKind.PHONE, " ".join(shown.split()))


def _numbers(text: str, countries: Collection[str]) -> Iterator[str]:
    for match in _WORLD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if _is_number(f"+{digits.removeprefix('00')}", None):
            yield match.group()
    for pattern in (_TRUNK, _BRACKETED):
        yield from (
            match.group()
            for match in pattern.finditer(text)
            if any(_is_number(match.group(), country) for country in countries)
        )
    yield from (match.group(1) for match in _CALLED.finditer(text))


def _is_number(text: str, country: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, country))
    except phonenumbers.NumberParseException:
        return False
