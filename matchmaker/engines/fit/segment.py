"""All firms of one country as flat arrays that can be mapped from disk: what each firm has, and who has each code.

``parts`` are the arrays that grow firm after firm; ``completed`` adds where each firm's entries begin and the inverted
lists: the places of the firms in order of code, so that the firms under a chapter, a heading or a subheading stand
together.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from matchmaker.engines.fit.columns import SET_KINDS, Columns, LineColumns, starts_of

Array = npt.NDArray[Any]
Arrays = dict[str, Array]
Places = npt.NDArray[np.int64]
SIDES: Final = ("offered", "sought")
LISTS: Final = (*SIDES, "sector")
"""What has inverted lists: lines of goods by HS code, branches by NACE class."""
FEW: Final = 20_000
"""Fewer entries are sorted sooner than all codes that there could be, a million of goods, are counted."""


def parts(columns: Columns, country: int) -> Arrays:
    """What is kept of the firms of one country, in the order of the columns."""
    here = columns.country == country
    found: Arrays = {"ids": columns.ids[here]}
    for side in SIDES:
        found |= _line_parts(side, getattr(columns, side), here)
    for kind in SET_KINDS:
        rows = columns.sets[kind][here]
        for word in range(rows.shape[1]):
            found[f"{kind}.{word}"] = np.ascontiguousarray(rows[:, word])
    found["sector.counts"] = columns.sector_counts[here].astype(np.uint16)
    found["sector.codes"] = columns.sectors[np.repeat(here, columns.sector_counts)]
    return found


def _line_parts(side: str, lines: LineColumns, here: npt.NDArray[np.bool_]) -> Arrays:
    kept = np.repeat(here, lines.counts)
    found: Arrays = {
        f"{side}.counts": lines.counts[here].astype(np.uint16),
        f"{side}.codes": lines.codes[kept],
        f"{side}.quantities": lines.quantities[kept],
        f"{side}.units": lines.units[kept],
    }
    if side == "sought":
        found["sought.requirements"] = lines.requirements[kept]
    return found


def completed(grown: Mapping[str, Array]) -> Iterable[tuple[str, Array]]:
    """The further arrays, one by one, so that each can be written away before the next is made."""
    for name in LISTS:
        counts = grown[f"{name}.counts"]
        yield f"{name}.starts", starts_of(counts).astype(np.int32)
        codes = grown[f"{name}.codes"]
        keys, order = _by_code(codes)
        yield f"{name}.keys", keys[0]
        yield f"{name}.key_starts", keys[1]
        owners = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        yield f"{name}.places", owners[order]


def _by_code(codes: Array) -> tuple[tuple[Array, Array], Array]:
    """Distinct codes with where their entries begin, and the entries in order of code, those of a code as they stood."""
    if len(codes) < FEW:
        keys, frequency = np.unique(codes, return_counts=True)
        return (keys.astype(np.int32), starts_of(frequency)), np.argsort(codes, kind="stable")
    frequency = np.bincount(codes)
    keys = np.flatnonzero(frequency)
    # Ranks of 16 bits are sorted by radix, several times faster than the codes themselves.
    ranks = np.zeros(len(frequency), dtype=np.uint16 if len(keys) < 1 << 16 else np.uint32)
    ranks[keys] = np.arange(len(keys))
    return (keys.astype(np.int32), starts_of(frequency[keys])), np.argsort(ranks[codes], kind="stable")


class Segment:
    """The firms of one country in the order of their numbers; a firm's place is its position in that order."""

    def __init__(self, country: str, arrays: Mapping[str, Array]) -> None:
        self.country = country
        # Views as plain arrays: indexing a memmap object costs several times as much.
        self.arrays = {name: np.asarray(array).view(np.ndarray) for name, array in arrays.items()}
        self.ids = self.arrays["ids"]

    def __len__(self) -> int:
        return len(self.ids)

    def places_of(self, ids: Iterable[int]) -> tuple[Places, Places]:
        """Of these firms the ones that are here: their ids and their places."""
        wanted = np.unique(np.fromiter(ids, dtype=np.int64))
        at = np.searchsorted(self.ids, wanted)
        known = at < len(self.ids)
        known[known] = self.ids[at[known]] == wanted[known]
        return wanted[known], at[known].astype(np.int64)

    def between(self, name: str, first: int, last: int) -> Array:
        """The places of the firms with a code from first to last, the latter left out; a place may come repeatedly."""
        keys, starts = self.arrays[f"{name}.keys"], self.arrays[f"{name}.key_starts"]
        begin, end = np.searchsorted(keys, (first, last)).tolist()
        places: Array = self.arrays[f"{name}.places"][int(starts[begin]) : int(starts[end])]
        return places
