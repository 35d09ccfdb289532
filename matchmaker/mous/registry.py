"""Reads the whole registry at once: three plain statements, kept in the process while nothing of it has changed.

What it was read from is counted and its last change asked for on each request, so that a change shows at once in every
process; building 5,000 entries anew takes a tenth of a second, asking takes a few milliseconds.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, NamedTuple, cast

from sqlalchemy import Select, case, func, or_, select

from matchmaker.core.db import Entity, db
from matchmaker.institutions.models import Institution
from matchmaker.mous import rules
from matchmaker.mous.enums import MouStatus, ScopeArea
from matchmaker.mous.figures import active_since
from matchmaker.mous.models import Mou, MouArea, MouParty
from matchmaker.reference import world_regions

QUIET_DAYS = 365
LONGEST_LABEL = 45


class PartyName(NamedTuple):
    """A party as the registry shows it."""

    id: int
    short_name: str
    name: str
    country: str | None

    @property
    def label(self) -> str:
        """The name in the reader's language where a line has room for it, else the short one."""
        return self.name if len(self.name) <= LONGEST_LABEL else self.short_name


NOBODY: Final = PartyName(0, "–", "–", None)
"""Stands for the parties of a memorandum that has none yet."""


class Entry(NamedTuple):
    """One memorandum of the registry; `quiet` means nothing was counted under it for a year.

    `region` is the one it is counted in, that of the first other party.
    """

    id: int
    number: str
    title: str
    parties: tuple[PartyName, ...]
    areas: frozenset[ScopeArea]
    begun: date
    status: MouStatus
    last_day: date | None
    sample: bool
    quiet: bool
    region: str

    @property
    def others(self) -> tuple[PartyName, ...]:
        """The parties beside the one that keeps the memorandum, which stands first."""
        return self.parties[1:] or self.parties

    @property
    def regions(self) -> frozenset[str]:
        """The regions of the world that the other parties belong to."""
        return frozenset(world_regions.of_country(party.country) for party in self.others)


_SOURCES: Final = (Mou, MouParty, MouArea, Institution)
_kept: dict[tuple[str, str], tuple[object, tuple[Entry, ...]]] = {}


def entries(language: str, today: date) -> Sequence[Entry]:
    """Every signed or announced memorandum, the newest first."""
    busy = active_since(today - timedelta(days=QUIET_DAYS))
    mark = (today, busy, *(_last_change(model) for model in _SOURCES))
    place = (str(db.engine.url), language)
    if place not in _kept or _kept[place][0] != mark:
        _kept[place] = (mark, _read(language, today, busy))
    return _kept[place][1]


def _last_change(model: type[Entity]) -> tuple[int, object]:
    count, last = db.session.execute(select(func.count(), func.max(model.updated_at))).one()
    return count, last


def _read(language: str, today: date, busy: frozenset[int]) -> tuple[Entry, ...]:
    parties = _parties(language)
    found = []
    for row in db.session.execute(_records(language)):
        own = tuple(parties.get(row.id, ())) or (NOBODY,)
        abroad = (own[1:] or own)[0]
        dated = cast("Mou", row)
        last = rules.last_day(dated, today)
        found.append(
            Entry(
                id=row.id,
                number=row.number,
                title=row.title or row.title_en,
                parties=own,
                areas=_areas_of(row.areas or 0),
                begun=row.signed_on or row.announced_on,
                status=rules.status_by(dated, last, today),
                last_day=last,
                sample=row.sample,
                quiet=row.id not in busy,
                region=world_regions.of_country(abroad.country),
            )
        )
    return tuple(sorted(found, key=lambda entry: (entry.begun, entry.id), reverse=True))


def _records(language: str) -> Select[Any]:
    """The columns that the rules of dates look at, by the names that they have on a memorandum, and its areas as bits.

    Columns of the table instead of attributes of the class: nothing of the object mapper is needed for 5,000 rows.
    """
    of = Mou.__table__.c
    dates = (of.signed_on, of.announced_on, of.in_force_from, of.ended_on)
    term = (of.term_months, of.renewal, of.renewal_months)
    bit = case({area: 1 << place for place, area in enumerate(ScopeArea)}, value=MouArea.area)
    named = select(func.sum(bit)).where(MouArea.mou_id == of.id).scalar_subquery()
    title = of[f"title_{language}"].label("title")
    return select(of.id, of.number, title, of.title_en, of.sample, *dates, *term, named.label("areas")).where(
        or_(of.signed_on.is_not(None), of.announced_on.is_not(None))
    )


@cache
def _areas_of(bits: int) -> frozenset[ScopeArea]:
    return frozenset(area for place, area in enumerate(ScopeArea) if bits & 1 << place)


def _parties(language: str) -> dict[int, list[PartyName]]:
    """The parties of each memorandum in their order; an institution that signed several is one and the same name."""
    body, party = Institution.__table__.c, MouParty.__table__.c
    name = body[f"name_{language}"]
    known = {
        number: PartyName(number, short, shown or english, country)
        for number, short, shown, english, country in db.session.execute(
            select(body.id, body.short_name, name, body.name_en, body.country)
        )
    }
    found: dict[int, list[PartyName]] = {}
    order = select(party.mou_id, party.institution_id).order_by(party.mou_id, party.position)
    for number, institution in db.session.execute(order):
        found.setdefault(number, []).append(known[institution])
    return found
