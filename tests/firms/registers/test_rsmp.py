"""The reader of the official register form: what it reads, what it reports, what it survives."""

import tracemalloc
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from matchmaker.firms.enums import RegisterKind
from matchmaker.firms.registers import archive, members
from matchmaker.firms.registers.archive import BadArchive
from matchmaker.firms.registers.entries import Entry, Malformed, Reason, Record, SizeCategory
from matchmaker.firms.registers.rsmp import RegisterFile
from tests.firms.registers.invented import (
    Invented,
    company_inn,
    huge_register,
    invented,
    many,
    member,
    ogrnip,
    register,
    trader_inn,
)


def read(path: Path, after: tuple[int, int] = (0, 0)) -> list[Record]:
    with RegisterFile(path) as file:
        return list(file.records(after))


def identifiers(records: list[Record]) -> list[str]:
    return [record.identifier for record in records if isinstance(record, Entry)]


def findings(records: list[Record]) -> list[tuple[Reason, int]]:
    return [(record.reason, record.place.number) for record in records if isinstance(record, Malformed)]


def test_company_is_read_with_all_its_fields(tmp_path: Path) -> None:
    given_entry = replace(
        invented(1),
        category="2",
        name='ОБЩЕСТВО "РОДНИК & СЫН"',
        short_name="ООО РОДНИК",
        region_code="66",
        town="ВЫДУМКА",
        activity="46.73.1",
        others=("10.71", "62.01"),
    )

    (entry,) = read(register(tmp_path / "r.zip", member([given_entry])))

    assert isinstance(entry, Entry)
    assert entry.kind is RegisterKind.COMPANY
    assert entry.category is SizeCategory.SMALL
    assert (entry.identifier, entry.registration) == (given_entry.identifier, given_entry.registration)
    assert (entry.name, entry.short_name) == ('ОБЩЕСТВО "РОДНИК & СЫН"', "ООО РОДНИК")
    assert (entry.region_code, entry.region, entry.town) == ("66", "ОБЛАСТЬ", "ВЫДУМКА")
    assert (entry.activity, entry.activity_revision) == ("46.73.1", "2014")
    assert entry.other_activities == ("10.71", "62.01")
    assert (entry.listed_on, entry.state_on) == (date(2018, 8, 10), date(2019, 2, 10))
    assert (entry.place.member, entry.place.number, entry.new, entry.social) == (0, 1, False, False)


def test_sole_trader_has_the_name_in_one_line(tmp_path: Path) -> None:
    trader = replace(invented(3), person=("ВЫМЫСЛОВ", "ИВАН", "-"))

    (entry,) = read(register(tmp_path / "r.zip", member([trader])))

    assert isinstance(entry, Entry)
    assert entry.kind is RegisterKind.SOLE_TRADER
    assert entry.name == "ВЫМЫСЛОВ ИВАН"
    assert entry.registration == trader.registration


def test_ogrnip_is_accepted_for_every_remainder(tmp_path: Path) -> None:
    remainders = {int(ogrnip(serial)[:-1]) % 13 for serial in range(1, 60)}
    traders = [
        replace(invented(3), identifier=trader_inn(serial), registration=ogrnip(serial))
        for serial in range(1, 60)
    ]

    records = read(register(tmp_path / "r.zip", member(traders)))

    assert remainders == set(range(13))
    assert findings(records) == []


@pytest.mark.parametrize("encoding", ["UTF-8", "windows-1251"])
@pytest.mark.parametrize("version", ["4.01", "4.04"])
def test_declared_encoding_and_form_version_are_followed(tmp_path: Path, encoding: str, version: str) -> None:
    path = register(tmp_path / "r.zip", member(many(50), encoding=encoding, version=version))

    records = read(path)

    assert identifiers(records) == [entry.identifier for entry in many(50)]
    assert isinstance(records[0], Entry)
    assert records[0].name == many(50)[0].name


