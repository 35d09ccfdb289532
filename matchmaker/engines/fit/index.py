"""Ranking: the firms that fit one firm best, exactly and in the same order every time, over lists that take changes."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from matchmaker.engines.fit.lists import Lists, Totals, Vocabulary
from matchmaker.engines.fit.postings import Arrays
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.engines.fit.weights import WEIGHTS_2026_1, Weights

SNAPSHOT_VERSION: Final = 1

_VOCABULARIES: Final = "vocabularies.json"


class SnapshotOutdated(Exception):
    """The snapshot was written by a program with another layout: build the index from profiles."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A firm and its total, which ``score`` explains."""

    firm_id: int
    total: int


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
        self._stale = base.places_of([*self._changed, *gone])[1]

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
        return len(self._base.ids) - len(self._stale) + len(self._overlay.ids)

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
        barred = {*excluded, firm.firm_id}
        found: list[Ranked] = []
        for lists, stale in ((self._base, True), (self._overlay, False)):
            totals = lists.totals(firm, weights)
            totals[lists.places_of(barred)[1]] = 0
            if stale:
                totals[self._stale] = 0
            if countries is not None:
                totals *= _allowed(lists, countries)
            found += _best(lists, totals, k)
        return tuple(sorted(found, key=lambda ranked: (-ranked.total, ranked.firm_id))[:k])

    def score_many(
        self, firm: FitProfile, ids: Iterable[int], weights: Weights = WEIGHTS_2026_1
    ) -> dict[int, int]:
        """The totals of these firms; firms that the index does not know are left out."""
        wanted = set(ids)
        totals: dict[int, int] = {}
        for lists, left_out in ((self._base, self._changed.keys() | self._gone), (self._overlay, set[int]())):
            known, places = lists.places_of(wanted - left_out)
            if len(known):
                points = lists.totals(firm, weights)[places]
                totals |= dict(zip(known.tolist(), points.tolist(), strict=True))
        return dict(sorted(totals.items()))

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
        barred = {*excluded, firm.firm_id}
        found = 0
        for lists, stale in ((self._base, True), (self._overlay, False)):
            reached = lists.totals(firm, weights) >= max(least, 1)
            reached[lists.places_of(barred)[1]] = False
            if stale:
                reached[self._stale] = False
            if countries is not None:
                reached &= _allowed(lists, countries).astype(bool)
            found += int(np.count_nonzero(reached))
        return found

    def save(self, directory: Path) -> None:
        """Write the lists as a snapshot into a new folder; ValueError when changes are laid over them."""
        if self.changes:
            raise ValueError("build the index anew before saving it")
        directory.mkdir(parents=True)
        for name, array in self._base.arrays.items():
            np.save(directory / f"{name}.npy", array, allow_pickle=False)
        codes = {name: vocabulary.codes for name, vocabulary in self._base.vocabularies.items()}
        described = {"version": SNAPSHOT_VERSION, "arrays": sorted(self._base.arrays), "codes": codes}
        (directory / _VOCABULARIES).write_text(json.dumps(described, sort_keys=True), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> Self:
        """The index of a snapshot with its arrays mapped from disk, shared by all processes; SnapshotOutdated if old."""
        described = json.loads((directory / _VOCABULARIES).read_text(encoding="utf-8"))
        if described["version"] != SNAPSHOT_VERSION:
            raise SnapshotOutdated(f"snapshot version {described['version']}, not {SNAPSHOT_VERSION}")
        arrays: Arrays = {name: _mapped(directory / f"{name}.npy") for name in described["arrays"]}
        return cls(Lists(arrays, {name: Vocabulary(codes) for name, codes in described["codes"].items()}))


def _mapped(path: Path) -> npt.NDArray[np.generic]:
    array: npt.NDArray[np.generic] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array


def _allowed(lists: Lists, countries: Collection[str]) -> Totals:
    names = lists.vocabularies["country"].codes
    table = np.asarray([name in countries for name in names] or [False], dtype=np.int16)
    return table[lists.countries]


def _best(lists: Lists, totals: Totals, k: int) -> list[Ranked]:
    """The k highest totals above 0; among equal ones at the border the smallest firm ids."""
    counts = np.bincount(totals, minlength=101)
    border, above = 100, 0
    while border > 1 and above + int(counts[border]) < k:
        above += int(counts[border])
        border -= 1
    places = np.concatenate(
        (np.flatnonzero(totals > border), np.flatnonzero(totals == border)[: max(k - above, 0)])
    )
    return [Ranked(int(lists.ids[place]), int(totals[place])) for place in places]
