"""An institution's own list of its memorandums: columns recognised by heading, every row checked, all written or none.

One row is one memorandum between the importer's institution and one partner. Institutions are found by short name and
country, else made; a number that the registry has already is left alone, so that a list can be read again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.engines.text.folding import fold
from matchmaker.firms.registers.sheets import SheetRow, open_sheet
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution
from matchmaker.mous.enums import Renewal, ScopeArea
from matchmaker.mous.models import Mou, MouArea, MouParty
from matchmaker.mous.wording import AREA_LABELS
from matchmaker.reference import countries

LIMIT: Final = 6000
"""Rows of one list; more is refused so that a request stays short."""
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("number", "no", "numara", "numarası", "номер"),
    "title": ("title", "başlık", "название"),
    "partner": ("partner", "organisation", "organization", "kuruluş", "kurum", "организация", "партнёр"),
    "country": ("country", "ülke", "страна"),
    "signed": ("signed", "signed on", "imza tarihi", "дата подписания", "подписан"),
    "in_force": ("in force from", "yürürlük tarihi", "действует с"),
    "term": ("term", "term in months", "süre", "süre (ay)", "срок", "срок, месяцев"),
    "areas": ("areas", "scope", "alanlar", "kapsam", "направления"),
}
NEEDED: Final = ("number", "partner", "signed")
DATE_FORMS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S")
YES_INTERNATIONAL: Final = frozenset({"", "-", "–", "international", "uluslararası", "международная"})


@dataclass(slots=True)
class Line:
    """One row of the list: what it says and what is wrong with it."""

    row: int
    number: str = ""
    title: str = ""
    partner: str = ""
    country: str | None = None
    signed_on: date | None = None
    in_force_from: date | None = None
    term_months: int | None = None
    areas: tuple[ScopeArea, ...] = ()
    known: bool = False
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the dry run found."""

    lines: list[Line]
    missing: tuple[str, ...] = ()

    @property
    def wrong(self) -> list[Line]:
        """The rows with errors; while there is one nothing is written."""
        return [line for line in self.lines if line.errors]

    @property
    def fresh(self) -> list[Line]:
        """The rows that would be written."""
        return [line for line in self.lines if not line.errors and not line.known]

    @property
    def known(self) -> list[Line]:
        """The rows whose number the registry has already."""
        return [line for line in self.lines if line.known]


_BY_HEADING: Final = {fold(text): name for name, texts in HEADINGS.items() for text in texts}


def _score(cells: tuple[str, ...]) -> int:
    return sum(fold(cell) in _BY_HEADING for cell in cells)


def read(path: Path) -> Reading:
    """Read and check a list without writing anything; raises BadSheet for a file that is no table."""
    rows = open_sheet(path, _score).rows
    columns: dict[str, int] = {}
    for row in rows:
        texts = tuple(cell.text for cell in row.cells)
        columns = {_BY_HEADING[fold(text)]: at for at, text in enumerate(texts) if fold(text) in _BY_HEADING}
        if len(columns) >= 2:
            break
    missing = tuple(name for name in NEEDED if name not in columns)
    if missing:
        return Reading([], missing)
    taken = set(db.session.scalars(select(Mou.number)))
    lines: list[Line] = []
    for line in _lines(rows, columns):
        line.known = line.number in taken
        if any(line.number == other.number for other in lines[-LIMIT:] if line.number) and not line.known:
            line.errors.append(_("This number stands twice in the list."))
        lines.append(line)
        if len(lines) > LIMIT:
            line.errors.append(_("A list has at most %(n)s rows.", n=LIMIT))
            break
    return Reading(lines)


def _lines(rows: Iterator[SheetRow], columns: Mapping[str, int]) -> Iterator[Line]:
    for row in rows:
        if row.broken:
            yield Line(row.number, errors=[_("The quotation marks of this row do not match.")])
            continue
        cells = {name: row.cells[at].text.strip() for name, at in columns.items() if at < len(row.cells)}
        if any(cells.values()):
            yield _line(row.number, cells)


