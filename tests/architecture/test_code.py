"""Habits of the code that no linter knows: sizes, names of modules, where commits happen, what views contain."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.places import PACKAGE, ROOT, Function, functions, modules, shown

FUNCTION_LINES = 40
VIEW_LINES = 25
FILE_LINES = 400
LAYERS = ("enums", "models", "rules", "queries", "services", "forms", "tasks", "views")
"""The kinds of modules of a domain, from the lowest; the contracts of pyproject.toml see only those named just so."""
NAMELESS = {"util", "utils", "helper", "helpers", "common", "misc"}
REQUEST_NAMES = {"request", "session", "current_user", "g"}


def length(function: Function) -> int:
    """Lines of a function without its docstring and decorators."""
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return (function.end_lineno or function.lineno) - first.lineno + 2


def is_view(function: Function) -> bool:
    """Whether a decorator makes the function answer an address."""
    verbs = {"route", "get", "post", "put", "patch", "delete"}
    calls = [item.func for item in function.decorator_list if isinstance(item, ast.Call)]
    return any(isinstance(call, ast.Attribute) and call.attr in verbs for call in calls)


def kind_of(path: Path) -> str | None:
    """The kind of a module by its name: claim_views is one of views, models/claims one of models."""
    names = (path.parent.name, path.stem.rpartition("_")[2])
    return next((layer for layer in LAYERS if layer in names), None)


def imported(path: Path) -> set[str]:
    """Names of all modules and members that a module imports when it runs."""
    names: set[str] = set()
    for node in at_run_time(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {item.name for item in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{item.name}" for item in node.names}
    return names


def at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree but for what is there for the types only."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from at_run_time(child)


def own_modules(path: Path) -> set[Path]:
    """The modules of its own domain that a module imports, whole or a member of them."""
    names = {part for name in imported(path) for part in (name, name.rpartition(".")[0])}
    files = {ROOT / f"{name.replace('.', '/')}.py" for name in names}
    domain = PACKAGE / path.relative_to(PACKAGE).parts[0]
    return {file for file in files if domain in file.parents and file.is_file()}


def test_functions_are_short() -> None:
    long = [
        f"{shown(path)}:{function.lineno} {function.name}: {length(function)} lines"
        for path in modules()
        for function in functions(path)
        if length(function) > (VIEW_LINES if is_view(function) else FUNCTION_LINES)
    ]
    assert long == []


def test_files_have_one_purpose() -> None:
    long = [
        f"{shown(path)}: {count}"
        for path in modules()
        if (count := len(path.read_text().splitlines())) > FILE_LINES
    ]
    assert long == []


def test_modules_are_named_by_what_they_do() -> None:
    assert [shown(path) for path in modules() if {path.stem, path.parent.name} & NAMELESS] == []


def test_only_core_commits() -> None:
    commits = [
        f"{shown(path)}:{node.lineno}"
        for path in modules()
        if not {PACKAGE / "core", PACKAGE / "engines"} & set(path.parents)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert commits == []


def test_views_do_not_query() -> None:
    queries = [
        f"{shown(path)} imports {name}"
        for path in modules()
        if kind_of(path) == "views"
        for name in sorted(imported(path))
        if name.startswith(("sqlalchemy", "matchmaker.core.db.db"))
    ]
    assert queries == []


@pytest.mark.parametrize("kind", ["rules", "queries", "services"])
def test_only_views_and_core_know_the_request(kind: str) -> None:
    knowing = [
        f"{shown(path)} imports {name}"
        for path in modules()
        if kind_of(path) == kind and PACKAGE / "core" not in path.parents
        for name in sorted(imported(path))
        if name.startswith("flask.") and name.rpartition(".")[2] in REQUEST_NAMES
    ]
    assert knowing == []


def test_inside_a_domain_nothing_imports_from_above() -> None:
    upward = [
        f"{shown(path)} imports {shown(other)}"
        for path in modules()
        for other in sorted(own_modules(path))
        if is_above(kind_of(other), kind_of(path))
    ]
    assert upward == []


def is_above(kind: str | None, other: str | None) -> bool:
    """Whether one kind of module stands above another; modules of no kind stand nowhere."""
    return kind is not None and other is not None and LAYERS.index(kind) > LAYERS.index(other)
