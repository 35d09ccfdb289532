"""What every application compiles or looks for anew is done once here: templates, addresses, statements, static files.

Each test gets an application of its own. Werkzeug takes apart each of its routes and compiles two functions for it,
Jinja compiles each template that it shows, SQLAlchemy each statement that it sends, and files are looked for: together
more than half of the time of a test that shows a page. All depend on texts and tables alone, so that the applications
of a test process can share them; the templates also those of other processes and of the sites of the journeys.
"""

from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Map, Rule, RuleFactory
from whitenoise import WhiteNoise

from matchmaker.core.db import Base
from matchmaker.core.ui import Macros


class KnownMap(Map):
    """The addresses of an application, bound and sorted when first asked for; taken from the last map of the same rules
    where there was one, and made anew where a test adds to them.
    """

    known: ClassVar[dict[tuple[object, ...], tuple[Any, Any]]] = {}

    def __init__(self, *rules: Any, **options: Any) -> None:
        self.added: list[Rule] = []
        self.sorted = 0
        super().__init__(*rules, **options)

    def add(self, rulefactory: RuleFactory) -> None:
        self.added += rulefactory.get_rules(self)

    def update(self) -> None:
        if self.sorted == len(self.added):
            return
        key = frozenset(self.converters.items()), self.host_matching, *map(told, self.added)
        if key not in self.known:
            self.known[key] = self._sort()
        self._matcher, self._rules_by_endpoint = self.known[key]
        self.sorted = len(self.added)

    def _sort(self) -> tuple[Any, Any]:
        whole = Map(host_matching=self.host_matching)
        whole.converters = self.converters
        for rule in self.added:
            whole.add(rule if rule.map is None else unbound(rule))
        whole.update()
        return whole._matcher, whole._rules_by_endpoint


def told(rule: Rule) -> tuple[object, ...]:
    """What tells a rule from every other."""
    defaults = tuple(sorted((rule.defaults or {}).items()))
    return rule.rule, rule.endpoint, frozenset(rule.methods or ()), rule.host, rule.subdomain, defaults


def unbound(rule: Rule) -> Rule:
    """The same rule for another map, with what Flask notes at it."""
    copy = rule.empty()
    vars(copy).update({name: value for name, value in vars(rule).items() if name not in vars(copy)})
    return copy


class Templates(FileSystemBytecodeCache):
    """Compiled templates by name and content: those of this process, and in a folder those of the whole run."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(str(folder))
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            super().load_bytecode(bucket)
            self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        super().dump_bytecode(bucket)
        self._keep(bucket)

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code


def sort_addresses_once() -> None:
    """Let all applications of the process share their addresses from now on."""
    Flask.url_map_class = KnownMap


def find_static_files_once() -> None:
    """Let all applications of the process share what was found in a folder of static files."""
    find, known = WhiteNoise.update_files_dictionary, dict[tuple[str, str], dict[str, Any]]()

    def find_once(server: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in known:
            before = set(server.files)
            find(server, root, prefix)
            known[root, prefix] = {url: file for url, file in server.files.items() if url not in before}
        server.files.update(known[root, prefix])

    WhiteNoise.update_files_dictionary = find_once


def find_macros_once() -> None:
    """Let all applications of the process share where each macro is defined."""
    find, known = Macros.names, dict[str, str]()

    def find_once(macros: Macros) -> dict[str, str]:
        if not known:
            known.update(find(macros))
        return known

    Macros.names = find_once


def compile_templates_once(folder: Path) -> None:
    """Let all applications of the process use and add to the run's compiled templates from now on."""
    templates = Templates(folder / "templates")
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": templates}


class Statements(LRUCache[tuple[Any, ...], Any]):
    """Compiled statements of this process, by database system: SQLAlchemy keeps those of each engine apart."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], value: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), value)


_statements = Statements(capacity=5_000)


def compile_statements_once(engine: Engine) -> None:
    """Let an engine use and add to the process's compiled statements."""
    engine.update_execution_options(compiled_cache=_statements)
    _share_statements_of_mappers()


@cache
def _share_statements_of_mappers() -> None:
    """What the mappers write has a place of its own at each of them."""
    for mapper in Base.registry.mappers:
        mapper._compiled_cache = _statements
