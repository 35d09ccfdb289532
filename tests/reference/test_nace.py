"""Codes of several revisions meet in one sector."""

import pytest

from matchmaker.reference import nace
from matchmaker.reference.tables import LABEL_LANGUAGES


@pytest.mark.parametrize(
    ("code", "revision", "sector"),
    [
        ("28.14", "NACE2", "28.14"),
        ("281407", "NACE2-TR", "28.14"),
        ("28.14.07", "NACE2-TR", "28.14"),
        ("28.14", "OKVED2", "28.14"),
        ("28.14.1", "OKVED2", "28.14"),
        ("28.1", "OKVED2", "28.1"),
        ("28", "OKVED2", "28"),
        ("19.20", "OKVED2", "19.20"),
        ("19.31", "OKVED2", "19.20"),
        ("19.3", "OKVED2", "19.20"),
        ("85.11", "OKVED2", "85.10"),
        ("85.1", "OKVED2", "85"),
        ("85.1", "NACE2", "85.1"),
        ("85.21", "OKVED2", "85.32"),
        ("85.22.1", "OKVED2", "85.42"),
        ("85.41", "OKVED2", "85.5"),
        ("85.41.1", "OKVED2", "85.51"),
        ("85.42", "OKVED2", "85.5"),
        ("92.13", "OKVED2", "92.00"),
        ("92", "OKVED2", "92"),
        ("28.14", "NACE2.1", "28.14"),
    ],
)
def test_sector_of_a_code_is_the_shared_class(code: str, revision: str, sector: str) -> None:
    assert nace.sector_of(code, revision) == sector


@pytest.mark.parametrize("code", ["", "x", "1", "00", "98.76.54.32", "A", "04.11"])
def test_sector_of_something_else_is_none(code: str) -> None:
    assert nace.sector_of(code, "OKVED2") is None


def test_sector_of_an_unknown_revision_is_refused() -> None:
    with pytest.raises(ValueError, match="ISIC"):
        nace.sector_of("28.14", "ISIC")


def test_every_sector_that_a_revision_leads_to_exists() -> None:
    for revision in nace.NaceRevision:
        targets = set(nace._exceptions(revision).values()) - {""}
        assert targets <= set(nace.all_codes())


def test_every_code_has_a_label_in_each_language_and_no_two_classes_the_same() -> None:
    for language in LABEL_LANGUAGES:
        own = [one.labels.own(language) for one in nace.at_level(4)]
        assert len(set(own)) == len(own)
        assert all(one.labels.own(language) for one in nace.all_codes().values())


def test_label_of_a_code() -> None:
    assert nace.label("28.14", "tr") == "Diğer musluk, valf ve vana imalatı"
    assert nace.label("28.14", "ru") == nace.all_codes()["28.14"].labels.ru
    assert nace.label("28.14", "de") == nace.all_codes()["28.14"].labels.en
    assert nace.label("77.77", "tr") == "77.77"


def test_path_of_a_class_goes_from_the_section_down() -> None:
    assert [one.code for one in nace.all_codes()["28.14"].path] == ["C", "28", "28.1"]
