"""Whether the search index says what the database says, firm by firm."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from matchmaker.core import clock
from matchmaker.core.garbage import collecting_only_new_objects
from matchmaker.directory import queries
from matchmaker.directory.documents import documents_of
from matchmaker.directory.index import search_index
from matchmaker.directory.reading import listed_firms
from matchmaker.engines.search.entry import digests_of
from matchmaker.firms.columns import AT_ONCE

LAST: Final = 2**62

Report = Callable[[int, int], None]


@dataclass(slots=True)
class Comparison:
    """Numbers of firms that the index lacks, has too much, has more than once, or tells otherwise than the database."""

    compared: int = 0
    missing: list[int] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    different: list[int] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether nothing was found."""
        return not (self.missing or self.extra or self.repeated or self.different)


def compare(report: Report | None = None) -> Comparison:
    """Compare all listed firms with their entries; changes that the indexer has not taken in count as differences.

    Raises IndexMissing when there is no usable index.
    """
    index, found = search_index(), Comparison()
    index.reader()
    index.renew()
    total, last = queries.count_listed(), 0
    with collecting_only_new_objects():
        while numbers := queries.listed_after(last, AT_ONCE):
            _compare_batch(found, index.reader().entries(last, numbers[-1]), list(numbers))
            last = numbers[-1]
            if report is not None:
                report(found.compared, total)
    found.extra += sorted({number for number, _digest in index.reader().entries(last, LAST)})
    return found


def _compare_batch(found: Comparison, entries: list[tuple[int, int]], numbers: list[int]) -> None:
    known = dict(entries)
    seen = [number for number, _digest in entries]
    found.repeated += sorted(
        {number for number in seen if seen.count(number) > 1} if len(seen) > len(known) else ()
    )
    found.missing += [number for number in numbers if number not in known]
    found.extra += sorted(known.keys() - set(numbers))
    today = clock.today()
    documents = list(documents_of(listed_firms([one for one in numbers if one in known]), today))
    found.different += [
        firm.firm_id
        for firm, digest in zip(documents, digests_of(documents), strict=True)
        if digest != known[firm.firm_id]
    ]
    found.compared += len(numbers)
