"""One Документ of the register's form, checked and turned into an entry.

Attribute and element names are those of the form VO_RRMSPSV as it is published with the open data. The check digit of
an INN is python-stdnum's, which accepts numbers of only zeros; these are refused here.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from stdnum.ru import inn

from matchmaker.firms.enums import RegisterKind
from matchmaker.firms.registers.entries import Entry, Place, Reason, SizeCategory
from matchmaker.reference.identifiers import ogrn_checks

DOCUMENT = "Документ"
OTHER_ACTIVITY = "СвОКВЭДДоп"
KINDS = {"1": RegisterKind.COMPANY, "2": RegisterKind.SOLE_TRADER}
CATEGORIES = {"1": SizeCategory.MICRO, "2": SizeCategory.SMALL, "3": SizeCategory.MEDIUM}
ACTIVITY = re.compile(r"\d\d(?:\.\d{1,2}(?:\.\d{1,2})?)?", re.ASCII)
REGION_CODE = re.compile(r"\d\d", re.ASCII)
MAX_NAME = 1000
MAX_SHORT = 250

Attributes = Mapping[str, str]
Parts = Mapping[str, Attributes]
NOTHING: Attributes = {}


class NoEntry(Exception):
    """The document is no entry: reason, what was found, and the identifier where it could be read."""

    def __init__(self, reason: Reason, detail: str, identifier: str = "") -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.identifier = identifier


def read_document(parts: Parts, others: Sequence[Attributes], place: Place) -> Entry:
    """The entry that a document describes; raises NoEntry with the first thing that is wrong.

    A region code that is missing or has another form is kept as empty: such an entry counts as not mapped.
    """
    head = parts[DOCUMENT]
    kind, subject, identifier = _subject(head, parts)
    try:
        category = CATEGORIES.get(head.get("КатСубМСП", ""))
        if category is None:
            raise NoEntry(Reason.UNKNOWN_CATEGORY, head.get("КатСубМСП", ""))
        seat = parts.get("СведМН", NOTHING)
        code = seat.get("КодРегион", "")
        main = parts.get("СвОКВЭДОсн", NOTHING)
        return Entry(
            place=place,
            kind=kind,
            category=category,
            identifier=identifier,
            registration=_registration(kind, subject),
            name=_name(kind, subject, parts),
            short_name=_bounded(subject.get("НаимОргСокр", ""), MAX_NAME),
            region_code=code if REGION_CODE.fullmatch(code) else "",
            region=_place_name(parts, "Регион"),
            town=_place_name(parts, "НаселПункт", "Город", "Район"),
            activity=_activity(main.get("КодОКВЭД", "")),
            activity_revision=_bounded(main.get("ВерсОКВЭД", ""), 20),
            other_activities=tuple([_activity(other.get("КодОКВЭД", "")) for other in others]),
            new=head.get("ПризНовМСП") == "1",
            social=head.get("СведСоцПред") == "1",
            listed_on=_day(head.get("ДатаВклМСП", "")),
            state_on=_day(head.get("ДатаСост", "")),
        )
    except NoEntry as problem:
        problem.identifier = identifier
        raise


def _subject(head: Attributes, parts: Parts) -> tuple[RegisterKind, Attributes, str]:
    kind = KINDS.get(head.get("ВидСубМСП", ""))
    if kind is None:
        raise NoEntry(Reason.UNKNOWN_KIND, head.get("ВидСубМСП", ""))
    element, key, length = (
        ("ОргВклМСП", "ИННЮЛ", 10) if kind is RegisterKind.COMPANY else ("ИПВклМСП", "ИННФЛ", 12)
    )
    subject = parts.get(element)
    if subject is None:
        raise NoEntry(Reason.UNKNOWN_KIND, f"{element} is missing")
    number = subject.get(key, "").strip()
    if not number:
        raise NoEntry(Reason.MISSING_IDENTIFIER, key)
    if len(number) != length or not _digits(number) or not number.strip("0") or not inn.is_valid(number):
        raise NoEntry(Reason.BAD_IDENTIFIER, number[:50], number[:20])
    return kind, subject, number


def _registration(kind: RegisterKind, subject: Attributes) -> str:
    key, length = ("ОГРН", 13) if kind is RegisterKind.COMPANY else ("ОГРНИП", 15)
    number = subject.get(key, "").strip()
    if not number:
        return ""
    if len(number) != length or not _digits(number) or not ogrn_checks(number):
        raise NoEntry(Reason.BAD_REGISTRATION, number[:50])
    return number


def _name(kind: RegisterKind, subject: Attributes, parts: Parts) -> str:
    if kind is RegisterKind.COMPANY:
        name = subject.get("НаимОрг", "")
    else:
        person = parts.get("ФИОИП", NOTHING)
        given = (person.get("Фамилия", ""), person.get("Имя", ""), person.get("Отчество", ""))
        name = " ".join([part for part in given if part.strip(" -")])
    name = _bounded(name, MAX_NAME)
    if not name:
        raise NoEntry(Reason.MISSING_NAME, "")
    return name


def _bounded(text: str, limit: int) -> str:
    text = " ".join(text.split())
    if len(text) > limit:
        raise NoEntry(Reason.TOO_LONG, text[:100])
    return text


def _place_name(parts: Parts, *elements: str) -> str:
    for element in elements:
        if name := parts.get(element, NOTHING).get("Наим", ""):
            return _bounded(name, MAX_SHORT)
    return ""


@lru_cache(maxsize=8192)
def _activity(code: str) -> str:
    if code and not ACTIVITY.fullmatch(code):
        raise NoEntry(Reason.BAD_ACTIVITY, code[:50])
    return code


@lru_cache(maxsize=8192)
def _day(text: str) -> date:
    """A day written dd.mm.yyyy."""
    try:
        day, month, year = text.split(".")
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise NoEntry(Reason.BAD_DATE, text[:50]) from error


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
