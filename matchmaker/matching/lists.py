"""The lists that rank all matchable firms, one per application, kept in step with what is committed.

They are read through a connection of their own: what a request has not committed yet may still be rolled back, and must
not stay in lists that all requests share. A change is therefore ranked from the moment of its commit, which for the one
who made it is the next page. Every read brings the lists up to date first; that costs two short statements when nothing
has changed.

Up to IN_MEMORY firms every process makes its lists itself, in a second or two. Above that one process of the machine (the
worker, or index-rebuild) writes them to disk, all map the same files, and each lays over them what has changed since.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, Final

from flask import Flask, current_app
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.engines.fit.index import FitIndex
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.firms.models import FirmCertificate
from matchmaker.matching import exclusions, wishes
from matchmaker.matching.exposure import queries as exposure
from matchmaker.matching.lists_files import ListsBusy, Report, build_kept, kept_name, open_kept
from matchmaker.matching.outbox import Place, PlaceLost, changed_since, present_end
from matchmaker.matching.profiles import count_verified, load_profiles, matchable_ids
from matchmaker.matching.ranking import Lower, Terms, best
from matchmaker.matching.relevance import queries as relevance
from matchmaker.matching.relevance.models import NotRelevant
from matchmaker.matching.relevance.rules import lowered
from matchmaker.matching.weighing.queries import weights_in_use

ReadProfiles = Callable[[Collection[int]], Mapping[int, FitProfile]]

KEY: Final = "tandem-fit"
MOST_CHANGES: Final = 1000
"""Firms laid over the lists before they are built anew."""
MOST_LOWERED: Final = 500
IN_MEMORY: Final = 20_000
"""Up to so many verified firms the lists are made in memory by whoever needs them."""


@dataclass(slots=True)
class FitLists:
    """The lists of one application; `index` is never changed, only replaced, so readers need no lock."""

    lock: Lock = field(default_factory=Lock)
    index: FitIndex | None = None
    place: Place = field(default_factory=Place)
    day: date = date.min
    own: dict[int, FitProfile | None] = field(default_factory=dict)
    effects: dict[int, tuple[object, object, tuple[Any, ...]]] = field(default_factory=dict)
    rebuilds: int = 0
    home: Path = field(default_factory=Path)
    name: str = ""
    capped: tuple[int, frozenset[int]] = (0, frozenset())

    def up_to_date(self, firm_id: int) -> tuple[FitIndex, FitProfile | None]:
        """The lists with everything committed until now, and this firm's own profile when it is in them."""
        with self.lock, Session(db.engine) as session:
            index = self._refreshed(session, clock.today())
            if firm_id not in self.own:
                self.own[firm_id] = next(iter(load_profiles(session, [firm_id], self.day)), None)
            return index, self.own[firm_id]

    def _refreshed(self, session: Session, today: date) -> FitIndex:
        if self.index is None or today < self.day or (self.name and self.name != kept_name(self.home)):
            self._begin(session, today)
        try:
            changed, place = changed_since(session, self.place)
        except PlaceLost:
            return self._renewed(session, today)
        if today != self.day:
            changed |= _changed_by_date(session, self.day, today)
        index = self.index or FitIndex.build([])
        # Lists on disk are replaced by the worker; until then more changes lie over them.
        if not self.name and len(changed) + index.changes > MOST_CHANGES:
            return self._renewed(session, today)
        if changed:
            self._lay_over(session, index, changed, today)
        self.place, self.day = place, today
        return self.index or index

    def _lay_over(self, session: Session, index: FitIndex, changed: frozenset[int], today: date) -> None:
        profiles = load_profiles(session, changed, today)
        gone = changed - {profile.firm_id for profile in profiles}
        self.index = index.updated(profiles, gone)
        for number in changed:
            self.own.pop(number, None)
        if not self.name:
            self.effects = {}

    def _begin(self, session: Session, today: date) -> None:
        """Take the lists from disk, else make them."""
        kept = open_kept(self.home)
        if kept is None or kept.day > today:
            self._renewed(session, today)
            return
        self.index, self.place, self.day, self.name = kept.index, kept.place, kept.day, kept.name
        self.own, self.effects = {}, {}

    def _renewed(self, session: Session, today: date) -> FitIndex:
        """Lists from nothing: in memory where firms are few, else written to disk, by this process if no other does."""
        self.own, self.effects = {}, {}
        self.rebuilds += 1
        if count_verified(session) > IN_MEMORY:
            return self._from_disk(session, today)
        # The place comes first: a firm that changes in between is read again, never missed.
        place = present_end(session)
        index = FitIndex.build(load_profiles(session, matchable_ids(session), today))
        self.index, self.place, self.day, self.name = index, place, today, ""
        return index

    def _from_disk(self, session: Session, today: date) -> FitIndex:
        try:
            build_kept(session, self.home, today)
        except ListsBusy:
            # Nobody waits minutes for another process: until its lists are there, nothing is suggested.
            self.index, self.place, self.day, self.name = None, Place(), today, ""
            return FitIndex.build([])
        kept = open_kept(self.home)
        if kept is None:
            raise RuntimeError("the lists that were just written cannot be read")
        self.index, self.place, self.day, self.name = kept.index, kept.place, kept.day, kept.name
        return kept.index


