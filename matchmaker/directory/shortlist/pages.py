"""What the pages of the shortlist show; each field by what the reader may see of the firm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import pgettext

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.core.sheets_out import Cell
from matchmaker.directory import queries as directory
from matchmaker.directory.listings import OwnNeeds, Reader, Row, row_of
from matchmaker.directory.page import firm_addresses
from matchmaker.directory.profile import Good, ProfilePage, profile_page
from matchmaker.directory.shortlist import queries
from matchmaker.directory.shortlist.models import ShortlistEntry
from matchmaker.directory.shortlist.rules import MOST_COMPARED
from matchmaker.firms import queries as firms
from matchmaker.firms.rules import may_see
from matchmaker.matching.lists import scores


@dataclass(frozen=True, slots=True)
class Listed:
    """A firm on the list; `row` is None for one that has left the directory."""

    entry: ShortlistEntry
    row: Row | None


def listed(actor: Actor) -> list[Listed]:
    """The list of the actor's firm with what the reader may see of each firm."""
    own_id = actor.firm_id or 0
    kept = queries.entries(own_id)
    found = directory.listed([entry.other_id for entry in kept])
    fits = scores(own_id, found.keys()) if found else {}
    matches = directory.living_matches(own_id, found.keys())
    reader, addresses = Reader(actor, language(), clock.today(), OwnNeeds(), matches), firm_addresses()
    return [
        Listed(
            entry,
            row_of(found[entry.other_id], reader, addresses, fits.get(entry.other_id))
            if entry.other_id in found
            else None,
        )
        for entry in kept
    ]


def sheet(rows: Iterable[Listed]) -> tuple[list[str], list[list[Cell]]]:
    """The list as a table with its head, for a spreadsheet."""
    head = [
        _("Firm"),
        _("Region"),
        pgettext("headcount", "People"),
        _("Offers"),
        _("Looks for"),
        _("Certificates and languages"),
        _("Fit"),
        pgettext("shortlist", "Note"),
    ]
    return head, [_cells(item.row, item.entry.note) for item in rows if item.row is not None]


def _cells(row: Row, note: str) -> list[Cell]:
    return [
        row.name.text,
        row.place,
        row.headcount,
        " · ".join(row.offers),
        " · ".join(row.seeks),
        ", ".join(tag.text for tag in row.tags),
        row.fit,
        note,
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison: what it is about, and what each firm has, in short texts."""

    label: str
    values: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Firms side by side."""

    pages: Sequence[ProfilePage]
    lines: Sequence[Line]


def comparison(actor: Actor, asked: Sequence[int]) -> Comparison:
    """The firms that the address names, at most MOST_COMPARED of those that the reader may see, in its order."""
    numbers = list(dict.fromkeys(asked))
    found = firms.firms(numbers[: 2 * MOST_COMPARED])
    seen = [found[number] for number in numbers if number in found and may_see(actor, found[number])]
    pages = [profile_page(actor, firm) for firm in seen[:MOST_COMPARED]]
    notes = {entry.other_id: entry.note for entry in queries.entries(actor.firm_id or 0)}
    return Comparison(pages, _lines(pages, [notes.get(page.firm.id, "") for page in pages]))


def _lines(pages: Sequence[ProfilePage], notes: Sequence[str]) -> list[Line]:
    lines = [
        Line(_("Fit with your firm"), [_fit(page) for page in pages]),
        Line(_("Why"), [[one.text for one in page.fit.highlights] if page.fit else [] for page in pages]),
        Line(_("Region"), [[page.place] for page in pages]),
        Line(pgettext("headcount", "People"), [_people(page) for page in pages]),
        Line(_("Offers"), [[_good(good) for good in page.offers] for page in pages]),
        Line(_("Looks for"), [[_good(good) for good in page.seeks] for page in pages]),
        Line(_("Certificates"), [[item.name for item in page.certificates] for page in pages]),
        Line(_("Languages"), [[page.languages] for page in pages]),
        Line(_("Kinds of partnership"), [page.partnerships for page in pages]),
        Line(_("Sectors"), [page.sectors for page in pages]),
        Line(_("Exports to"), [page.exports for page in pages]),
        Line(_("Your note"), [[note] for note in notes]),
    ]
    return [line for line in lines if any(text for texts in line.values for text in texts)]


def _fit(page: ProfilePage) -> list[str]:
    return [_("%(score)s of 100", score=page.fit.total)] if page.fit else []


def _people(page: ProfilePage) -> list[str]:
    return [str(page.firm.headcount)] if page.shows("size") and page.firm.headcount else []


def _good(good: Good) -> str:
    text = f"{good.name} (HS {good.code})"
    return f"{text}, {good.amount}" if good.amount else text
