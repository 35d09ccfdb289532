"""Every template compiles, holds no script or style, imports nothing unused and says everything in three languages."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from matchmaker.app import create_app
from tests.architecture.places import ROOT, TEMPLATES, shown
from tests.settings import config_for

FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b|\bhx-vals\s*=\s*[\"']?\s*js:", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "safe filter": re.compile(r"\|\s*safe\b"),
    "switched-off escaping": re.compile(r"autoescape\s+false"),
    "bare code of a language": re.compile(r"(?:\blanguage|\bcode|\blang)\s*\|\s*upper\b"),
}
# Mail programs drop style sheets; a policy for content does not reach them.
MAIL_MAY = {"style attribute", "style element"}
SHOWN_ATTRIBUTES = ("aria-label", "aria-description", "title", "placeholder", "alt")
WORD = re.compile(r"[^\W\d_]{2,}")
# Names that are the same in every language, and parts of examples.
UNTRANSLATED = {
    "Tandem",
    "KOSGEB",
    "RSMB",
    "HS",
    "NACE",
    "OKVED",
    "TR",
    "RU",
    "EN",
    "PDF",
    "CSV",
    "XLSX",
    "VKN",
    "INN",
}


PRINTED = "pdf"
"""Papers for the typesetter, which are no templates of pages; tests/core/test_pdf.py makes them."""


def templates() -> list[str]:
    """Names of all templates, as Jinja knows them."""
    files = (path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("*.*") if path.is_file())
    return sorted(path.as_posix() for path in files if path.parts[0] != PRINTED)


class Words(HTMLParser):
    """Collects the words that a page shows and that did not come through gettext."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "code"):
            self.silent += 1
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES and value:
                self.words |= set(WORD.findall(value))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "code") and self.silent:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words |= set(WORD.findall(data))


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Jinja as the application sets it up, without any database."""
    folder = tmp_path_factory.mktemp("environment")
    return create_app(config_for(f"sqlite:///{folder / 'unused.sqlite3'}", folder)).jinja_env


def parsed(environment: Environment, name: str) -> nodes.Template:
    """The syntax tree of a template."""
    return environment.parse((TEMPLATES / name).read_text(), name)


def literal_text(tree: nodes.Template) -> str:
    """What the template's author typed outside expressions, statements and translated texts."""
    for block in tree.find_all(nodes.Block):
        if block.name == "body_attributes":
            # It stands inside a tag: names and values of attributes, nothing that is read.
            block.body = []
    return "".join(node.data for node in tree.find_all(nodes.TemplateData))


def test_there_are_templates() -> None:
    assert templates()


@pytest.mark.parametrize("name", templates())
class TestTemplate:
    def test_compiles(self, environment: Environment, name: str) -> None:
        assert environment.get_template(name)

    def test_holds_no_script_and_no_style(self, name: str) -> None:
        text = (TEMPLATES / name).read_text()
        allowed = MAIL_MAY if name.startswith("mail/") else set()
        assert [
            what for what, pattern in FORBIDDEN.items() if what not in allowed and pattern.search(text)
        ] == []

    def test_uses_what_it_imports(self, environment: Environment, name: str) -> None:
        tree = parsed(environment, name)
        imported = {node.target for node in tree.find_all(nodes.Import)}
        for node in tree.find_all(nodes.FromImport):
            imported |= {item[1] if isinstance(item, tuple) else item for item in node.names}
        assert imported - {node.name for node in tree.find_all(nodes.Name)} == set()

    def test_says_everything_through_gettext(self, environment: Environment, name: str) -> None:
        words = Words()
        words.feed(literal_text(parsed(environment, name)))
        words.close()
        assert words.words - UNTRANSLATED == set(), f"not translated in {shown(TEMPLATES / Path(name))}"


def test_the_mark_has_a_style_wherever_it_stands() -> None:
    styles = (ROOT / "static/css/site.css").read_text()
    pages = " ".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    places = {place or "head" for place in re.findall(r'ui\.mark\((?:"(\w+)")?\)', pages)}
    assert places == {"head", "foot"}
    assert [
        name for place in places for name in (f".{place}-mark", f".{place}-key") if name not in styles
    ] == []