def _changed_by_date(session: Session, before: date, today: date) -> frozenset[int]:
    """Firms with a certificate that began or ended to count since a day."""
    ended = (FirmCertificate.valid_until >= before) & (FirmCertificate.valid_until < today)
    begun = (FirmCertificate.issued_on > before) & (FirmCertificate.issued_on <= today)
    return frozenset(session.scalars(select(FirmCertificate.firm_id).where(or_(ended, begun))))


def init_lists(app: Flask) -> None:
    """Give the application its own place for the lists; they are built when they are first asked."""
    app.extensions[KEY] = FitLists(home=app.config["INSTANCE"] / "fit")


def fit_lists() -> FitLists:
    """The lists of the running application."""
    found: FitLists = current_app.extensions[KEY]
    return found


def rebuild_lists(report: Report = lambda _done, _all: None) -> int:
    """Write the lists of this machine to disk where firms are many; answers how many firms, 0 where memory does.

    Raises ListsBusy while another process does it.
    """
    with Session(db.engine) as session:
        if count_verified(session) <= IN_MEMORY:
            return 0
        return build_kept(session, fit_lists().home, clock.today(), report)


def is_rebuild_due() -> bool:
    """Whether the lists on disk are missing, a day old, or have too much laid over them."""
    home = fit_lists().home
    with Session(db.engine) as session:
        if count_verified(session) <= IN_MEMORY:
            return False
        kept = open_kept(home)
        if kept is None or kept.day != clock.today():
            return True
        try:
            return len(changed_since(session, kept.place)[0]) > MOST_CHANGES
        except PlaceLost:
            return True


def ranking(firm_id: int, most: int = 20) -> list[tuple[int, int]]:
    """Number and total of the firms suggested to a firm: those it must meet, would meet, then the others, best first.

    Left out are the firms that a hard rule excludes, those that the firm called not relevant, and those over the cap of
    exposure that give way here; firms like those called not relevant stand lower. Equal totals are in order of the firms' numbers. Empty for a firm that is itself not matchable.
    """
    index, own = fit_lists().up_to_date(firm_id)
    if own is None:
        return []
    countries = exclusions.partner_countries(own.country)
    excluded = frozenset(exclusions.excluded_ids(firm_id))
    if firm_id in excluded:
        return []
    marked, wished = relevance.marks_of(firm_id), wishes.wished(firm_id, countries)
    terms = Terms(
        countries,
        excluded | {row.other_id for row in marked} | (_giving_way(firm_id) - wished.keys()),
        wished,
        lowering_of(own, marked),
    )
    return best(index, own, terms, most, weights_in_use())


def ranked_for(profile: FitProfile, most: int, countries: Collection[str]) -> list[tuple[int, int]]:
    """Number and total of the firms of these countries that fit a profile which is not in the lists, best first."""
    index, _own = fit_lists().up_to_date(profile.firm_id)
    found = index.top(profile, most, countries=countries, weights=weights_in_use())
    return [(one.firm_id, one.total) for one in found]


def _giving_way(firm_id: int) -> frozenset[int]:
    """The firms over the cap of exposure that do not stand in this firm's list; kept until the next round."""
    number, kept = exposure.last_round_id(), fit_lists()
    if number is None:
        return frozenset()
    if kept.capped[0] != number:
        kept.capped = number, exposure.capped_firms(number)
    return kept.capped[1] - exposure.kept_in_list(number, firm_id) if kept.capped[1] else frozenset()


def lowering_of(
    own: FitProfile, marked: Collection[NotRelevant], read: ReadProfiles = relevance.profiles_of
) -> Lower | None:
    """By what a firm's marks lower others; None when it has none that speak of others."""
    marks = relevance.marks_to_lower_by(marked, read({row.other_id for row in marked}))
    if not marks:
        return None

    def lower(totals: Mapping[int, int]) -> Mapping[int, int]:
        return lowered(own, read(totals.keys()).values(), totals, marks)

    return lower


def scores(firm_id: int, ids: Iterable[int]) -> dict[int, int]:
    """The totals of a firm with others as its suggestions show them, hard rules aside; firms not matchable are left out.

    What the firm called not relevant lowers the MOST_LOWERED best of them, which is more than any page shows.
    """
    index, own = fit_lists().up_to_date(firm_id)
    if own is None:
        return {}
    totals = index.score_many(own, set(ids) - {firm_id}, weights_in_use())
    lower = lowering_of(own, relevance.marks_of(firm_id))
    if lower is None:
        return totals
    highest = sorted(totals, key=lambda number: (-totals[number], number))[:MOST_LOWERED]
    wished = wishes.wishes_of(firm_id, highest)
    points = lower({number: totals[number] for number in highest if wished.get(number) not in wishes.LIFT})
    return {number: total - points.get(number, 0) for number, total in totals.items()}
