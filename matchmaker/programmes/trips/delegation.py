"""The list of the delegation: names as in the passport beside the original script, for named officers only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.i18n import language, show_date
from matchmaker.core.pdf import render_pdf
from matchmaker.core.sheets_out import Cell, csv_text, xlsx
from matchmaker.firms.names import reader_name
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips import frame_queries, paper_queries, travel_secrets
from matchmaker.reference import countries

WIDTHS = (3, 20, 18, 20, 10, 10, 10, 10)


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the list; without a passport the name in the passport and what follows are empty."""

    number: int
    passport_name: str
    original_name: str
    firm: str
    nationality: str
    passport_number: str
    expires_on: date | None
    born_on: date | None


def members(programme: Programme) -> list[Member]:
    """The delegates who travel, by arrival of their firm."""
    people = frame_queries.delegates(programme.id)
    papers = paper_queries.papers_of([one.id for one in people])
    found = []
    for number, one in enumerate(people, start=1):
        kept = papers.get(one.id)
        passport = travel_secrets.open_passport(kept.passport_locked) if kept else None
        found.append(
            Member(
                number,
                passport.name if passport else "",
                one.name,
                reader_name(one.sign_up.firm) if one.sign_up.firm else "",
                countries.label(passport.nationality, language()) if passport else "",
                passport.number if passport else "",
                passport.expires_on if passport else None,
                passport.born_on if passport else None,
            )
        )
    return found


def columns() -> list[str]:
    """The heads of the list."""
    return [
        _("No."),
        _("Name as in the passport"),
        _("In the original script"),
        _("Firm"),
        _("Nationality"),
        _("Passport number"),
        _("Valid until"),
        _("Date of birth"),
    ]


def as_sheet(programme: Programme, travellers: Sequence[Member], kind: str) -> bytes:
    """The list as xlsx or csv."""
    rows = [_row(one) for one in travellers]
    if kind == "csv":
        return csv_text(columns(), rows, language=language(), zone=programme.zone)
    return xlsx(_("Delegation"), columns(), rows, zone=programme.zone)


def as_pdf(programme: Programme, travellers: Sequence[Member]) -> bytes:
    """The list as a paper."""
    title = _("Delegation")
    rows = [[_text(value) for value in _row(one)] for one in travellers]
    about = [
        {"term": _("Trip"), "value": programme.title(language())},
        {"term": _("When"), "value": f"{show_date(programme.first_day)} – {show_date(programme.last_day)}"},
    ]
    data = {
        "heading": title,
        "about": about,
        "columns": columns(),
        "widths": list(WIDTHS),
        "rows": rows,
    }
    return render_pdf("list", data, language(), title=title, made_at=clock.now())


def _row(one: Member) -> Sequence[Cell]:
    return (
        one.number,
        one.passport_name,
        one.original_name,
        one.firm,
        one.nationality,
        one.passport_number,
        one.expires_on,
        one.born_on,
    )


def _text(value: Cell) -> str:
    if isinstance(value, date):
        return show_date(value, "short")
    return "" if value is None else str(value)