@pytest.mark.parametrize(
    ("entry", "reason", "detail"),
    [
        (replace(invented(1), identifier=""), Reason.MISSING_IDENTIFIER, "ИННЮЛ"),
        (replace(invented(1), identifier="7700000011"), Reason.BAD_IDENTIFIER, "7700000011"),
        (replace(invented(1), identifier="0000000000"), Reason.BAD_IDENTIFIER, "0000000000"),
        (replace(invented(1), identifier=trader_inn(5)), Reason.BAD_IDENTIFIER, trader_inn(5)),
        (
            replace(invented(1), identifier="７" + company_inn(1)[1:]),
            Reason.BAD_IDENTIFIER,
            "７" + company_inn(1)[1:],
        ),
        (replace(invented(1), registration="1237700000011"), Reason.BAD_REGISTRATION, "1237700000011"),
        (replace(invented(1), category="9"), Reason.UNKNOWN_CATEGORY, "9"),
        (replace(invented(1), category=""), Reason.UNKNOWN_CATEGORY, ""),
        (replace(invented(1), kind="3"), Reason.UNKNOWN_KIND, "3"),
        (replace(invented(1), short_name="Я" * 1001), Reason.TOO_LONG, "Я" * 100),
        (replace(invented(1), name=" "), Reason.MISSING_NAME, ""),
        (replace(invented(3), person=("", "", "")), Reason.MISSING_NAME, ""),
        (replace(invented(1), name="Я" * 1001), Reason.TOO_LONG, "Я" * 100),
        (replace(invented(1), listed_on="31.02.2020"), Reason.BAD_DATE, "31.02.2020"),
        (replace(invented(1), state_on=""), Reason.BAD_DATE, ""),
        (replace(invented(1), activity="прочее"), Reason.BAD_ACTIVITY, "прочее"),
        (replace(invented(1), others=("1.2",)), Reason.BAD_ACTIVITY, "1.2"),
    ],
)
def test_entry_that_breaks_a_rule_is_reported_and_reading_goes_on(
    tmp_path: Path, entry: Invented, reason: Reason, detail: str
) -> None:
    records = read(register(tmp_path / "r.zip", member([invented(7), entry, invented(8)])))

    assert [type(record) for record in records] == [Entry, Malformed, Entry]
    assert isinstance(records[1], Malformed)
    assert (records[1].reason, records[1].detail, records[1].place.number) == (reason, detail, 2)
    assert records[1].member_name.startswith("VO_RRMSPSV")


def test_kind_that_contradicts_the_subject_is_reported(tmp_path: Path) -> None:
    text = invented(1).xml().replace('ВидСубМСП="1"', 'ВидСубМСП="2"')

    records = read(register(tmp_path / "r.zip", member([text])))

    assert findings(records) == [(Reason.UNKNOWN_KIND, 1)]


@pytest.mark.parametrize("code", ["", "7", "МСК"])
def test_region_code_of_another_form_is_kept_as_unmapped(tmp_path: Path, code: str) -> None:
    (entry,) = read(register(tmp_path / "r.zip", member([replace(invented(1), region_code=code)])))

    assert isinstance(entry, Entry)
    assert entry.region_code == ""


BREAKS = [
    ('<Документ ИдДок="1" ИдДок="2"/>', Reason.BROKEN_XML),
    ("<Документ ИдДок=1></Документ>", Reason.BROKEN_XML),
    ('<Документ ВидСубМСП="1"><СведМН></Документ>', Reason.BROKEN_XML),
    ('<Документ ВидСубМСП="1"><ОргВклМСП НаимОрг="a < b"/></Документ>', Reason.BROKEN_XML),
    ('<Документ ВидСубМСП="1"><ОргВклМСП НаимОрг="&nbsp;"/></Документ>', Reason.BROKEN_XML),
    ('<Документ ВидСубМСП="1">', Reason.UNCLOSED),
    ("</Документ>", Reason.BROKEN_XML),
    ("\x01", Reason.BROKEN_XML),
]


@pytest.mark.parametrize("encoding", ["UTF-8", "windows-1251"])
@pytest.mark.parametrize(("text", "reason"), BREAKS)
def test_broken_xml_costs_only_the_broken_entry(
    tmp_path: Path, text: str, reason: Reason, encoding: str
) -> None:
    before, behind = many(40), many(40, start=100)
    path = register(tmp_path / "r.zip", member([*before, text, *behind], encoding=encoding))

    records = read(path)

    assert identifiers(records) == [entry.identifier for entry in before + behind]
    assert findings(records) == [(reason, 41)]


@pytest.mark.parametrize("text", [text for text, _reason in BREAKS])
def test_break_in_the_last_entry_is_no_damage_of_the_whole_member(tmp_path: Path, text: str) -> None:
    records = read(register(tmp_path / "r.zip", member([*many(3), text])))

    assert len(identifiers(records)) == 3
    assert [number for _reason, number in findings(records)] == [4]


def test_offset_points_at_the_broken_entry(tmp_path: Path) -> None:
    content = member([invented(1), "<Документ><a></Документ>", invented(2)])

    records = read(register(tmp_path / "r.zip", content))

    assert isinstance(records[1], Malformed)
    assert content[records[1].place.offset :].startswith("<Документ><a>".encode())
    assert content[records[2].place.offset :].startswith(invented(2).xml().encode())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(at=501, damage=b"<!--")
