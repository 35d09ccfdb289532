"""The README's table of settings is the one of the configuration class, its signals are those of the domains."""

import re
from dataclasses import fields

from matchmaker.core.config import ROOT as CODE_ROOT
from matchmaker.core.config import Config
from tests.architecture.places import ROOT, modules

BEGIN, END = "<!-- configuration -->\n", "<!-- /configuration -->"


def table() -> str:
    """The settings with type, default and sentence."""
    lines = ["| Setting | Default | Meaning |", "|---|---|---|"]
    for setting in fields(Config):
        default = setting.default
        if isinstance(default, str):
            default = default.replace(f"{CODE_ROOT}/", "")
        shown = int(default) if isinstance(default, bool) else default
        lines.append(
            f"| {setting.name} | {shown if shown != '' else '(empty)'} | {setting.metadata['sentence']} |"
        )
    return "\n".join(lines) + "\n"


def test_readme_shows_the_settings() -> None:
    text = (ROOT / "README.md").read_text()

    shown = text[text.index(BEGIN) + len(BEGIN) : text.index(END)]

    assert shown == table(), f"put this into the README:\n{table()}"


def test_readme_names_the_signals_and_each_is_listened_to() -> None:
    written = {path: path.read_text() for path in modules()}
    signals = {
        f"{path.parent.name}.{name}"
        for path, text in written.items()
        if path.stem == "signals"
        for name in re.findall(r"^(\w+) = Signal\(", text, re.MULTILINE)
    }
    listened = set(re.findall(r"(\w+)\.connect\b", "\n".join(written.values())))

    assert {name for name in signals if name.partition(".")[2] not in listened} == set()
    text = (ROOT / "README.md").read_text()
    assert {name for name in signals if f"`{name}`" not in text} == set()
