"""The Turkish and Russian catalogues say everything that the code and the templates say in English."""

import ast
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

from tests.architecture.places import CATALOGUES, ROOT, TOOLS, modules, shown

LANGUAGES = ("tr", "ru")
COLLECTED = {
    "_",
    "_l",
    "_n",
    "gettext",
    "ngettext",
    "pgettext",
    "lazy_gettext",
    "lazy_ngettext",
    "lazy_pgettext",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    target = tmp_path_factory.mktemp("messages") / "messages.pot"
    subprocess.run(
        [ROOT / "scripts" / "extract-messages", target, TOOLS], cwd=ROOT, check=True, capture_output=True
    )
    return read(target)


def test_no_words_stand_where_they_are_not_collected() -> None:
    """The collector does not look into f-strings, so their words would stay English without anybody being told."""
    hidden = [
        f"{shown(path)}:{call.lineno}"
        for path in modules()
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in COLLECTED
    ]
    assert not hidden


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def translated(language: str) -> Catalog:
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    assert path.exists(), f"no catalogue for {language}; make messages creates it"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts(message: Message) -> tuple[str, ...]:
    """All forms of a translation."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def sources(message: Message) -> tuple[str, ...]:
    """Singular and plural of the English text."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def placeholders(forms: Iterable[str]) -> set[str]:
    return {name for form in forms for pair in PLACEHOLDER.findall(form) for name in pair if name}


def problem(message: Message, catalogue: Catalog) -> str | None:
    """What is wrong with the translation of a message, if anything."""
    found = catalogue.get(message.id, message.context)
    if found is None or not all(texts(found)) or not texts(found):
        return "missing"
    if found.fuzzy:
        return "fuzzy"
    if isinstance(message.id, tuple) and len(texts(found)) != catalogue.num_plurals:
        return f"{len(texts(found))} plural forms instead of {catalogue.num_plurals}"
    if not placeholders(texts(found)) <= placeholders(sources(message)):
        return "an unknown placeholder"
    if isinstance(message.id, str) and placeholders(texts(found)) != placeholders(sources(message)):
        return "a placeholder left out"
    return None


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete(source: Catalog, language: str) -> None:
    catalogue = translated(language)

    wrong = [
        f"{found}: {message.id!r}"
        for message in source
        if message.id and (found := problem(message, catalogue))
    ]

    assert wrong == [], f"{len(wrong)} of {len(source)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_nothing_unused(source: Catalog, language: str) -> None:
    unused = [
        message.id
        for message in translated(language)
        if message.id and not source.get(message.id, message.context)
    ]

    assert unused == []


def test_russian_date_is_not_followed_by_a_full_stop() -> None:
    """It ends with the one of «г.» already: 19 января 2027 г."""
    doubled = [
        text
        for message in translated("ru")
        for text in texts(message)
        if re.search(r"%\((day|date|first|last)\)s\.", text) and "год" not in text
    ]

    assert doubled == []


def test_source_finds_messages_of_code_and_templates(source: Catalog) -> None:
    places = {Path(path).suffix for message in source for path, _line in message.locations}

    assert {".py", ".html"} <= places


def turkish_words() -> list[str]:
    return [form for message in translated("tr") if message.id for form in texts(message)]


@pytest.mark.parametrize(
    ("left", "word"),
    [
        (r"\bdenetle", "kontrol et"),
        (r"\byalnız\b", "yalnızca"),
        (r"\biçe aktarım", "içe aktarma"),
        (r"\bkelime", "sözcük"),
        (r"\brastlantı", "tesadüf"),
        (r"\bciro", "net satış hasılatı"),
        (r"\bbüyüklük sınıf", "ölçek sınıfı"),
        (r"\buyum görevli", "uygunluk görevlisi"),
        (r"\bgiriş yap", "oturum aç"),
        (r"\biletişim bilgi|\biletişim veri|\birtibat nokta", "irtibat bilgileri, irtibat kişisi"),
        (r"\bqr\b", "karekod"),
        ("’", "'"),
    ],
)
def test_turkish_has_one_word_for_one_thing(left: str, word: str) -> None:
    """The word on the right says it everywhere; the left one would make a reader think of another thing."""
    found = [
        text for text in turkish_words() if re.search(left, text.replace("İ", "i").replace("I", "ı").lower())
    ]

    assert not found, f"say {word}"


def test_no_turkish_ending_hangs_on_a_placeholder() -> None:
    """The vowel of an ending follows the word before it, which a catalogue does not know."""
    assert not [text for text in turkish_words() if re.search(r"(\)s|\})['’]?[a-zçğıöşü]", text)]


def test_trips_call_a_firm_a_firm(source: Catalog) -> None:
    catalogue = translated("tr")
    trips = [one for one in source if any("/trips/" in path for path, _line in one.locations)]
    shown_words = [form for one in trips for form in texts(catalogue.get(one.id, one.context) or one)]

    assert trips
    assert not [text for text in shown_words if re.search(r"[iİ]şletme", text)]
