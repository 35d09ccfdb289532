"""The official open data of the Russian register of small and medium firms, read as a stream.

A zip holds thousands of XML members of the form VO_RRMSPSV (ТипИнф РЕЕСТРМСП; versions 4.01 of 2016 to 4.04 of 2022
were seen). Each Документ is one entry. Memory stays constant: one piece of a member, the entry being read and the
entries of that piece. What is not an entry is told as a finding with its place, and reading goes on behind it.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from matchmaker.firms.registers.archive import RefusedMember, check_member, open_archive, pieces
from matchmaker.firms.registers.entries import Record
from matchmaker.firms.registers.members import MemberParser

COUNTRY = "RU"
"""Whose register this form is."""


class RegisterFile:
    """One register zip: iterate over its records; raises BadArchive when opened on something else.

    Findings are numbered in the same row as entries, so (member, number) says how far somebody has come.
    """

    def __init__(self, path: Path) -> None:
        self._archive = open_archive(path)
        self._members = [member for member in self._archive.infolist() if not member.is_dir()]
        self.bytes_total = sum(member.file_size for member in self._members)
        self.bytes_read = 0
        self.bytes_skipped = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def records(self, after: tuple[int, int] = (0, 0)) -> Iterator[Record]:
        """Entries and findings in file order, only those behind `after` (member, number) when resuming.

        Members before it are not unpacked again; the member itself is re-read up to that record.
        """
        first, number = after
        self.bytes_read = self.bytes_skipped = sum(member.file_size for member in self._members[:first])
        for index in range(first, len(self._members)):
            skip = number if index == first else 0
            done = self.bytes_read + self._members[index].file_size
            for record in self._member(index):
                if record.place.number > skip:
                    yield record
            self.bytes_read = done

    def _member(self, index: int) -> Iterator[Record]:
        member = self._members[index]
        parser = MemberParser(index, member.filename)
        try:
            check_member(member)
            for piece in pieces(self._archive, member):
                self.bytes_read += len(piece)
                yield from parser.feed(piece)
            yield from parser.close()
        except RefusedMember as refusal:
            yield from parser.abandon(refusal)
