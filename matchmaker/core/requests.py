"""What a request may carry: texts without characters that no database or file keeps, numbers that a key can be."""

import re
from typing import Any

from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import IntegerConverter, Map
from werkzeug.utils import cached_property

UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters but tab and line ends: PostgreSQL refuses the first of them, XML all."""
LARGEST_KEY = 2**31 - 1
MOST_PAGES = 100_000


def kept(text: str) -> str:
    """A typed text without control characters."""
    return UNKEPT.sub("", text)


def key_of_record(text: str) -> int:
    """The typed number of a record; raises ValueError for what no record can have."""
    number = int(text)
    if not 0 < number <= LARGEST_KEY:
        raise ValueError(text)
    return number


def key_or_none(text: str) -> int | None:
    """The typed number of a record; None for what no record can have."""
    try:
        return key_of_record(text)
    except ValueError:
        return None


def asked_number(name: str, *, least: int, most: int) -> int:
    """A whole number of the query, moved to the nearest that makes sense; the least for what is none."""
    return min(max(request.args.get(name, least, type=int), least), most)


def asked_page() -> int:
    """The page of a list that the address asks for, from 1."""
    return asked_number("page", least=1, most=MOST_PAGES)


def asked_keys(name: str, *, most: int = 200) -> list[int]:
    """The numbers of records that the address names repeatedly, without what none can be."""
    typed = request.args.getlist(name)[:most]
    return [key for text in typed if (key := key_or_none(text)) is not None]


class CleanRequest(Request):
    """A request whose typed values and query can be stored as they are."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The values of the query."""
        return _clean(super().args)

    def _load_form_data(self) -> None:
        loaded = "form" in self.__dict__
        if not loaded and self._is_too_large_a_form():
            raise RequestEntityTooLarge
        super()._load_form_data()
        if not loaded:
            self.__dict__["form"] = _clean(self.__dict__["form"])

    def _is_too_large_a_form(self) -> bool:
        # Werkzeug holds only the texts of multipart forms to this limit, the others to that of a whole upload.
        most = self.max_form_memory_size
        is_plain = self.mimetype == "application/x-www-form-urlencoded"
        return is_plain and most is not None and (self.content_length or 0) > most


def _clean(values: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict([(kept(name), kept(value)) for name, value in values.items(multi=True)])


class KeyConverter(IntegerConverter):
    """A whole number in an address, at most what a key can be: beyond that there is no record."""

    def __init__(self, url_map: Map, **options: Any) -> None:
        super().__init__(url_map, **{"max": LARGEST_KEY, **options})


def init_requests(app: Flask) -> None:
    """Read every request and address this way; comes before the first address is declared."""
    app.request_class = CleanRequest
    app.url_map.converters["int"] = KeyConverter
