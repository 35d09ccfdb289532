"""Which part of a long list is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list; pages and entries count from one. `total` counts the entries of all pages."""

    page: int
    size: int
    total: int

    @classmethod
    def near(cls, asked: int, size: int, total: int) -> "Paging":
        """The page asked for, or the nearest that there is."""
        return cls(min(max(asked, 1), max(1, -(-total // size))), size, total)

    @property
    def first(self) -> int:
        """Number of the first entry."""
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        """Number of the last entry."""
        return min(self.page * self.size, self.total)

    @property
    def previous(self) -> int | None:
        """The page before this one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def next(self) -> int | None:
        """The page after this one."""
        return self.page + 1 if self.last < self.total else None

    def of(self, items: Sequence[Item]) -> Sequence[Item]:
        """The entries of this page, out of all."""
        return items[self.first - 1 : self.last]
