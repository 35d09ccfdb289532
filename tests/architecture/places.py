"""Where the parts of the repository are."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "matchmaker"
TEMPLATES = ROOT / "templates"
CATALOGUES = PACKAGE / "translations"
TOOLS = Path(sys.executable).parent

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    """All modules of the application."""
    return sorted(PACKAGE.rglob("*.py"))


def functions(path: Path) -> list[Function]:
    """All functions of a module, methods and inner ones too."""
    tree = ast.parse(path.read_text(), str(path))
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def shown(path: Path) -> str:
    """A path as it is written in messages."""
    return path.relative_to(ROOT).as_posix()