@given(st.integers(0, 40_000), st.sampled_from([b"<", b">", b"\x00", b"&", b'"', b"</", b"<!--", b"]]>"]))
def test_damage_anywhere_never_loses_more_than_it_touches(at: int, damage: bytes) -> None:
    content = member(many(60))
    at = 300 + at % (len(content) - 310)
    parser = members.MemberParser(0, "damaged.xml")

    records: list[Record] = []
    damaged = content[:at] + damage + content[at + len(damage) :]
    for start in range(0, len(damaged), 1000):
        records += parser.feed(damaged[start : start + 1000])
    records += parser.close()

    entries = [record for record in records if isinstance(record, Entry)]
    lost = {entry.identifier for entry in many(60)} - {entry.identifier for entry in entries}
    assert len(lost) <= 2
    assert len(lost) == 0 or any(isinstance(record, Malformed) for record in records)
    assert len({entry.identifier for entry in entries}) == len(entries)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_pieces_of_any_size_give_the_same_records(size: int) -> None:
    content = member([*many(5), "<Документ><a></Документ>", *many(5, start=20)], encoding="windows-1251")

    whole = members.MemberParser(0, "m")
    expected = whole.feed(content) + whole.close()
    parser = members.MemberParser(0, "m")
    records = [
        record for at in range(0, len(content), size) for record in parser.feed(content[at : at + size])
    ]
    records += parser.close()

    assert records == expected
    assert len(records) == 11


def test_cut_off_member_tells_the_cut_entry_and_the_missing_rest(tmp_path: Path) -> None:
    content = member(many(10))
    cut = content[: content.rindex("<СведМН".encode())]

    records = read(register(tmp_path / "r.zip", cut, member(many(2, start=50))))

    assert findings(records) == [(Reason.CUT_OFF, 10), (Reason.DAMAGED, 11)]
    assert len(identifiers(records)) == 11


def test_declared_count_that_differs_is_a_finding(tmp_path: Path) -> None:
    records = read(register(tmp_path / "r.zip", member(many(3), declared=4)))

    (finding,) = [record for record in records if isinstance(record, Malformed)]
    assert (finding.reason, finding.detail, finding.is_entry) == (
        Reason.COUNT_DIFFERS,
        "4 declared, 3 read",
        False,
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.NOT_A_REGISTER),
        (b"plain text", Reason.NOT_A_REGISTER),
        (b"<html></html>", Reason.NOT_A_REGISTER),
        (member(many(1), kind="ОТКРДАННЫЕ3"), Reason.NOT_A_REGISTER),
        (member(many(1), version="5.01"), Reason.FORM_VERSION),
        (b'<?xml version="1.0" encoding="koi8-r"?><a/>', Reason.ENCODING),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', Reason.DOCUMENT_TYPE),
    ],
)
def test_member_that_is_no_register_is_refused_and_the_next_is_read(
    tmp_path: Path, content: bytes, reason: Reason
) -> None:
    records = read(register(tmp_path / "r.zip", content, member(many(2))))

    assert findings(records) == [(reason, 1)]
    assert len(identifiers(records)) == 2


def test_entity_expansion_is_refused_before_it_expands(tmp_path: Path) -> None:
    bomb = (
        '<!DOCTYPE a [<!ENTITY a "ха"><!ENTITY b "' + "&a;" * 1000 + '"><!ENTITY c "' + "&b;" * 1000 + '">]>'
    )
    content = member(many(1)).decode().replace("<Файл", bomb + "<Файл").replace("ЯНТАРЬ", "&c;").encode()

    records = read(register(tmp_path / "r.zip", content))

    assert findings(records) == [(Reason.DOCUMENT_TYPE, 1)]


def test_member_of_another_kind_is_told(tmp_path: Path) -> None:
    path = register(tmp_path / "r.zip", member(many(2)))
    with zipfile.ZipFile(path, "a") as added:
        added.writestr("readme.txt", "hello")
        added.writestr("folder/", "")

    assert findings(read(path)) == [(Reason.NOT_XML, 1)]


def test_member_compressed_beyond_reason_is_not_unpacked(tmp_path: Path) -> None:
    path = register(tmp_path / "r.zip", b" " * 5_000_000, member(many(2)))

    records = read(path)

    assert findings(records) == [(Reason.COMPRESSION, 1)]
    assert len(identifiers(records)) == 2


def test_method_that_is_not_deflate_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("a.xml", member(many(2)))

    assert findings(read(path)) == [(Reason.COMPRESSION, 1)]


def test_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = register(tmp_path / "r.zip", member(many(2)))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    assert findings(read(path)) == [(Reason.ENCRYPTED, 1)]


