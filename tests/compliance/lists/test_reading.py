"""Every form of a list file: what is read of it, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from matchmaker.compliance.entries import Entry
from matchmaker.compliance.enums import EntryKind, ListForm
from matchmaker.compliance.lists import reading
from matchmaker.compliance.lists.lines import BadList, Flaw, Line, ListFile, ListProblem, Raw, tidy
from matchmaker.compliance.lists.reading import open_list
from tests.compliance.lists.invented import EU, OFAC, OPENSANCTIONS, OWN, UN


def read(folder: Path, content: bytes | str) -> tuple[ListFile, list[Line]]:
    path = folder / "upload"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    file = open_list(path)
    return file, list(file.lines)


def test_united_nations(tmp_path: Path) -> None:
    file, lines = read(tmp_path, UN)

    assert (file.form, file.published) == (ListForm.UN, date(2026, 9, 12))
    assert lines[0].entry == Entry(
        "XXi.001",
        "IGOR INVENTED",
        ("Игорь Выдуманный", "Igor the Second"),
        ("750123456",),
        "Nowhere",
        EntryKind.PERSON,
        "Ruritania",
        date(2016, 8, 14),
    )
    assert lines[1].entry == Entry(
        "2", "BLACKMERE SHIPPING", ("Blackmere Line",), kind=EntryKind.ENTITY, countries="Ruritania"
    )
    assert lines[2] == Line(14, None, ((Flaw.NO_NAME, "3"),))


def test_european_union(tmp_path: Path) -> None:
    file, (line,) = read(tmp_path, EU)

    assert (file.form, file.published) == (ListForm.EU, date(2026, 7, 31))
    assert line.entry == Entry(
        "EU.0.01",
        "Vexmoor Trading House",
        ("Vexmoor Trade",),
        ("7701234567",),
        "NOW, 2026/1 (OJ L1)",
        EntryKind.ENTITY,
        "RU",
        date(2026, 1, 3),
    )


def test_ofac(tmp_path: Path) -> None:
    file, (line,) = read(tmp_path, OFAC)

    assert (file.form, file.published) == (ListForm.OFAC, date(2026, 8, 7))
    assert line.entry == Entry(
        "100",
        "KURGALSK PRECISION WORKS",
        ("KPW",),
        ("7701234567",),
        "NOWHERE-1, NOWHERE-2",
        EntryKind.ENTITY,
        "Russia",
    )


def test_opensanctions(tmp_path: Path) -> None:
    file, (line,) = read(tmp_path, OPENSANCTIONS)

    assert (file.form, file.published) == (ListForm.OPENSANCTIONS, date(2026, 3, 4))
    assert line.entry == Entry(
        "in-1",
        "Chernograd Metall",
        ("Chernograd", "Zavod; Chernograd"),
        ("7701234567", "1027700000001"),
        "Regulation 1",
        EntryKind.ENTITY,
        "ru, tr",
        date(2026, 1, 2),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_own_table(tmp_path: Path, encoding: str) -> None:
    file, lines = read(tmp_path, OWN.encode(encoding))

    assert file.form is ListForm.OWN
    assert lines[0].entry == Entry(
        "R-1", "Ayşe Uydurma", ("Aysche", "Айше"), ("1",), "demo", EntryKind.PERSON, "TR", date(2026, 5, 31)
    )
    assert lines[1].entry is None
    assert (lines[1].number, Flaw.NO_NAME) == (3, lines[1].flaws[-1][0])
    assert lines[2].entry is not None
    assert lines[2].entry.reference == "R-1 (2)", "each entry has a reference of its own"
    assert lines[2].flaws == ((Flaw.BAD_DATE, "2026-13-01"), (Flaw.REPEATED, "R-1"))


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("ad,ülke\nIşıldak Örgü,Türkiye\n", "windows-1254", "Işıldak Örgü"),
        ("название;страна\nРомашка Торг;Россия\n", "windows-1251", "Ромашка Торг"),
    ],
)
def test_windows_pages(tmp_path: Path, text: str, encoding: str, name: str) -> None:
    file, (line,) = read(tmp_path, text.encode(encoding))
    assert (file.encoding, line.entry and line.entry.name) == (encoding, name)


def test_protected_zeros_are_kept(tmp_path: Path) -> None:
    _file, lines = read(tmp_path, 'name,numbers\nAcme,"=""0123456789"""\n')
    assert lines[0].entry is not None
    assert lines[0].entry.identifiers == ("0123456789",)


def test_an_entry_without_reference_is_known_by_its_name(tmp_path: Path) -> None:
    _file, lines = read(tmp_path, "name\nAcme\n")
    assert lines[0].entry is not None
    assert lines[0].entry.reference == "Acme"


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", ListProblem.EMPTY),
        ("hello", ListProblem.NO_HEADER),
        ("country,date\nTR,2026-01-01\n", ListProblem.NO_NAME),
        ("name,full name\na,b\n", ListProblem.TWICE),
        ("<!DOCTYPE html><html></html>", ListProblem.DOCUMENT_TYPE),
        (f"{LAUGHS}<CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>", ListProblem.DOCUMENT_TYPE),
        (f"{OUTSIDE}<CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>", ListProblem.DOCUMENT_TYPE),
        ("<Sanctions></Sanctions>", ListProblem.UNKNOWN_FORM),
        (UN[: UN.index("</ENTITIES>")], ListProblem.BROKEN_XML),
        (UN.replace("</INDIVIDUALS>", ""), ListProblem.BROKEN_XML),
        (UN.replace("UTF-8", "no-such"), ListProblem.BROKEN_XML),
        ("<CONSOLIDATED_LIST>" + "<a>" * 25 + "</a>" * 25 + "</CONSOLIDATED_LIST>", ListProblem.UNSOUND),
        (b"PK\x03\x04nothing", ListProblem.UNKNOWN_FORM),
        (b"\xd0\xcf\x11\xe0old", ListProblem.OLD_EXCEL),
        (b"\x00\x01\x02", ListProblem.UNKNOWN_FORM),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes | str, problem: ListProblem) -> None:
    with pytest.raises(BadList) as refused:
        read(tmp_path, content)
    assert refused.value.problem is problem


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    with pytest.raises(BadList) as refused:
        read(tmp_path, UN)
    assert refused.value.problem is ListProblem.TOO_LARGE


def test_unreadable_letters_keep_a_line_out(tmp_path: Path) -> None:
    _file, (line,) = read(tmp_path, OPENSANCTIONS.encode().replace(b"Metall", b"Meta\xff"))
    assert line.entry is None
    assert line.flaws[0][0] is Flaw.BAD_CHARACTERS


def test_long_texts_are_cut_with_a_remark() -> None:
    line = tidy(Raw(1, ["x" * 600, "y"], identifiers=[" 1 ", "1", ""]))
    assert line.entry is not None
    assert (len(line.entry.name), line.entry.aliases, line.entry.identifiers) == (500, ("y",), ("1",))
    assert [flaw for flaw, _value in line.flaws] == [Flaw.SHORTENED]
