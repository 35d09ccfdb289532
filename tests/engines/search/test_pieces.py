"""Entries are the same, letter for letter, whether pieces are looked up in dictionaries or by compiled loops."""

import sys
from types import FunctionType

import numpy as np
import pytest

from matchmaker.demo.generator.documents import documents
from matchmaker.demo.generator.stream import chunk_at
from matchmaker.engines.search import entry, pieces
from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.pieces import MANY, PLAIN, pieces_for

NAMES = (
    "",
    "–",
    "ООО «Ромашка»",
    "Ромашка",
    "OOO Romaşka A.Ş.",
    "A.Ş.",
    "А.Б.В. ltd şti",
    "Sanayi ve Ticaret Limited Şirketi",
    "Общество с ограниченной ответственностью",
    "Ahmet & Oğulları İnşaat San. ve Tic. Ltd. Şti.",
    "ИП Иванов Иван Иванович",
    "İSTANBUL\u00a0Çelik\tA.Ş.",
)
TEXTS = (
    "",
    " \n\t ",
    "Küresel vana,küresel vana; KÜRESEL",
    "станок\u2003станки\x1cстанков  станок",
    "ball-valve\u0085DN50 \x01 ½ ﬁne e\u0301te\u0301",
    "x" * 99,
    "\ud800 сирота\0ball\0",
    " ".join(f"слово{number} kelime{number}" for number in range(40)),
)
FIRMS = [
    FirmDocument(
        number,
        (NAMES[number:] + NAMES[:number])[:: number % 4 + 1],
        {"tr": text, "ru": text[::-1], "": text} if number % 2 else {},
        {"ru": TEXTS[number % len(TEXTS)]},
        name_language=("tr", "ru", "")[number % 3],
        registered=frozenset(["texts"] if number % 5 else ["names"]),
    )
    for number, text in enumerate(TEXTS)
]


def assert_same(many: pieces.Pieces) -> None:
    invented = list(documents(chunk_at(0, 12)))
    for firms in (FIRMS, FIRMS[::-1], FIRMS[:1], [], [FirmDocument(1, ())], invented):
        assert entry.entries_of(firms, many) == entry.entries_of(firms, PLAIN)


def test_entries_when_looked_up_by_the_loops_then_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Python runs them, which says where they differ; with few kept, so that tables grow, fill and are forgotten."""
    pytest.importorskip("numba")
    from matchmaker.engines.search import compiled, tables  # noqa: PLC0415 - needs numba

    for name, loop in vars(compiled).items():
        if isinstance(plain := getattr(loop, "py_func", None), FunctionType):
            monkeypatch.setattr(compiled, name, plain)
    monkeypatch.setattr(tables, "KEPT_PIECES", 60)
    monkeypatch.setattr(tables, "_FIRST_SLOTS", 4)
    monkeypatch.setattr(tables, "_FIRST_ROWS", 1)
    monkeypatch.setattr(tables, "_FIRST_BYTES", 16)
    with np.errstate(over="ignore"):
        assert_same(tables.CompiledPieces())


def test_entries_when_the_loops_are_compiled_then_the_same() -> None:
    pytest.importorskip("numba")
    many = pieces_for(MANY)
    assert many is not PLAIN
    assert_same(many)


def test_pieces_when_few_or_without_numba_then_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pieces_for(MANY - 1) is PLAIN
    monkeypatch.setitem(sys.modules, "matchmaker.engines.search.tables", None)
    assert pieces_for(MANY) is PLAIN
