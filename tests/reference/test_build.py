"""The parts of the build that need no package, and the command that checks the tables."""

from pathlib import Path

import pytest
from flask import Flask

from matchmaker.reference import build


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("AGRICULTURE, FORESTRY AND FISHING", "Agriculture, forestry and fishing"),
        ("live  animals", "Live animals"),
        ("Honey; natural", "Honey; natural"),
        ("СТРОИТЕЛЬСТВО", "Строительство"),
        ("", ""),
    ],
)
def test_labels_become_sentences(given: str, expected: str) -> None:
    assert build.sentence(given) == expected


@pytest.mark.parametrize(
    ("codes", "meeting"),
    [
        (["28.14"], "28.14"),
        (["28.14", "28.13"], "28.1"),
        (["28.14", "28.29"], "28"),
        (["28.14", "33.12"], ""),
        ([], ""),
    ],
)
def test_codes_meet_at_the_closest_code_above(codes: list[str], meeting: str) -> None:
    assert build.meeting_point(codes) == meeting


@pytest.mark.parametrize(
    ("code", "okved"),
    [
        ("28.14", ("28.14", "same")),
        ("19.20", ("19.20;19.3", "split")),
        ("92.00", ("92.1;92.2", "split")),
        ("85", ("85", "same")),
        ("85.10", ("85.11", "own structure")),
        ("85.60", ("", "own structure")),
    ],
)
def test_okved_codes_that_lead_to_a_class(code: str, okved: tuple[str, str]) -> None:
    assert build.okved_of(code) == okved


@pytest.mark.parametrize(("code", "parent"), [("C", ""), ("28", "C"), ("28.1", "28"), ("28.14", "28.1")])
def test_parent_of_a_nace_code(code: str, parent: str) -> None:
    assert build.nace_parent(code, "C") == parent


def test_a_label_for_an_unknown_code_stops_the_build() -> None:
    with pytest.raises(build.BuildError, match="words: unknown codes 000000"):
        build.known("words", ["848180", "000000"], ["848180"])


def test_a_table_is_written_with_its_header(tmp_path: Path) -> None:
    assert build.write(tmp_path, "things", "code,name", [("1", "Çorum"), ("2", "a,b")]) == 2
    assert (tmp_path / "things.csv").read_bytes() == 'code,name\n1,Çorum\n2,"a,b"\n'.encode()


def test_load_reference_counts_what_is_there(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["load-reference"])
    assert result.exit_code == 0
    assert "6957 HS codes" in result.output
    assert "184 regions" in result.output
