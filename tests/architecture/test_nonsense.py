"""No page fails on nonsense: every address is asked with values that nobody should send, on both databases.

What one answer proves is not asked again: an address that its rule refuses reaches no page, and a post that reads no
field of its form cannot tell one value from another.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from itertools import product
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from werkzeug import formparser
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import DateTimeField, FieldList, Form, FormField

import matchmaker
from matchmaker.core.forms import ONCE_FIELD, BaseForm
from matchmaker.core.requests import CleanRequest
from tests.architecture.test_access_matrix import addresses, expected
from tests.architecture.world import KINDS, World, build_world
from tests.clients import Client

pytestmark = [pytest.mark.data, pytest.mark.slow]
Counts = dict[tuple[str, int], int]

VALUES = {
    "long": "x" * 70_000,
    "signs": "a\x00b\ud800\udfff👩‍🏭🇹🇷\u202e\u200f\u2066abc\ufeff\u0085\u2028 %_\\'\";--<b>{{7*7}}",
    "huge": "9" * 20,
    "above-32-bits": str(2**31),
    "digits": "٣²",
    "negative": "-1",
    "one": "1",
}
NO_DATE = "0000-00-00"
"""Stands in for the strange digits where a field reads a date."""
STRICT = ("long", "above-32-bits", "digits", "negative", "one")
"""What the larger database refuses at least as often; the embedded one is tried with the others."""
RECORDS = ("0", "2147483648", "9" * 40, "%00%ff%fe%ed%a0%80")
SOURCES = Path(matchmaker.__file__).parent
ASKED = re.compile(r"(?:args\.get(?:list)?|asked_\w+)\(\s*\"([\w-]+)\"")
"""Where a view names a field of the query."""
MORE_QUERY_FIELDS = """
q-other sort next own other first second match division nace size certificate partnership offered sought they id by
"""
"""Fields of the query whose names are put together, or that stand in a table."""
DATES_OF_A_QUERY = ("from", "to", "after", "since", "until", "as_of", "month")
LAST = ("sign_out", "end", "disable", "remove", "discard", "withdraw", "revoke", "close", "refuse")
FURTHEST = "404 303 409 422 200"
LAYOUT = "matchmaker.core.i18n"
"""What reads the query on every page: the choice of a language, and the links to the others that keep the query."""
GIVEN_BACK = "matchmaker.core.typed"
"""What reads the whole form on every page of an error: it gives back what was typed."""
MOST_FORM_BYTES = 1_000_000
"""A larger form is refused unread (MAX_FORM_MEMORY_SIZE)."""
TOKENS = "&csrf_token="
"""Begins what differs from post to post."""
NAME_BYTES = 50
"""What the name of a field takes at most."""
PREFERRED = ("firm_admin", "compliance", "coordinator", "own_staff", "administrator", "person", "visitor")


def all_forms(base: type[Form] = BaseForm) -> Iterator[type[Form]]:
    """Every form of the product."""
    for form in base.__subclasses__():
        yield form
        yield from all_forms(form)


def leaves(form: Iterable[Any]) -> Iterator[str]:
    """The names under which a form reads its values, with one row of each list."""
    for field in form:
        if isinstance(field, FieldList):
            yield from leaves(field.entries or [field.append_entry()])
        elif isinstance(field, FormField):
            yield from leaves(field.form)
        else:
            yield str(field.name)


def field_names(app: Flask) -> list[str]:
    """The names of all fields of all forms."""
    found: set[str] = set()
    with app.test_request_context():
        for form in all_forms():
            try:
                found |= set(leaves(form()))
            except TypeError:
                found |= set(form.__dict__)
    return sorted(name for name in found | set(query_fields()) if name not in ("once", "csrf_token"))


@cache
def query_fields() -> list[str]:
    """The names that pages look for in their query."""
    found = {name for file in SOURCES.rglob("*.py") for name in ASKED.findall(file.read_text())}
    assert {"q", "page", *DATES_OF_A_QUERY} <= found, "the fields of queries are named in another way"
    return sorted(found | set(MORE_QUERY_FIELDS.split()))


@cache
def dates() -> set[str]:
    """The names under which some form or page reads a date."""
    found = set(DATES_OF_A_QUERY)
    for form in all_forms():
        found |= {name for name, field in vars(form).items() if is_date(field)}
    return found


def is_date(field: object) -> bool:
    """Whether it is a field of a form that reads a date."""
    kind = getattr(field, "field_class", None)
    return isinstance(kind, type) and issubclass(kind, DateTimeField)


def typed(field: str, value: str) -> str:
    """What is typed into a field to try this nonsense."""
    return NO_DATE if value == VALUES["digits"] and field.rpartition("-")[2] in dates() else value


class WatchedForm(ImmutableMultiDict[str, str]):
    """A sent form that notes whether anything but its tokens was looked for in it."""

    has_been_read: ClassVar[bool] = False

    def _note(self, name: object = None) -> None:
        if name not in (ONCE_FIELD, "csrf_token"):
            WatchedForm.has_been_read = True

    def __getitem__(self, name: str) -> Any:
        self._note(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._note(name)
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self._note()
        return super().__iter__()

    def getlist(self, name: str, *rest: Any, **options: Any) -> list[Any]:
        self._note(name)
        return super().getlist(name, *rest, **options)

    def keys(self) -> Any:
        self._note()
        return super().keys()

    def items(self, multi: bool = False) -> Iterator[tuple[str, str]]:
        if sys._getframe(1).f_globals["__name__"] != GIVEN_BACK:
            self._note()
        return super().items(multi)


class WatchedRequest(CleanRequest):
    """A request that notes the pages that read their query, and whether its form was read."""

    readers: ClassVar[set[str | None]] = set()
    are_known: ClassVar[bool] = False

    def _load_form_data(self) -> None:
        loaded = "form" in self.__dict__
        super()._load_form_data()
        if not loaded:
            self.__dict__["form"] = WatchedForm(self.__dict__["form"])

    @property
    def args(self) -> Any:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_globals["__name__"].startswith("werkzeug."):
            frame = frame.f_back
        if frame is None or frame.f_globals["__name__"] != LAYOUT:
            self.readers.add(self.endpoint)
        return super().args


class Nuisance:
    """Somebody with every right who asks for nonsense, and what went wrong because of it."""

    def __init__(self, app: Flask, world: World, counts: Counts) -> None:
        self.app, self.world, self.matrix, self.counts = app, world, expected(), counts
        self.failures: list[str] = []
        self.readers: dict[str, Client] = {}
        app.request_class = WatchedRequest

    def reader(self, kind: str) -> Client:
        """A browser for pages that are only read: one for all of them, since signing in costs as much as a page."""
        if kind not in self.readers:
            self.readers[kind] = self.client(kind)
        return self.readers[kind]

    def client(self, kind: str) -> Client:
        """A new browser of a person of this kind."""
        client = self.app.test_client()
        assert isinstance(client, Client)
        return client if kind == "visitor" else client.sign_in(self.world.people[kind])

    def post(self, endpoint: str, variables: list[str], body: str) -> bool:
        """Send an encoded form with valid tokens, as a new browser; answers whether a field of it was read."""
        WatchedForm.has_been_read = False
        client = self.client(self.kind(endpoint, "POST"))
        tokens = f"{TOKENS}{client.csrf_token()}&{ONCE_FIELD}={client.once()}"
        address = self.address(endpoint, variables)
        kind = "application/x-www-form-urlencoded"
        self.try_out(f"POST {endpoint}", lambda: client.post(address, data=body + tokens, content_type=kind))
        return WatchedForm.has_been_read

    def kind(self, endpoint: str, method: str) -> str:
        """The kind of person that gets furthest at an address."""
        answers = dict(zip(KINDS, self.matrix.get((endpoint, method), ()), strict=False))
        return max(PREFERRED, key=lambda kind: FURTHEST.find(answers.get(kind, "404")))

    def address(self, endpoint: str, variables: list[str], nonsense: str | None = None) -> str:
        """The address of an endpoint, with the records of the world or with nonsense in their place."""
        rule = next(
            rule for rule in self.app.url_map.iter_rules(endpoint) if set(rule.arguments) == set(variables)
        )
        path = rule.rule
        for name in rule._converters:
            value = str(self.world.value(endpoint, name)) if nonsense is None else nonsense
            path = re.sub(rf"<[^<>]*:{name}>", value.replace("\\", r"\\"), path)
        assert "<" not in path, path
        return path

    def is_no_address(self, path: str, method: str) -> bool:
        """Whether the rules of the addresses refuse it, before any page is asked."""
        with self.app.test_request_context(path, method=method) as context:
            return context.request.routing_exception is not None

    def try_out(self, told: str, ask: Callable[[], Any]) -> None:
        """Ask, and note a failure."""
        try:
            status = ask().status_code
        except Exception as error:
            self.failures.append(f"{told}: {type(error).__name__}: {str(error)[:300]}")
        else:
            if status >= 500 and "healthz" not in told:
                self.failures.append(f"{told}: {status}")


def minded(names: Iterable[str], backend: str) -> dict[str, str]:
    """The kinds of nonsense that a database minds."""
    return {name: VALUES[name] for name in names if backend != "sqlite" or name not in STRICT}


@pytest.fixture
def nuisance(app: Flask, given: Callable[[], AbstractContextManager[Any]], counts_once: Counts) -> Nuisance:
    with given():
        world = build_world()
    return Nuisance(app, world, counts_once)


@pytest.fixture
def same_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands before the tokens, the same a megabyte at every address, is taken apart once."""
    parse = formparser.parse_qsl
    once = cache(lambda text: parse(text, keep_blank_values=True, errors="werkzeug.url_quote"))

    def parsed(text: str, **options: Any) -> list[tuple[str, str]]:
        body, mark, tokens = text.rpartition(TOKENS)
        return [*once(body), *parse(f"{mark}{tokens}", **options)] if mark else parse(text, **options)

    monkeypatch.setattr(formparser, "parse_qsl", parsed)


