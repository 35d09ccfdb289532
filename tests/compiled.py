"""What every application compiles anew is compiled once here: templates, addresses of routes, statements.

Each test gets an application of its own. Werkzeug takes apart each of its routes and compiles two functions for it,
Jinja compiles each template that it shows, and SQLAlchemy each statement that it sends: together more than half of the
time of a test that shows a page. All depend on texts and tables alone, so that the applications of a test process can
share them; the templates also those of other processes and of the sites of the journeys.
"""

from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from matchmaker.core.db import Base

_compile = Rule.compile
_compiled: dict[tuple[object, ...], Rule] = {}
WHOLE = ("_parts", "_trace", "_converters")
"""What compiling gives a rule; nobody changes it afterwards."""


def _compile_once(rule: Rule) -> None:
    """Take over what compiling gave the first rule of the same text; the map has no part in it but its converters."""
    assert rule.map is not None
    kinds = frozenset(rule.map.converters.items())
    defaults = tuple(sorted((rule.defaults or {}).items()))
    key = (rule.rule, rule.host, rule.subdomain, rule.merge_slashes, rule.map.host_matching, defaults, kinds)
    first = _compiled.get(key)
    if first is None:
        _compile(rule)
        _compiled[key] = rule
        return
    for name in WHOLE:
        setattr(rule, name, getattr(first, name))
    rule.arguments = set(first.arguments)
    rule._build = first._build.__func__.__get__(rule)
    rule._build_unknown = first._build_unknown.__func__.__get__(rule)


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


def compile_routes_once() -> None:
    """Let all applications of the process share the functions of their routes from now on."""
    # Put in place of the method on purpose, for every rule that is made from now on.
    Rule.compile = _compile_once  # type: ignore[method-assign]


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
