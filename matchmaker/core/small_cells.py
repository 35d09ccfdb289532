"""Which figures may be shown outside the staff area: none behind which fewer firms stand than could be told apart."""

from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

LEAST_FIRMS: Final = 5
Cell = TypeVar("Cell", bound=Hashable)
Figure = TypeVar("Figure")


def without_small(figures: Mapping[Cell, Figure], firms: Mapping[Cell, int]) -> dict[Cell, Figure]:
    """The figures of the cells with at least five firms; a cell whose firms were not counted is left out too."""
    return {cell: figure for cell, figure in figures.items() if firms.get(cell, 0) >= LEAST_FIRMS}
