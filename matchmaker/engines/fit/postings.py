"""Inverted lists in three flat arrays: for each key the places of the firms that have it, in ascending order."""

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]
Arrays = dict[str, npt.NDArray[np.generic]]


class Postings:
    """Lists by integer key. A firm may stand in one list several times, once per line; columns follow that order."""

    def __init__(self, keys: Keys, starts: Keys, places: Places) -> None:
        self.keys = keys
        self.starts = starts
        self.places = places

    @classmethod
    def build(cls, keys: Sequence[int], places: Sequence[int]) -> tuple[Self, npt.NDArray[np.int64]]:
        """The lists, and the order in which columns beside the entries have to be put."""
        raw_keys = np.asarray(keys, dtype=np.int64)
        raw_places = np.asarray(places, dtype=np.int32)
        order = np.lexsort((raw_places, raw_keys)).astype(np.int64)
        distinct, starts = np.unique(raw_keys[order], return_index=True)
        ends = np.append(starts, len(order)).astype(np.int64)
        return cls(distinct, ends, raw_places[order]), order

    def span(self, key: int) -> slice:
        """Where the entries of a key stand; an empty slice when there are none."""
        at = int(np.searchsorted(self.keys, key))
        if at == len(self.keys) or int(self.keys[at]) != key:
            return slice(0, 0)
        return slice(int(self.starts[at]), int(self.starts[at + 1]))

    def of(self, key: int) -> Places:
        """The places of a key, once per line."""
        found: Places = self.places[self.span(key)]
        return found

    def distinct(self, key: int) -> Places:
        """The places of a key, once per firm."""
        places = self.of(key)
        if len(places) < 2:
            return places
        once: Places = places[np.append(True, places[1:] != places[:-1])]
        return once

    def arrays(self, name: str) -> Arrays:
        """The arrays under names for a snapshot."""
        return {f"{name}.keys": self.keys, f"{name}.starts": self.starts, f"{name}.places": self.places}

    @classmethod
    def from_arrays(cls, name: str, arrays: Arrays) -> Self:
        """The lists of a snapshot, without copying."""
        return cls(
            arrays[f"{name}.keys"].view(np.int64),
            arrays[f"{name}.starts"].view(np.int64),
            arrays[f"{name}.places"].view(np.int32),
        )