def test_damaged_bytes_end_the_member_with_a_finding(tmp_path: Path) -> None:
    path = register(tmp_path / "r.zip", member(many(5000)))
    content = bytearray(path.read_bytes())
    content[-len(content) // 8] ^= 0xFF
    path.write_bytes(content)

    records = read(path)

    assert findings(records)[-1][0] is Reason.DAMAGED
    assert len(identifiers(records)) > 1000


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"<xml/>"])
def test_file_that_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.zip"
    path.write_bytes(content)

    with pytest.raises(BadArchive):
        RegisterFile(path)


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    path = register(tmp_path / "r.zip", member(many(200)))
    content = path.read_bytes()
    at = content.index(b"PK\x01\x02")
    entry, end = (
        content[at : content.index(b"PK\x05\x06")],
        bytearray(content[content.index(b"PK\x05\x06") :]),
    )
    end[8:10] = end[10:12] = (40).to_bytes(2, "little")
    end[12:16] = (len(entry) * 40).to_bytes(4, "little")
    path.write_bytes(content[:at] + entry * 40 + bytes(end))

    with pytest.raises(BadArchive, match="overlap"):
        RegisterFile(path)


def test_limits_on_the_whole_file_refuse_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = register(tmp_path / "r.zip", member(many(1)), member(many(1)))

    monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
    with pytest.raises(BadArchive, match="2 members"):
        RegisterFile(path)
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    monkeypatch.setattr(archive, "MAX_UNPACKED", 100)
    with pytest.raises(BadArchive, match="unpacks"):
        RegisterFile(path)


@pytest.mark.parametrize(
    "text",
    [
        "<Документ>" + "<a/>" * 400_000 + "</Документ>",
        '<Документ a="' + "x" * 1_500_000 + '"/>',
        "<!--" + "x" * 1_500_000 + "-->",
    ],
    ids=["entry", "attribute", "comment"],
)
def test_part_larger_than_an_entry_can_be_is_given_up(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(members, "MAX_ENTRY", 1_000_000)
    parser = members.MemberParser(0, "m")

    content = member([invented(1), text, invented(2)])
    records = [
        record for at in range(0, len(content), 65536) for record in parser.feed(content[at : at + 65536])
    ]
    records += parser.close()

    assert findings(records)[0] == (Reason.TOO_LARGE, 2)
    assert identifiers(records) == [invented(1).identifier, invented(2).identifier]


def test_depth_names_and_breaks_are_bounded() -> None:
    deep = members.MemberParser(0, "m")
    records = deep.feed(member([invented(1), "<Документ>" + "<a>" * 30, invented(2)])) + deep.close()
    assert findings(records)[0] == (Reason.BROKEN_XML, 2)
    assert identifiers(records) == [invented(1).identifier, invented(2).identifier]

    names = members.MemberParser(0, "m")
    with pytest.raises(archive.RefusedMember, match="names"):
        names.feed(member([f"<n{number}/>" for number in range(6000)]))

    breaks = members.MemberParser(0, "m")
    with pytest.raises(archive.RefusedMember, match="breaks"):
        breaks.feed(member(["<Документ>"] * 10_002))


def test_resuming_gives_exactly_the_rest(tmp_path: Path) -> None:
    broken = "<Документ><a></Документ>"
    path = register(tmp_path / "r.zip", member([*many(10), broken]), b"<html/>", member(many(10, start=50)))
    everything = read(path)

    for done in range(len(everything)):
        last = everything[done].place
        assert read(path, after=(last.member, last.number)) == everything[done + 1 :]


def test_progress_ends_at_the_total(tmp_path: Path) -> None:
    path = register(tmp_path / "r.zip", member(many(300)), b"<html/>" + b" " * 3000, member(many(5)))

    with RegisterFile(path) as file:
        seen = [file.bytes_read for _ in file.records()]
        assert seen == sorted(seen)
        assert file.bytes_read == file.bytes_total > 0


def test_memory_stays_small_for_one_huge_member(tmp_path: Path) -> None:
    path = huge_register(tmp_path / "huge.zip", 20_000)
    count = 0

    with RegisterFile(path) as file:
        tracemalloc.start()
        for _ in file.records():
            count += 1
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert file.bytes_total > 15_000_000

    assert count == 20_000
    assert peak < 4_000_000


def test_company_without_registration_number_and_place_is_read(tmp_path: Path) -> None:
    bare = replace(invented(1), registration="", activity="", others=())
    text = bare.xml().replace("<Регион", "<Иное").replace("<Город", "<Иное")

    (entry,) = read(register(tmp_path / "r.zip", member([text], version="4.01")))

    assert isinstance(entry, Entry)
    assert (entry.registration, entry.region, entry.town, entry.activity) == ("", "", "", "")