def encoded(value: str) -> str:
    """A value for an address, byte for byte also where it is no text."""
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


def pages_with_a_query(app: Flask) -> list[tuple[str, str, list[str]]]:
    """All pages, until each has been asked once in this process; from then on those that read their query.

    A page that does not read it once never does: what comes from the query decides nothing before it is read.
    """
    pages = [one for one in addresses(app) if one[1] == "GET"]
    return [one for one in pages if one[0] in WatchedRequest.readers] if WatchedRequest.are_known else pages


def test_nonsense_in_a_query_is_answered(nuisance: Nuisance, backend: str) -> None:
    for name, value in minded(VALUES, backend).items():
        ask_with(nuisance, name, value[:4000])

    assert "\n".join(nuisance.failures) == ""


def ask_with(nuisance: Nuisance, name: str, value: str) -> None:
    """Ask pages with this kind of nonsense in each field of the query, twice."""
    query = "&".join(
        f"{field}={encoded(typed(field, value))}"
        for field in query_fields()
        for _ in range(2)
        if len(value) < 2000 or field < "f"
    )
    for endpoint, method, variables in pages_with_a_query(nuisance.app):
        client = nuisance.reader(nuisance.kind(endpoint, method))
        address = f"{nuisance.address(endpoint, variables)}?{query}"
        told = f"GET {endpoint}, {name}"
        nuisance.try_out(told, lambda address=address, client=client: client.get(address))
    WatchedRequest.are_known = True


