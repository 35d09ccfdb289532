"""Style, types and import contracts are part of the test run; each tool's own report is the message."""

import subprocess

import pytest

from tests.architecture.places import ROOT, TOOLS

COMMANDS = {
    "ruff": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy",),
    "import contracts": ("lint-imports",),
    "template lint": ("djlint", "--quiet", "--lint", "templates"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_tool_finds_nothing(name: str) -> None:
    command, *arguments = COMMANDS[name]

    result = subprocess.run(
        [TOOLS / command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, f"{name}:\n{result.stdout}{result.stderr}"
