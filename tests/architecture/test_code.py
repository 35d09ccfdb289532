"""Habits of the code that no linter knows: sizes, names of modules, where commits happen, what views contain."""

import ast
from pathlib import Path

import pytest

from tests.architecture.places import PACKAGE, Function, functions, modules, shown

FUNCTION_LINES = 40
VIEW_LINES = 25
FILE_LINES = 400
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


def imported(path: Path) -> set[str]:
    """Names of all modules and members that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {item.name for item in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{item.name}" for item in node.names}
    return names


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
        if path.stem == "views" or "views" in path.parent.name
        for name in sorted(imported(path))
        if name.startswith(("sqlalchemy", "matchmaker.core.db.db"))
    ]
    assert queries == []


@pytest.mark.parametrize("kind", ["rules", "queries", "services"])
def test_only_views_and_core_know_the_request(kind: str) -> None:
    knowing = [
        f"{shown(path)} imports {name}"
        for path in modules()
        if path.stem == kind and PACKAGE / "core" not in path.parents
        for name in sorted(imported(path))
        if name.startswith("flask.") and name.rpartition(".")[2] in REQUEST_NAMES
    ]
    assert knowing == []
