"""Ranking: the firms that fit one firm best, exactly and in the same order every time, over lists that take changes."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from matchmaker.engines.fit import ranking, snapshot
from matchmaker.engines.fit.columns import Columns, Vocabularies
from matchmaker.engines.fit.frequencies import Common, common_of
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.engines.fit.request import Request
from matchmaker.engines.fit.segment import Places, Segment, completed, parts
from matchmaker.engines.fit.totals import totals
from matchmaker.engines.fit.weights import WEIGHTS_2026_1, Weights


@dataclass(frozen=True, slots=True)
class Ranked:
    """A firm and its total, which ``score`` explains."""

    firm_id: int
    total: int


@dataclass(frozen=True, slots=True)
class Lists:
    """Segments by country over one set of vocabularies; never changed after they were built."""

    vocabularies: Vocabularies
    segments: tuple[Segment, ...]

    @classmethod
    def build(cls, profiles: Iterable[FitProfile]) -> Self:
        """Lists over profiles, in memory; ValueError when a firm comes twice."""
        firms = sorted(profiles, key=lambda profile: profile.firm_id)
        if len({firm.firm_id for firm in firms}) != len(firms):
            raise ValueError("a firm may have one profile only")
        vocabularies = Vocabularies()
        columns = Columns.of(firms, vocabularies)
        segments = []
        for number, country in enumerate(vocabularies["country"].codes):
            grown = parts(columns, number)
            segments.append(Segment(country, grown | dict(completed(grown))))
        return cls(vocabularies, tuple(segments))

    def __len__(self) -> int:
        return sum(map(len, self.segments))


class FitIndex:
    """All matchable firms, ranked for one of them by the totals of ``score``.

    The index is never changed: ``updated`` gives a new one that shares the lists and lays the changed firms over them.
    Hard rules come from outside, as excluded firms and allowed countries. A firm is never ranked for itself, and firms
    without a single point are left out.
    """

    def __init__(
        self, base: Lists, changed: dict[int, FitProfile] | None = None, gone: frozenset[int] = frozenset()
    ) -> None:
        self._base = base
        self._changed = changed or {}
        self._gone = gone
        self._overlay = Lists.build(self._changed.values())
        replaced = [*self._changed, *gone]
        self._stale = {one.country: one.places_of(replaced)[1] for one in base.segments}

    @classmethod
    def build(cls, profiles: Iterable[FitProfile]) -> Self:
        """An index over these profiles; ValueError when a firm comes twice."""
        return cls(Lists.build(profiles))

    def updated(self, profiles: Iterable[FitProfile] = (), removed: Iterable[int] = ()) -> Self:
        """An index in which these profiles stand instead of what was known of their firms, without the removed ones."""
        latest = {profile.firm_id: profile for profile in profiles}
        taken_out = frozenset(removed)
        changed = {
            firm: profile for firm, profile in (self._changed | latest).items() if firm not in taken_out
        }
        return type(self)(self._base, changed, (self._gone | taken_out) - changed.keys())

    @property
    def changes(self) -> int:
        """Firms laid over the lists; past some thousands a new build is cheaper."""
        return len(self._changed) + len(self._gone)

    def __len__(self) -> int:
        return len(self._base) - sum(map(len, self._stale.values())) + len(self._overlay)

    def top(
        self,
        firm: FitProfile,
        k: int = 20,
        *,
        excluded: Collection[int] = frozenset(),
        countries: Collection[str] | None = None,
        weights: Weights = WEIGHTS_2026_1,
    ) -> tuple[Ranked, ...]:
        """The ``k`` best firms, highest total first, equal totals by firm id; ``countries`` None allows all."""
        best = ranking.Best(k)
        for segment, request, barred in self._asked(firm, excluded, countries, weights):
            ranking.rank(segment, request, barred, best)
        return tuple(map(Ranked, best.ids.tolist(), best.totals.tolist()))

    def score_many(
        self, firm: FitProfile, ids: Iterable[int], weights: Weights = WEIGHTS_2026_1
    ) -> dict[int, int]:
        """The totals of these firms; firms that the index does not know are left out."""
        wanted = set(ids)
        found: dict[int, int] = {}
        for lists, left_out in ((self._base, self._changed.keys() | self._gone), (self._overlay, set[int]())):
            request = Request.of(firm, weights, lists.vocabularies)
            for segment in lists.segments:
                known, places = segment.places_of(wanted - left_out)
                if len(known):
                    points = totals(segment, request, places)
                    found |= dict(zip(known.tolist(), points.tolist(), strict=True))
        return dict(sorted(found.items()))

    def count(
        self,
        firm: FitProfile,
        least: int,
        *,
        excluded: Collection[int] = frozenset(),
        countries: Collection[str] | None = None,
        weights: Weights = WEIGHTS_2026_1,
    ) -> int:
        """How many firms reach ``least`` points with this one, under the same conditions as ``top``."""
        return sum(
            ranking.count(segment, request, barred, least)
            for segment, request, barred in self._asked(firm, excluded, countries, weights)
        )

    def common(self, countries: Collection[str]) -> Common:
        """What most firms of these countries have."""
        return common_of(
            ((lists.vocabularies, lists.segments) for lists in (self._base, self._overlay)), countries
        )

    def _asked(
        self,
        firm: FitProfile,
        excluded: Collection[int],
        countries: Collection[str] | None,
        weights: Weights,
    ) -> Iterator[tuple[Segment, Request, Places]]:
        """The segments of the allowed countries, each with the request in its vocabulary and the places left out."""
        barred = {*excluded, firm.firm_id}
        for lists in filter(len, (self._base, self._overlay)):
            request = Request.of(firm, weights, lists.vocabularies)
            for segment in lists.segments:
                if countries is None or segment.country in countries:
                    places = segment.places_of(barred)[1]
                    if lists is self._base:
                        places = np.concatenate((places, self._stale[segment.country]))
                    yield segment, request, places

    def save(self, directory: Path) -> None:
        """Write the lists as a snapshot into a new folder; ValueError when changes are laid over them."""
        if self.changes:
            raise ValueError("build the index anew before saving it")
        snapshot.write(directory, self._base.vocabularies, self._base.segments)

    @classmethod
    def load(cls, directory: Path) -> Self:
        """The index of a snapshot with its arrays mapped from disk, shared by all processes; SnapshotOutdated if old."""
        return cls(Lists(*snapshot.read(directory)))
