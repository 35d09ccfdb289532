"""The allocation of all first places for stored firms: by which points, under which cap."""

from collections import Counter
from collections.abc import Callable

from matchmaker.engines.fit.weights import Weights
from matchmaker.matching.everybody import Everybody
from matchmaker.matching.exposure.allocation import Allocation, Allocator, most_lists
from matchmaker.matching.ranking import best


def limits_of(lists: Everybody, share: int) -> dict[str, int]:
    """In how many lists a firm of each country may stand: a share of the lists of the countries joined with it.

    Where only a sample of the lists is allocated, it is the same share of the sample.
    """
    firms = Counter(lists.countries.values())
    owners = Counter(lists.countries[number] for number in lists.owners)
    found = {}
    for country, partners in lists.partners.items():
        there = sum(owners[code] for code in partners)
        found[country] = most_lists(share, there, firms[country])
    return found


def allocate(
    lists: Everybody,
    share: int,
    weights: Weights,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Allocation:
    """The first places of all lists by these points and under this cap."""
    limits, profiles = limits_of(lists, share), {one.firm_id: one for one in lists.profiles()}

    def rank(owner: int, most: int) -> list[tuple[int, int]]:
        own = profiles[owner]
        return best(lists.index, own, lists.terms(own), most, weights)

    def limit(firm_id: int) -> int:
        return limits[lists.countries[firm_id]]

    owners = [number for number in lists.owners if number in profiles]
    allocator = Allocator(rank, limit, lists.wished)
    return allocator.run(owners, lambda done: progress(done, len(owners)))
