"""Which part of a long list is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list; pages and entries count from one."""

    page: int
    size: int
    total: int

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


def asked_page(text: str | None) -> int:
    """The number of the page in an address; the first for anything that is no number."""
    return max(1, int(text)) if text and text.isascii() and text.isdecimal() and len(text) < 7 else 1
