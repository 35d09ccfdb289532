"""The README's table of settings is the one of the configuration class."""

from dataclasses import fields

from matchmaker.core.config import ROOT as CODE_ROOT
from matchmaker.core.config import Config
from tests.architecture.places import ROOT

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
