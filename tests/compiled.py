"""What every application compiles anew is compiled once per process here: templates and the addresses of routes.

Each test gets an application of its own. Werkzeug writes and compiles two Python functions for each of its routes, and
Jinja compiles each template that it shows: together half of the time of a test that shows a page. Both depend on texts
alone, so that the applications of a test process can share them.
"""

from collections.abc import Callable
from types import CodeType

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]
_compile = Rule._compile_builder
_builders: dict[tuple[object, ...], Builder] = {}


def _compile_once(rule: Rule, append_unknown: bool = True) -> Builder:
    key = (rule.rule, append_unknown, tuple(rule._trace), tuple(sorted((rule.defaults or {}).items())))
    if key not in _builders:
        _builders[key] = _compile(rule, append_unknown)
    return _builders[key]


class Templates(BytecodeCache):
    """Compiled templates of this process, by name and content."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code


_templates = Templates()


def compile_routes_once() -> None:
    """Let all applications of the process share the functions of their routes from now on."""
    Rule._compile_builder = _compile_once  # type: ignore[method-assign]


def compile_templates_once(app: Flask) -> None:
    """Let an application use and add to the process's compiled templates."""
    app.jinja_env.bytecode_cache = _templates
