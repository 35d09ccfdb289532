"""Which part of a long list is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list; pages and entries count from one. `total` counts the entries of all pages.

    Of some lists only the first pages are shown, at `most` so many.
    """

    page: int
    size: int
    total: int
    most: int | None = None

    @classmethod
    def near(cls, asked: int, size: int, total: int) -> "Paging":
        """The page asked for, or the nearest that there is."""
        return cls(min(max(asked, 1), max(1, -(-total // size))), size, total)

    @property
    def offset(self) -> int:
        """How many entries come before this page."""
        return (self.page - 1) * self.size

    @property
    def first(self) -> int:
        """Number of the first entry."""
        return self.offset + 1

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
        shown = self.most is None or self.page < self.most
        return self.page + 1 if shown and self.last < self.total else None

    @property
    def ends_early(self) -> bool:
        """Whether entries follow that no page shows."""
        return self.last < self.total and self.next is None

    def of(self, items: Sequence[Item]) -> Sequence[Item]:
        """The entries of this page, out of all."""
        return items[self.offset : self.last]


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """The entries of one page of a longer list."""

    items: Sequence[Item]
    paging: Paging