def test_nonsense_in_place_of_a_record_is_answered(nuisance: Nuisance, backend: str) -> None:
    # No record has the number 0, on either database; PostgreSQL stands for both.
    for value in RECORDS if backend == "postgresql" else RECORDS[1:]:
        ask_for(nuisance, value)

    assert "\n".join(nuisance.failures) == ""


def ask_for(nuisance: Nuisance, value: str) -> None:
    """Ask every address that names a record for this one."""
    refused: set[tuple[str, str, str]] = set()
    for endpoint, method, variables in addresses(nuisance.app):
        if not variables:
            continue
        kind, address = nuisance.kind(endpoint, method), nuisance.address(endpoint, variables, value)
        if nuisance.is_no_address(address, method):
            # No page learns of it; what a person is told is the same everywhere in one part of the site.
            same = kind, method, address.split("/")[1]
            if same in refused:
                continue
            refused.add(same)
        told, client = f"{method} {endpoint}, {value}", nuisance.reader(kind)
        if method == "GET":
            nuisance.try_out(told, lambda address=address, client=client: client.get(address))
        else:
            client = nuisance.client(kind)
            nuisance.try_out(told, lambda address=address, client=client: client.send(address))


@pytest.mark.usefixtures("same_form")
def test_nonsense_in_a_form_is_answered_and_can_be_shown(nuisance: Nuisance, backend: str) -> None:
    fields = field_names(nuisance.app)
    bodies = [form_of(value, fields) for value in minded(VALUES, backend).values()]
    posts = [
        (endpoint, variables) for endpoint, method, variables in addresses(nuisance.app) if method == "POST"
    ]
    ends = [one for one in posts if any(word in one[0] for word in LAST)]
    read: list[tuple[str, list[str]]] = []
    unread: list[tuple[str, list[str]]] = []
    # Each value goes everywhere before the next, and the last of them, which does things, comes when all others have
    # been tried; so does what ends something.
    for body, one in [*product(bodies, [one for one in posts if one not in ends]), *product(bodies, ends)]:
        if one not in unread:
            (read if nuisance.post(*one, body) else unread).append(one)
    assert len(read) > len(posts) * len(bodies) / 3, "reading of forms is no longer noticed"
    nuisance.counts.clear()
    for endpoint, method, variables in addresses(nuisance.app):
        if method == "GET":
            client = nuisance.reader(nuisance.kind(endpoint, method))
            address = nuisance.address(endpoint, variables)
            nuisance.try_out(
                f"GET {endpoint} afterwards", lambda address=address, client=client: client.get(address)
            )

    assert "\n".join(nuisance.failures) == ""


def form_of(value: str, fields: list[str]) -> str:
    """A form with the value in each field twice, as long as a form may be: what is refused unread would try nothing."""
    most = MOST_FORM_BYTES // (2 * len(fields)) - NAME_BYTES
    pairs = [(field, typed(field, value).encode("utf-8", "surrogatepass")[:most]) for field in fields]
    return urlencode([pair for pair in pairs for _ in range(2)])


def test_a_form_whose_tokens_alone_are_looked_at_is_not_read() -> None:
    form = WatchedForm([("name", "a"), (ONCE_FIELD, "b"), ("csrf_token", "c")])
    WatchedForm.has_been_read = False
    assert (form.get("csrf_token"), form[ONCE_FIELD]) == ("c", "b")
    assert not WatchedForm.has_been_read
    assert "name" in form
    assert WatchedForm.has_been_read
