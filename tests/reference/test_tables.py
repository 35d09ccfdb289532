"""The packaged tables are complete, without duplicates, and carry the labels they promise."""

import csv
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from matchmaker.reference import (
    certificates,
    hs,
    identifiers,
    legal_forms,
    nace,
    partnerships,
    regions,
    size_rules,
)
from matchmaker.reference.hs import HsLevel

FOLDER = Path(hs.__file__).parent
TABLES = sorted((FOLDER / "data").rglob("*.csv"))
KEYS = {
    "answer_clocks": ("area", "valid_from"),
    "breach_clocks": ("key", "valid_from"),
    "breach_notice_items": ("clock", "item"),
    "declaration_terms": ("area", "holder", "valid_from"),
    "holiday_names": ("name",),
    "hs_nace": ("hs_chapter", "rank"),
    "tax_regions": ("country", "code"),
    "sector_exceptions": ("revision", "code"),
    "size_areas": ("country",),
    "size_ownership": ("area", "valid_from"),
    "size_rules": ("area", "valid_from", "size_class", "divisions"),
}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_table_has_an_entry_twice(path: Path) -> None:
    key = KEYS.get(path.stem, ("code",))
    counts = Counter(tuple(row[column] for column in key) for row in read(path))
    assert [entry for entry, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_row_has_every_column_in_clean_text(path: Path) -> None:
    for row in read(path):
        assert None not in {*row, *row.values()}, row
        assert all(value == " ".join(value.split()) for value in row.values()), row


def test_hs_has_every_code_of_the_2022_edition() -> None:
    assert [len(hs.at_level(level)) for level in HsLevel] == [21, 96, 1228, 5612]
    assert {one.revision for one in hs.all_codes().values()} == {"HS2022"}
    assert not {"77", "99", "9999", "999999", "TOTAL"} & set(hs.all_codes())


def test_every_hs_code_hangs_under_the_level_above() -> None:
    for one in hs.all_codes().values():
        above = hs.get(one.parent)
        assert (above.level + 1 if above else 1) == one.level, one.code


def test_hs_sections_chapters_and_common_headings_are_labelled_in_three_languages() -> None:
    upper = (*hs.at_level(HsLevel.SECTION), *hs.at_level(HsLevel.CHAPTER))
    assert [one.code for one in upper if not (one.labels.tr and one.labels.ru and one.labels.en)] == []
    both = [one for one in hs.at_level(HsLevel.HEADING) if one.labels.tr and one.labels.ru]
    assert len(both) >= 150
    assert [one.code for one in hs.all_codes().values() if bool(one.labels.tr) != bool(one.labels.ru)] == []


def test_nace_has_every_code_and_the_labels_it_promises() -> None:
    assert [len(nace.at_level(level)) for level in (1, 2, 3, 4)] == [21, 88, 272, 615]
    codes = nace.all_codes().values()
    assert [one.code for one in codes if not (one.labels.ru and one.labels.en)] == []
    manufacturing = [one for one in nace.at_level(4) if "10" <= one.code[:2] <= "33"]
    assert len(manufacturing) == 230
    expected = (*nace.at_level(1), *nace.at_level(2), *manufacturing)
    assert [one.code for one in expected if not one.labels.tr] == []
    assert [one.code for one in codes if one.labels.en.isupper() and len(one.labels.en) > 4] == []


def test_okved_has_the_same_code_except_in_three_divisions() -> None:
    different = {one.code[:2] for one in nace.all_codes().values() if not one.okved_same}
    assert different == {"19", "85", "92"}


def test_regions_of_each_country_are_complete_in_three_languages() -> None:
    counts = Counter(one.country for one in regions.all_regions().values())
    assert counts == {"TR": 81, "RU": 83, "KZ": 20}
    for one in regions.all_regions().values():
        assert all((one.labels.tr, one.labels.ru, one.labels.en, one.group)), one
    assert len({one.group for one in regions.all_regions().values() if one.country == "TR"}) == 26
    assert len({one.group for one in regions.all_regions().values() if one.country == "RU"}) == 8


def test_lists_have_the_promised_numbers_of_entries() -> None:
    assert len(certificates.all_certificates()) == 58
    assert len(partnerships.all_types()) == 22
    assert {one.country for one in legal_forms.all_forms().values()} == {"TR", "RU", "KZ", ""}
    named = {one.code: one.labels for one in certificates.all_certificates().values()}
    named |= {one.code: one.labels for one in partnerships.all_types().values()}
    assert [code for code, labels in named.items() if not all((labels.tr, labels.ru, labels.en))] == []


def test_every_check_named_by_a_scheme_exists() -> None:
    for one in identifiers.all_schemes().values():
        if one.check:
            with pytest.raises(identifiers.IdentifierError):
                identifiers.validate(one.code, "1" * one.longest)


def test_rule_versions_of_a_country_follow_each_other_without_gap_or_overlap() -> None:
    for area in ("TR", "RU", "EU"):
        plain = [one for one in size_rules._limits() if one.area == area and not one.divisions]
        versions = sorted({(one.valid_from, one.valid_to) for one in plain})
        for (_, ends), (begins, _) in pairwise(versions):
            assert ends is not None
            assert (begins - ends).days == 1
        assert versions[-1][1] is None


def test_words_lead_to_six_digit_codes_with_names_in_three_languages() -> None:
    named = read(FOLDER / "data" / "hs_words.csv")
    assert len(named) >= 250
    for row in named:
        assert hs.all_codes()[row["code"]].level is HsLevel.SUBHEADING
        assert all((row["words_tr"], row["words_ru"], row["words_en"])), row["code"]


def test_built_tables_carry_the_labels_as_they_stand_in_the_repository() -> None:
    for row in read(FOLDER / "labels" / "hs_tr_ru.csv"):
        built = hs.all_codes()[row["code"]].labels
        assert (built.tr, built.ru) == (row["label_tr"], row["label_ru"])
    for row in read(FOLDER / "labels" / "nace_tr_ru.csv"):
        assert nace.all_codes()[row["code"]].labels.tr == row["label_tr"]
    words = {row["code"]: row for row in read(FOLDER / "data" / "hs_words.csv")}
    assert words == {row["code"]: row for row in read(FOLDER / "labels" / "hs_words.csv")}