def _line(number: int, cells: Mapping[str, str]) -> Line:
    line = Line(number, number=cells.get("number", "")[:40], partner=cells.get("partner", "")[:200])
    line.title = cells.get("title", "")[:200]
    if not line.number:
        line.errors.append(_("The number is missing."))
    if not line.partner:
        line.errors.append(_("The organisation is missing."))
    line.country = _country(cells.get("country", ""), line.errors)
    line.signed_on = _day(cells.get("signed", ""), line.errors)
    if line.signed_on is None and not line.errors:
        line.errors.append(_("The day of the signature is missing."))
    line.in_force_from = _day(cells.get("in_force", ""), line.errors)
    line.term_months = _months(cells.get("term", ""), line.errors)
    line.areas = _areas(cells.get("areas", ""), line.errors)
    return line


def _country(text: str, errors: list[str]) -> str | None:
    if fold(text) in {fold(word) for word in YES_INTERNATIONAL}:
        return None
    if countries.exists(text.upper()):
        return text.upper()
    for language in ("en", "tr", "ru"):
        for code, name in countries.names(language).items():
            if fold(name) == fold(text):
                return code
    errors.append(_("The country “%(text)s” is not known. Write its name or its two letters.", text=text))
    return None


def _day(text: str, errors: list[str]) -> date | None:
    if not text:
        return None
    for form in DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    errors.append(_("“%(text)s” is no date. Write 4.10.2021 or 2021-10-04.", text=text))
    return None


def _months(text: str, errors: list[str]) -> int | None:
    if not text:
        return None
    if text.isdecimal() and len(text) < 4 and 1 <= int(text) <= 600:
        return int(text)
    errors.append(_("“%(text)s” is no number of months.", text=text))
    return None


def _areas(text: str, errors: list[str]) -> tuple[ScopeArea, ...]:
    known = {fold(area.value.replace("_", " ")): area for area in ScopeArea}
    known |= {fold(str(label)): area for area, label in AREA_LABELS.items()}
    found = []
    for part in (item.strip() for item in text.replace(";", ",").split(",")):
        if not part:
            continue
        area = known.get(fold(part.replace("_", " ")))
        if area is None:
            errors.append(_("The area “%(text)s” is not known.", text=part))
        else:
            found.append(area)
    return tuple(dict.fromkeys(found))


def apply(actor: Actor, own: Institution, reading: Reading) -> int:
    """Write every fresh row, with the importer's institution as first party; answers how many.

    The caller has made sure that no row is wrong; the same list again writes nothing.
    """
    institutions = _institutions(reading.fresh)
    for line in reading.fresh:
        partner = institutions[line.partner, line.country]
        title = line.title or f"{own.short_name} – {line.partner}"
        mou = Mou(
            number=line.number,
            title_tr=title,
            title_ru=title,
            title_en=title,
            signed_on=line.signed_on,
            in_force_from=line.in_force_from,
            term_months=line.term_months,
            renewal=Renewal.UNKNOWN,
            parties=[MouParty(institution_id=own.id), MouParty(institution_id=partner.id, position=1)],
            areas=[MouArea(area=area) for area in line.areas],
        )
        db.session.add(mou)
    db.session.flush()
    audit.record(actor, "import", "mou", None, after={"institution": own.id, "rows": len(reading.fresh)})
    return len(reading.fresh)


def _institutions(lines: list[Line]) -> dict[tuple[str, str | None], Institution]:
    found: dict[tuple[str, str | None], Institution] = {}
    for row in db.session.scalars(select(Institution).order_by(Institution.id.desc())):
        found[row.short_name, row.country] = row
    taken = {row.code for row in found.values()}
    for line in lines:
        key = (line.partner, line.country)
        if key not in found:
            found[key] = _new(line.partner, line.country, taken)
    db.session.flush()
    return found


def _new(name: str, country: str | None, taken: set[str]) -> Institution:
    base = f"{country or 'INT'}-{fold(name).replace(' ', '-')[:28]}"
    code, place = base, 1
    while code in taken:
        place += 1
        code = f"{base}-{place}"
    taken.add(code)
    kind = InstitutionKind.SME_AGENCY if country else InstitutionKind.INTERNATIONAL
    names: dict[str, Any] = dict.fromkeys(
        ("name_original", "name_tr", "name_ru", "name_en", "short_name"), name
    )
    made = Institution(code=code, kind=kind, country=country, **names)
    db.session.add(made)
    return made
