"""Invented register files of the official form: every firm, person and number is made up, check digits are right."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.sax.saxutils import quoteattr

from stdnum.ru import inn

STEMS = ("ЯНТАРЬ", "БЕРЕГ", "КЕДР", "РОДНИК", "ПАРУС", "ВЕКТОР", "ГРАНИТ", "ОРИОН", "ЛАДОГА", "СОКОЛ")
SURNAMES = ("ВЫМЫСЛОВ", "ПРИДУМКИН", "НЕБЫВАЛОВ", "СКАЗОЧНИКОВ", "ВООБРАЖАЕВ")
CODES = ("10.71", "13.92", "25.62", "28.93", "46.73.1", "62.01", "01.11", "31.09")
REGIONS = ("77", "78", "66", "16", "94")


def company_inn(serial: int, region: str = "77") -> str:
    """A ten-digit INN with its check digit."""
    stem = f"{region}{serial:07d}"
    return stem + inn.calc_company_check_digit(stem)


def trader_inn(serial: int, region: str = "77") -> str:
    """A twelve-digit INN with its check digits."""
    stem = f"{region}{serial:08d}"
    return stem + inn.calc_personal_check_digits(stem)


def ogrn(serial: int) -> str:
    """An OGRN of a company."""
    stem = f"12377{serial:07d}"
    return stem + str(int(stem) % 11 % 10)


def ogrnip(serial: int) -> str:
    """An OGRNIP of a sole trader."""
    stem = f"32377{serial:09d}"
    return stem + str(int(stem) % 13 % 10)


@dataclass(frozen=True)
class Invented:
    """One entry to write; empty attributes are left out of the XML."""

    kind: str = "1"
    category: str = "1"
    identifier: str = field(default_factory=lambda: company_inn(1))
    registration: str = ""
    name: str = 'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ЯНТАРЬ 1"'
    short_name: str = 'ООО "ЯНТАРЬ 1"'
    person: tuple[str, str, str] = ("", "", "")
    region_code: str = "77"
    town: str = "МОСКВА"
    activity: str = "10.71"
    others: tuple[str, ...] = ()
    listed_on: str = "10.08.2018"
    state_on: str = "10.02.2019"
    extra: str = ""

    def xml(self) -> str:
        """The Документ element."""
        head = _attributes(
            ИдДок="00000000-0000-0000-0000-000000000000",
            ДатаСост=self.state_on,
            ДатаВклМСП=self.listed_on,
            ВидСубМСП=self.kind,
            КатСубМСП=self.category,
            ПризНовМСП="2",
        )
        return f"<Документ{head}>{self._subject()}{self._seat()}{self._activities()}{self.extra}</Документ>"

    def _subject(self) -> str:
        if self.kind == "2":
            surname, given, father = self.person
            who = f"<ФИОИП{_attributes(Фамилия=surname, Имя=given, Отчество=father)}/>"
            return f"<ИПВклМСП{_attributes(ИННФЛ=self.identifier, ОГРНИП=self.registration)}>{who}</ИПВклМСП>"
        numbers = _attributes(
            НаимОрг=self.name, НаимОргСокр=self.short_name, ИННЮЛ=self.identifier, ОГРН=self.registration
        )
        return f"<ОргВклМСП{numbers}/>"

    def _seat(self) -> str:
        region, town = _attributes(Тип="ГОРОД", Наим="ОБЛАСТЬ"), _attributes(Тип="ГОРОД", Наим=self.town)
        return f"<СведМН{_attributes(КодРегион=self.region_code)}><Регион{region}/><Город{town}/></СведМН>"

    def _activities(self) -> str:
        if not self.activity:
            return ""
        more = "".join(
            f"<СвОКВЭДДоп{_attributes(КодОКВЭД=code, НаимОКВЭД='Прочее')}/>" for code in self.others
        )
        main = _attributes(КодОКВЭД=self.activity, НаимОКВЭД="Производство", ВерсОКВЭД="2014")
        return f"<СвОКВЭД><СвОКВЭДОсн{main}/>{more}</СвОКВЭД>"


def _attributes(**values: str) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)


def invented(serial: int) -> Invented:
    """The entry of this serial number: every third a sole trader, regions and activities in turn."""
    region = REGIONS[serial % len(REGIONS)]
    entry = Invented(
        category=str(1 + serial % 7 // 5),
        region_code=region,
        activity=CODES[serial % len(CODES)],
        others=CODES[: serial % 5],
    )
    if serial % 3 == 0:
        person = (SURNAMES[serial % len(SURNAMES)], "ИВАН", "ПЕТРОВИЧ")
        return replace(
            entry, kind="2", identifier=trader_inn(serial, region), registration=ogrnip(serial), person=person
        )
    stem = f"{STEMS[serial % len(STEMS)]} {serial}"
    return replace(
        entry,
        identifier=company_inn(serial, region),
        registration=ogrn(serial),
        name=f'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "{stem}"',
        short_name=f'ООО "{stem}"',
    )


def many(count: int, start: int = 1) -> list[Invented]:
    """So many different entries."""
    return [invented(serial) for serial in range(start, start + count)]


def member(
    entries: Iterable[Invented | str],
    *,
    version: str = "4.04",
    encoding: str = "UTF-8",
    kind: str = "РЕЕСТРМСП",
    declared: int | None = None,
) -> bytes:
    """One XML member; a text instead of an entry is written as it is."""
    parts = [entry if isinstance(entry, str) else entry.xml() for entry in entries]
    count = len(parts) if declared is None else declared
    head = f'<?xml version="1.0" encoding="{encoding}"?><Файл ИдФайл="X" ВерсФорм="{version}" ТипИнф="{kind}"'
    opening = f'{head} КолДок="{count}"><ИдОтпр><ФИООтв Фамилия="-" Имя="-"/></ИдОтпр>'
    return (opening + "".join(parts) + "</Файл>").encode(encoding)


def register(path: Path, *members: bytes) -> Path:
    """A zip of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(members):
            archive.writestr(f"VO_RRMSPSV_0000_9965_20230511_{number:04d}.xml", content)
    return path


def huge_register(path: Path, entries: int) -> Path:
    """A zip of one member with so many entries, written as a stream."""

    def chunks() -> Iterator[bytes]:
        yield f'<?xml version="1.0"?><Файл ВерсФорм="4.04" ТипИнф="РЕЕСТРМСП" КолДок="{entries}">'.encode()
        for serial in range(1, entries + 1):
            yield invented(serial).xml().encode()
        yield "</Файл>".encode()

    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("huge.xml", "w", force_zip64=True) as out,
    ):
        for chunk in chunks():
            out.write(chunk)
    return path
