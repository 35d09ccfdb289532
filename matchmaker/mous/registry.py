"""Reads the whole registry at once: three plain statements, kept in the process while nothing of it has changed.

What it was read from is counted and its last change asked for on each request, so that a change shows at once in every
process; building 5,000 entries anew takes about a quarter of a second, asking takes a few milliseconds.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, func, or_, select

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
    published = or_(Mou.signed_on.is_not(None), Mou.announced_on.is_not(None))
    parties = _parties(published, language)
    areas = _areas(published)
    found = []
    for row in db.session.execute(_records(published, language)):
        dated = cast("Mou", row)
        own = tuple(parties.get(row.id, ())) or (NOBODY,)
        abroad = (own[1:] or own)[0]
        found.append(
            Entry(
                id=row.id,
                number=row.number,
                title=row.title or row.title_en,
                parties=own,
                areas=areas.get(row.id, frozenset()),
                begun=row.signed_on or row.announced_on,
                status=rules.status(dated, today),
                last_day=rules.last_day(dated, today),
                sample=row.sample,
                quiet=row.id not in busy,
                region=world_regions.of_country(abroad.country),
            )
        )
    return tuple(sorted(found, key=lambda entry: (entry.begun, entry.id), reverse=True))


def _areas(published: ColumnElement[bool]) -> dict[int, frozenset[ScopeArea]]:
    found: dict[int, set[ScopeArea]] = {}
    rows = select(MouArea.mou_id, MouArea.area).join(Mou, Mou.id == MouArea.mou_id).where(published)
    for number, area in db.session.execute(rows):
        found.setdefault(number, set()).add(area)
    return {number: frozenset(named) for number, named in found.items()}


def _records(published: ColumnElement[bool], language: str) -> Select[Any]:
    """The columns that the rules of dates look at, by the names that they have on a memorandum."""
    title = getattr(Mou, f"title_{language}")
    dates = (Mou.signed_on, Mou.announced_on, Mou.in_force_from, Mou.ended_on)
    term = (Mou.term_months, Mou.renewal, Mou.renewal_months)
    return select(Mou.id, Mou.number, title.label("title"), Mou.title_en, Mou.sample, *dates, *term).where(
        published
    )


def _parties(published: ColumnElement[bool], language: str) -> dict[int, list[PartyName]]:
    name = getattr(Institution, f"name_{language}")
    rows = db.session.execute(
        select(
            MouParty.mou_id,
            Institution.id,
            Institution.short_name,
            name,
            Institution.name_en,
            Institution.country,
        )
        .join(Institution, Institution.id == MouParty.institution_id)
        .join(Mou, Mou.id == MouParty.mou_id)
        .where(published)
        .order_by(MouParty.mou_id, MouParty.position)
    )
    found: dict[int, list[PartyName]] = {}
    for number, own, short, shown, english, country in rows:
        found.setdefault(number, []).append(PartyName(own, short, shown or english, country))
    return found
